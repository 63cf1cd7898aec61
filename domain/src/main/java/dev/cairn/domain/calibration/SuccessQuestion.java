package dev.cairn.domain.calibration;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether each account succeeded, and when that began to be decided. Where the rule is empty, the account has not; who has days, counted from a date, of before the data begins is in no count.
 *
 * @param success with a window
 * @param every on which days scores are read where days are counted from a date of the account
 */
public record SuccessQuestion(Success success, Grid every, ZoneId zone, Instant asOf) {
    /** Also the part of the caller's input that problems are of. */
    private static final String LABEL = "success.key";

    private static final String ANCHOR = "counted_from";
    private static final LocalDate BEGINNING = LocalDate.of(1970, 1, 1);

    /**
     * An account.
     *
     * @param on the day on which its score is read, just before it began
     * @param isGood null: that is not decided yet, or has no day
     */
    public record Labelled(
            String account, LocalDate on, @Nullable Boolean isGood, boolean mayChange) {}

    /** What is asked of each account. */
    public AnalysisQuery question() {
        return switch (success.window()) {
            case null -> throw new IllegalStateException("a success without a window");
            case Window.Dates(var from, var until) -> asked(List.of(label("")), from, until);
            case Window.Days(var after, var from, var until) ->
                    asked(
                            List.of(
                                    label(
                                            from > 0
                                                    ? ""
                                                    : " over %d days from %s"
                                                            .formatted(
                                                                    until,
                                                                    FormulaPrinter.name(after))),
                                    inline(
                                            "max(account : trunc(%s, day))"
                                                    .formatted(FormulaPrinter.name(after)),
                                            ANCHOR)),
                            BEGINNING,
                            today().plusDays(1));
        };
    }

    private LocalDate today() {
        return asOf.atZone(zone).toLocalDate();
    }

    private AnalysisQuery asked(List<AskedMetric> columns, LocalDate from, LocalDate until) {
        return AnalysisQuery.of(columns, new AskedRange.Between(from, until), zone).withAsOf(asOf);
    }

    private AskedMetric label(String over) {
        return inline(
                "sum(account : case when (\n%s\n)%s then 1 else 0 end)"
                        .formatted(success.rule(), over),
                LABEL);
    }

    private static AskedMetric inline(String formula, String as) {
        return new AskedMetric(new MetricReference.Inline(formula), as);
    }

    /** @param sample the answer to {@link #question} */
    public List<Labelled> labelled(Sample sample) {
        var labelled = new ArrayList<Labelled>();
        var label = sample.column(LABEL);
        for (int row = 0; row < sample.size(); row++) {
            var account = sample.accounts().get(row);
            boolean isGood = label.value(row) > 0;
            switch (success.window()) {
                case null -> throw new IllegalStateException("a success without a window");
                case Window.Dates(var from, _) ->
                        labelled.add(new Labelled(account, from, isGood, label.mayChange(row)));
                case Window.Days(_, var from, var until) -> {
                    double day = sample.column(ANCHOR).value(row);
                    if (!Double.isNaN(day) && !label.beginsBeforeData(row)) {
                        var anchor = LocalDate.ofEpochDay((long) day);
                        // Its days may be over, and its data not complete until then.
                        boolean isDecided =
                                !anchor.plusDays(until).isAfter(today())
                                        && !Double.isNaN(label.value(row));
                        // All is asked of a time that is not over; days that are decided are.
                        labelled.add(
                                new Labelled(
                                        account,
                                        every.before(anchor.plusDays(from)),
                                        isDecided ? isGood : null,
                                        false));
                    }
                }
            }
        }
        return labelled;
    }

    /** Whose scores are read on which days. */
    public static Map<LocalDate, Set<String>> needed(List<Labelled> labelled) {
        var needed = new TreeMap<LocalDate, Set<String>>();
        for (var one : labelled) {
            if (one.isGood() != null) {
                needed.computeIfAbsent(one.on(), _ -> new TreeSet<>()).add(one.account());
            }
        }
        return needed;
    }
}
