package dev.cairn.application.service;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.sample.Sample;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks one question of each account, with one statement, and holds the values as primitive numbers: what tests and intervals are computed from. It is asked as any question is, so that scopes, limits,
 * coverage and test accounts hold; the facts stay in the database.
 */
public final class AccountSample {
    /** Has a row of every account there is in the range, whatever it has done. */
    private static final AskedMetric EVERY =
            new AskedMetric(new MetricReference.Inline("count(account)"), "every_account");

    private static final String DOES_NOT_APPLY = " does not apply to ";

    private final ExportUseCase exports;
    private final int mostAccounts;

    /** @param mostAccounts that are held at once */
    public AccountSample(ExportUseCase exports, int mostAccounts) {
        this.exports = exports;
        this.mostAccounts = mostAccounts;
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Taken(Sample sample) implements Outcome {}

        /** Places are those of the question: {@code metrics}, {@code groupBy}, {@code where}, {@code cohort}. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /** There are more accounts than are held. */
    private static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("", null, false, false);
        }
    }

    /** A column of a metric of the catalogue, under its own key: of each account its value. */
    public static AskedMetric metric(String key) {
        return new AskedMetric(new MetricReference.ByKey(key), key);
    }

    /**
     * A column of a formula of one account, such as a metric of account, an attribute or a sum over its facts.
     *
     * @param formula stands on a line of its own: of problems with it one line is to be taken off
     */
    public static AskedMetric formula(String formula, String as) {
        return new AskedMetric(
                new MetricReference.Inline("avg(account : (\n%s\n))".formatted(formula)), as);
    }

    /**
     * A column of a condition of one account: 1 where it holds, else 0, also where it is empty.
     *
     * @param condition stands on a line of its own: of problems with it one line is to be taken off
     */
    public static AskedMetric condition(String condition, String as) {
        return new AskedMetric(
                new MetricReference.Inline(
                        "sum(account : case when (\n%s\n) then 1 else 0 end)".formatted(condition)),
                as);
    }

    /** The question of columns over a range, which can be narrowed further. */
    public static AnalysisQuery question(List<AskedMetric> columns, AskedRange range, ZoneId zone) {
        return AnalysisQuery.of(columns, range, zone);
    }

    /**
     * @param asked columns, range, zone, instants, filter, condition and cohort; its groups are dimensions of an account (segments) and become labels. Each column needs a key ({@code as}, or that of a
     *     metric). What it says of pages and order does not matter
     * @throws AnalysisFailed where the question is valid and still cannot be answered
     */
    public Outcome of(AnalysisQuery asked, Caller caller, Deadline deadline) {
        var query = ofEach(asked);
        var taker = new Taker(asked.groupBy().size(), mostAccounts);
        try {
            return switch (exports.export(query, null, caller, deadline, taker)) {
                case ExportUseCase.Outcome.Exported _ -> new Outcome.Taken(taker.sample());
                case ExportUseCase.Outcome.Rejected(var problems) ->
                        new Outcome.Rejected(placed(problems, asked.groupBy()));
            };
        } catch (TooMany _) {
            return new Outcome.Rejected(
                    List.of(
                            Problem.of(
                                    ProblemCode.LIMIT,
                                    Place.of("cohort"),
                                    "More than %,d accounts would be compared at once (cairn.statistics.accounts): ask for a cohort, or with a condition.",
                                    mostAccounts)));
        }
    }

    /** What is wrong with what {@link #of} would be asked, which is not asked: the places are the same. */
    static List<Problem> problems(
            AnalysisQuery asked, AnalyzeUseCase analyses, Caller caller, Deadline deadline) {
        return placed(
                analyses.explain(ofEach(asked), caller, deadline).problems(), asked.groupBy());
    }

    private static AnalysisQuery ofEach(AnalysisQuery asked) {
        var groups = new ArrayList<String>();
        groups.add("account");
        groups.addAll(asked.groupBy());
        return asked.withMetrics(Stream.concat(asked.metrics().stream(), Stream.of(EVERY)).toList())
                .withGroupBy(groups)
                .withGrain(null)
                .withTotals(false)
                .withOrderBy(List.of())
                .withKeys(false)
                .withUncertainty(false);
    }

    /** Ours is the first group. */
    private static List<Problem> placed(List<Problem> problems, List<String> segments) {
        return problems.stream()
                .map(problem -> {
                    var path = new ArrayList<>(problem.place().path());
                    if (path.size() > 1 && path.getFirst().equals("groupBy")) {
                        int segment = Integer.parseInt(path.get(1)) - 1;
                        path.set(1, Integer.toString(segment));
                        var place =
                                Place.of(path.toArray(String[]::new))
                                        .at(problem.place().line(), problem.place().column());
                        return problem.message().contains("'" + EVERY.as() + "'")
                                ? ofNoAccount(segments.get(segment), place)
                                : problem.in(place);
                    }
                    return path.equals(List.of("where")) ? ofRows(problem) : problem;
                })
                .toList();
    }

    /** A condition on rows is of no account, and who asked knows nothing of the column that has a row of every account. */
    private static Problem ofRows(Problem problem) {
        int name = problem.message().indexOf(DOES_NOT_APPLY);
        return name >= 0 && problem.message().contains("'" + EVERY.as() + "'")
                ? Problem.of(
                        problem.code(),
                        problem.place(),
                        "%s is of rows, and accounts are compared, which have none of their own: write the condition into the metrics, as count(... where ...), or ask by an attribute of accounts.",
                        problem.message().substring(0, name))
                : problem;
    }

    /** Who asked knows nothing of the column that has a row of every account. */
    private static Problem ofNoAccount(String segment, Place place) {
        return Problem.of(
                        ProblemCode.INCOMPATIBLE,
                        place,
                        "'%s' is no value of an account: take an attribute of it, or make one value of its facts, such as its last.",
                        segment)
                .offering("(last(%s) over ever) as part".formatted(segment));
    }

    /** Takes rows of the account, its segments, the columns and the last one, which is ours. */
    private static final class Taker implements ExportUseCase.Taker {
        private final int segments;
        private final int most;
        private final List<Integer> groups = new ArrayList<>();
        private final List<Integer> measures = new ArrayList<>();
        private Sample.Builder builder = new Sample.Builder(List.of(), 0);
        private Instant asOf = Instant.EPOCH;

        Taker(int segments, int most) {
            this.segments = segments;
            this.most = most;
        }

        @Override
        public void begin(List<Column> columns, List<Kind> kinds, Instant begun) {
            for (int at = 0; at < columns.size(); at++) {
                switch (columns.get(at).role()) {
                    case DIMENSION -> groups.add(at);
                    case MEASURE -> measures.add(at);
                    case TIME, KEY_KIND, STANDARD -> {
                        // Nothing that is computed with.
                    }
                }
            }
            measures.removeLast();
            builder =
                    new Sample.Builder(
                            measures.stream().map(at -> columns.get(at).key()).toList(), segments);
            asOf = begun;
        }

        @Override
        public void take(List<Cell> cells) {
            if (!(cells.get(groups.getFirst()) instanceof Cell.Group(GroupValue(var kind, var key)))
                    || kind != GroupValue.Kind.VALUE) {
                return;
            }
            if (builder.size() == most) {
                throw new TooMany();
            }
            builder.account(
                    String.valueOf(key),
                    groups.stream().skip(1).map(at -> label(cells.get(at))).toList());
            for (int column = 0; column < measures.size(); column++) {
                if (cells.get(measures.get(column)) instanceof Cell.Value(var value, var reasons)) {
                    builder.value(
                            column,
                            number(value.value()),
                            number(value.numerator()),
                            number(value.denominator()),
                            value.absence(),
                            reasons.isEmpty());
                    builder.because(column, reasons);
                    if (value.sampleSize() != null) {
                        builder.rows(column, value.sampleSize());
                    }
                }
            }
        }

        private static String label(Cell cell) {
            return cell instanceof Cell.Group(GroupValue(_, var value)) && value != null
                    ? value.toString()
                    : "";
        }

        private static double number(@Nullable Object value) {
            return switch (value) {
                case Number number -> number.doubleValue();
                case Boolean condition -> condition ? 1 : 0;
                case LocalDate date -> date.toEpochDay();
                case Instant instant -> instant.getEpochSecond();
                case null, default -> Double.NaN;
            };
        }

        Sample sample() {
            return builder.sample(asOf);
        }
    }
}
