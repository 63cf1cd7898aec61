package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.problem.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stock, such as recurring revenue, was at the start of a period, what moved it, and what it is at the end: net of the period, per account.
 *
 * @param frame the periods; groups are read as of the start of each for all parts
 * @param stock of one account at the end of a period
 * @param opening the same just before it begins; null: what the stock was at the end of the period before
 * @param atOpeningRates the same at the end, at the rates of the start; null: no rates move it
 * @param before whether an account had it before the period: then what it has anew is reactivated, and not new
 */
public record Bridge(
        AnalysisQuery frame,
        String stock,
        @Nullable String opening,
        @Nullable String atOpeningRates,
        String before)
        implements Shape<BridgeAnswer> {
    public static final String START = "start";
    public static final String NEW = "new";
    public static final String EXPANSION = "expansion";
    public static final String CONTRACTION = "contraction";
    public static final String CHURN = "churn";
    public static final String REACTIVATION = "reactivation";
    public static final String FX = "fx";
    public static final String END = "end";

    /** Notice that the parts do not lead from the start to the end. */
    static final String REST = "BRIDGE_REST";

    /** In the order in which they are shown. */
    static final List<String> COLUMNS =
            List.of(START, NEW, EXPANSION, CONTRACTION, CHURN, REACTIVATION, FX, END);

    /** Of the stock of the pack of customer success. */
    public static Bridge ofRecurringRevenue(AnalysisQuery frame) {
        return new Bridge(frame, "mrr", "mrr_start", "mrr_at_opening_rates", "paid_before");
    }

    @Override
    public Asked asked() {
        var asking = new Asking();
        var closing = stock(asking.formula(stock, Place.of("stock")));
        if (opening == null) {
            asking.isOfEachPeriod(stock, "account", Place.of("stock"));
        }
        var start =
                opening == null
                        ? Wording.of("prior({})", closing)
                        : stock(asking.formula(opening, Place.of("opening")));
        var end =
                atOpeningRates == null
                        ? closing
                        : stock(asking.formula(atOpeningRates, Place.of("atOpeningRates")));
        var had = Asking.decided(asking.formula(before, Place.of("before")));
        asking.column(START, Wording.of("sum(account : {})", start));
        asking.column(
                NEW,
                Wording.of(
                        "sum(account where {} = 0 and {} > 0 and not {} : {})",
                        start,
                        end,
                        had,
                        end));
        asking.column(
                EXPANSION,
                Wording.of(
                        "sum(account where {} > 0 and {} > {} : {} - {})",
                        start,
                        end,
                        start,
                        end,
                        start));
        asking.column(
                CONTRACTION,
                Wording.of(
                        "sum(account where {} > 0 and {} < {} : {} - {})",
                        end,
                        end,
                        start,
                        start,
                        end));
        asking.column(
                CHURN, Wording.of("sum(account where {} > 0 and {} = 0 : {})", start, end, start));
        asking.column(
                REACTIVATION,
                Wording.of(
                        "sum(account where {} = 0 and {} > 0 and {} : {})", start, end, had, end));
        asking.column(FX, ofStart(start, Wording.of("{} - {}", closing, end)));
        asking.column(END, ofStart(start, closing));
        return asking.in(
                frame.withGroupBy(frame.groupBy().stream().map(Asking::asOfStart).toList()));
    }

    /** Conditions of the question are read as of the start where a formula reads it, as the other parts do; the stock of the start is never none. */
    private Wording ofStart(Wording start, Wording value) {
        return frame.where() == null && frame.filter() == null && frame.cohort() == null
                ? Wording.of("sum(account : {})", value)
                : Wording.of("sum(account where not ({} is none) : {})", start, value);
    }

    /** No value is a stock of 0: so an account is in a movement when it gets one, and when it has none any more. */
    private static Wording stock(Wording formula) {
        return Wording.of("coalesce({}, 0)", formula);
    }

    @Override
    public BridgeAnswer folded(AnalysisResult answer) {
        var columns = new Columns(answer);
        var steps = new ArrayList<BridgeAnswer.Period>();
        for (Row row : answer.rows()) {
            steps.add(BridgeAnswer.Period.of(row, columns));
        }
        return new BridgeAnswer(steps, withRest(steps, answer));
    }

    /** Where the parts do not lead from the start to the end, a table that does not show it would mislead. */
    private static AnalysisResult withRest(List<BridgeAnswer.Period> steps, AnalysisResult answer) {
        var rests =
                steps.stream()
                        .map(BridgeAnswer.Period::difference)
                        .filter(rest -> rest != null && rest.signum() != 0)
                        .map(BigDecimal::abs)
                        .toList();
        if (rests.isEmpty()) {
            return answer;
        }
        var notices = new ArrayList<>(answer.notices());
        notices.add(
                new Notice(
                        REST,
                        "In %d of %d rows the parts do not lead from the start to the end; up to %s is left over. Some account has less than nothing, as credit may be, and what moves it there is no part."
                                .formatted(
                                        rests.size(),
                                        steps.size(),
                                        Collections.max(rests).toPlainString()),
                        null));
        return new AnalysisResult(
                answer.columns(),
                answer.rows(),
                answer.hasNextPage(),
                answer.cursor(),
                answer.asOf(),
                answer.knownAt(),
                notices,
                answer.sources());
    }
}
