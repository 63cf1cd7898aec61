package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.overview.AccountMetrics.MetricOfAccount;
import dev.cairn.domain.overview.AccountMetrics.PeerGroup;
import dev.cairn.domain.overview.AccountMetrics.Point;
import dev.cairn.domain.planner.QuestionLimits;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.Weeks;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks metrics of one account in its last whole periods, and of its peers in the last of them. Peers are the accounts that exist in the last period, without test
 * accounts, as every question leaves them out.
 *
 * @param grain of the periods
 * @param periods how many
 * @param peersBy an attribute that peers share with the account, as it was on the last day: {@code account.segment}; null: all accounts are peers
 */
public record MetricsQuestion(Subject subject, Grain grain, int periods, @Nullable String peersBy) {
    /** Periods, where nobody says how many. */
    public static final int PERIODS = 6;

    /** Of one overview. */
    public static final int MOST_PERIODS = 60;

    /** Metrics of one statement: planning grows faster than their number. */
    public static final int BATCH = 36;

    private static final String ACCOUNT = "account";
    private static final String EXISTS = "exists in the period";

    /** What is wrong with it by itself. */
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        if (grain == Grain.HOUR) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("grain"),
                            "Metrics of an account are shown by day, week, month, quarter or year."));
        }
        if (periods < 1 || periods > MOST_PERIODS) {
            problems.add(
                    Problem.of(
                            ProblemCode.LIMIT,
                            Place.of("periods"),
                            "Ask for 1 to %d periods, not %d.",
                            MOST_PERIODS,
                            periods));
        }
        return problems;
    }

    private Periods units() {
        return grain == Grain.WEEK
                ? Weeks.beginning(
                        Objects.requireNonNullElse(subject.weekStarts(), DayOfWeek.MONDAY))
                : grain;
    }

    /** The first day that no period contains: the last of them is over by now. */
    private LocalDate end() {
        return units().floor(subject.date());
    }

    /** First days of the periods, in order. */
    public List<LocalDate> starts() {
        return LongStream.rangeClosed(1, periods)
                .mapToObj(back -> units().plus(end(), back - periods - 1))
                .toList();
    }

    /** The values of the account itself. */
    public AnalysisQuery trend(List<String> metrics) {
        return subject.about(asked(metrics), new AskedRange.Between(starts().getFirst(), end()))
                .withGrain(grain);
    }

    /** What the account has in common with its peers; empty: they are all accounts. */
    public Optional<AnalysisQuery> group() {
        return peersBy == null
                ? Optional.empty()
                : Optional.of(
                        subject.about(List.of(exists()), last())
                                .withGroupBy(List.of(thatDay(peersBy)))
                                .withKeys(false));
    }

    /**
     * What peers have in common; empty where the account is no peer itself, as it did not exist in the last period.
     *
     * @param result answer to {@link #group}
     */
    public Optional<PeerGroup> groupOf(AnalysisResult result) {
        return result.rows().stream()
                .filter(MetricsQuestion::exists)
                .findFirst()
                .map(row -> new PeerGroup(Objects.requireNonNull(peersBy), text(row)));
    }

    private static boolean exists(Row row) {
        var there = number((Cell.Value) row.cells().getLast());
        return there != null && there >= 1;
    }

    private static @Nullable String text(Row row) {
        return switch (((Cell.Group) row.cells().getFirst()).value().value()) {
            case null -> null;
            case Number number -> new BigDecimal(number.toString()).toPlainString();
            case Object value -> value.toString();
        };
    }

    /** The values of all peers, each in a row, in one page. */
    public AnalysisQuery peers(List<String> metrics, @Nullable PeerGroup group) {
        var columns = new ArrayList<>(asked(metrics));
        columns.add(exists());
        var question =
                subject.among(columns, last())
                        .withGroupBy(List.of(ACCOUNT))
                        .withKeys(false)
                        .page(QuestionLimits.MOST_ROWS, null);
        return group == null
                ? question
                : question.withFilter(
                        group.value() == null
                                ? new Filter.Where(
                                        thatDay(group.attribute()),
                                        AnalysisQuery.Operator.IS_NULL,
                                        List.of())
                                : new Filter.Where(
                                        thatDay(group.attribute()),
                                        AnalysisQuery.Operator.IN,
                                        List.of(group.value())));
    }

    private AskedRange last() {
        return new AskedRange.Between(starts().getLast(), end());
    }

    /** One instant for all that a question reads: who moves into the group later is in it with nothing of before, else. */
    private String thatDay(String attribute) {
        return "%s as of @%s".formatted(attribute, end().minusDays(1));
    }

    private static List<AskedMetric> asked(List<String> metrics) {
        return metrics.stream()
                .map(metric -> new AskedMetric(new MetricReference.ByKey(metric), null))
                .toList();
    }

    private static AskedMetric exists() {
        return new AskedMetric(new MetricReference.Inline("count(account)"), EXISTS);
    }

    /**
     * The metrics of a statement.
     *
     * @param trend answer to {@link #trend}
     * @param peers answer to {@link #peers} for the same metrics; null: nobody asks
     */
    public List<MetricOfAccount> folded(
            List<String> metrics,
            AnalysisQuery asked,
            AnalysisResult trend,
            @Nullable AnalysisResult peers) {
        return metrics.stream().map(metric -> folded(metric, asked, trend, peers)).toList();
    }

    private MetricOfAccount folded(
            String metric,
            AnalysisQuery asked,
            AnalysisResult trend,
            @Nullable AnalysisResult peers) {
        int at = at(trend.columns(), metric);
        var points =
                trend.rows().stream()
                        .map(row ->
                                new Point(start(row), (Cell.Value) row.cells().get(at), row.key()))
                        .toList();
        return new MetricOfAccount(
                metric,
                trend.columns().get(at),
                asked,
                points,
                points.size() < 2
                        ? null
                        : change(points.get(points.size() - 2).value(), points.getLast().value()),
                peers == null ? null : standing(metric, peers));
    }

    private static LocalDate start(Row row) {
        return (LocalDate) Objects.requireNonNull(((Cell.Time) row.cells().getFirst()).label());
    }

    private static @Nullable Double change(Cell.Value before, Cell.Value now) {
        var was = number(before);
        var is = number(now);
        return was == null || is == null ? null : (Double) (is - was);
    }

    private @Nullable Standing standing(String metric, AnalysisResult peers) {
        int at = at(peers.columns(), metric);
        int there = at(peers.columns(), EXISTS);
        var values = new ArrayList<Double>();
        int without = 0;
        Double own = null;
        for (var row : peers.rows()) {
            var account = ((Cell.Group) row.cells().getFirst()).value();
            var exists = number((Cell.Value) row.cells().get(there));
            if (account.kind() != GroupValue.Kind.VALUE || exists == null || exists < 1) {
                continue;
            }
            var value = number((Cell.Value) row.cells().get(at));
            if (value == null) {
                without++;
                continue;
            }
            values.add(value);
            if (subject.account().equals(account.value())) {
                own = value;
            }
        }
        return own == null ? null : Standing.of(own, values, without);
    }

    private static int at(List<Column> columns, String metric) {
        return IntStream.range(0, columns.size())
                .filter(at -> columns.get(at).role() == Role.MEASURE)
                .filter(at -> columns.get(at).key().equals(metric))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no column " + metric));
    }

    private static @Nullable Double number(Cell.Value cell) {
        return cell.value().value() instanceof Number number ? (Double) number.doubleValue() : null;
    }
}
