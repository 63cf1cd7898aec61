package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics over time beside another time, bucket by bucket, with what they differ by.
 *
 * @param compareTo null: the period before each, and without a grain the range before
 */
public record Trend(AnalysisQuery frame, List<AskedMetric> metrics, @Nullable Comparison compareTo)
        implements Shape<TrendAnswer> {
    /** Column of when what a period is compared with begins. */
    public static final String COMPARED_WITH = "compared_with";

    /** What columns beside a metric are called, behind its name. */
    static final String DIFFERENCE = "difference";

    static final String CHANGE = "change";

    public Trend {
        metrics = List.copyOf(metrics);
    }

    @Override
    public Asked asked() {
        var problems = new ArrayList<Problem>();
        if (metrics.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.MISSING,
                            Place.of("metrics"),
                            "Say what to compare: a metric, or a formula."));
        }
        var compared = compared();
        if (frame.grain() == Grain.WEEK
                && compared instanceof Comparison.Earlier(_, var by)
                && by instanceof Grain grain
                && EnumSet.of(Grain.MONTH, Grain.QUARTER, Grain.YEAR).contains(grain)) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            Place.of("compareTo"),
                            "What lies a %s before a week begins on another day of the week: compare with so many weeks earlier, such as 52 weeks, or ask by the %s.",
                            grain.text(),
                            grain.text()));
        }
        problems.addAll(taken());
        var columns = new ArrayList<>(metrics);
        if (problems.isEmpty()) {
            columns.add(new AskedMetric(new MetricReference.Inline(begins()), COMPARED_WITH));
        }
        return new Asked(frame.withMetrics(columns).withCompareTo(compared), List.of(), problems);
    }

    /** Metrics that are called as a column that stands beside them. */
    private List<Problem> taken() {
        var names = metrics.stream().map(Trend::name).toList();
        var taken = new HashSet<>(List.of(COMPARED_WITH));
        for (var name : names) {
            taken.add(name + "." + DIFFERENCE);
            taken.add(name + "." + CHANGE);
        }
        return IntStream.range(0, names.size())
                .filter(at -> taken.contains(names.get(at)))
                .mapToObj(at ->
                        Problem.of(
                                ProblemCode.CONFLICT,
                                Place.of("metrics", Integer.toString(at)),
                                "'%s' is the name of another column of a trend: call the metric otherwise.",
                                names.get(at)))
                .toList();
    }

    private static String name(AskedMetric metric) {
        return metric.as() != null
                ? metric.as()
                : switch (metric.metric()) {
                    case MetricReference.ByKey(var key) -> key;
                    case MetricReference.Pinned(var key, _) -> key;
                    case MetricReference.Inline(var formula) -> formula;
                };
    }

    private Comparison compared() {
        if (compareTo != null) {
            return compareTo;
        }
        var grain = frame.grain();
        return grain == null ? new Comparison.Previous() : new Comparison.Earlier(1, grain);
    }

    private String begins() {
        boolean isInstant =
                frame.grain() == Grain.HOUR
                        || (frame.grain() == null
                                && frame.range() instanceof AskedRange.BetweenInstants);
        return isInstant ? "bucket.start" : "date(bucket.start)";
    }

    @Override
    public List<Problem> objections(AnalysisResult answer) {
        var columns = new Columns(answer);
        var problems = new ArrayList<Problem>();
        for (int at = 0; at < metrics.size(); at++) {
            var column = columns.column(columns.measures().get(2 * at));
            if (column.valueType() != ValueType.NUMBER) {
                problems.add(
                        Problem.of(
                                ProblemCode.TYPE_MISMATCH,
                                Place.of("metrics", Integer.toString(at)),
                                "A trend is of numbers, and '%s' is none: ask query for it, which shows both times without their difference.",
                                column.key()));
            }
        }
        return problems;
    }

    @Override
    public TrendAnswer folded(AnalysisResult answer) {
        return TrendFold.of(metrics.size(), answer);
    }
}
