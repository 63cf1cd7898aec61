package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.impact.Impact.Estimand;
import dev.cairn.domain.impact.Impact.Side;
import dev.cairn.domain.statistics.Estimate;
import dev.cairn.domain.statistics.Interval;
import dev.cairn.domain.statistics.Proportion;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What rows say of one metric: of both times the value with its error, every row being one of its own. */
final class RowTest {
    private RowTest() {}

    static MetricTest of(Cell.Value before, Cell.Value after) {
        var first = before.value().uncertainty();
        var second = after.value().uncertainty();
        var noTest = noTest(first) == null ? noTest(second) : noTest(first);
        var effect = new Estimate(Double.NaN, Double.NaN, Double.NaN);
        Interval interval = null;
        if (first != null && second != null && noTest == null) {
            boolean areShares = first.isOfShare() && second.isOfShare();
            effect = areShares ? ofShares(first, second) : effect(first, second);
            interval = areShares ? newcombe(first, second) : null;
        }
        return new MetricTest(
                Estimand.ROWS,
                new Side(value(before), value(after), units(before), units(after)),
                null,
                effect,
                interval,
                null,
                null,
                null,
                Double.NaN,
                null,
                before.incomplete().size() + after.incomplete().size(),
                false,
                noTest);
    }

    private static @Nullable String noTest(@Nullable Uncertainty uncertainty) {
        return uncertainty == null
                        || uncertainty.estimate() == null
                        || uncertainty.standardError() == null
                ? "Of its rows it is not known how far it may be off (%s): only shares, averages and sums of such are compared by rows."
                        .formatted(uncertainty == null ? "NO_VALUE" : uncertainty.noInterval())
                : null;
    }

    private static Estimate ofShares(Uncertainty first, Uncertainty second) {
        return Estimate.normal(
                number(second.estimate()) - number(first.estimate()), second.pooledError(first));
    }

    private static Interval newcombe(Uncertainty first, Uncertainty second) {
        return Proportion.newcombe(
                number(second.estimate()), own(second), number(first.estimate()), own(first));
    }

    private static Interval own(Uncertainty of) {
        var interval = Objects.requireNonNull(of.interval());
        return new Interval(interval.low(), interval.high());
    }

    /** Welch's, of means that are known with their errors. */
    private static Estimate effect(Uncertainty first, Uncertainty second) {
        double one = number(first.standardError());
        double other = number(second.standardError());
        double both = one * one + other * other;
        double freedom =
                both
                        * both
                        / (Math.pow(one, 4) / first.freedom()
                                + Math.pow(other, 4) / second.freedom());
        return new Estimate(
                number(second.estimate()) - number(first.estimate()), Math.sqrt(both), freedom);
    }

    private static double number(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }

    private static @Nullable Double value(Cell.Value cell) {
        return cell.value().value() instanceof Number number ? (Double) number.doubleValue() : null;
    }

    private static long units(Cell.Value cell) {
        var size = cell.value().sampleSize();
        return size == null ? 0 : size;
    }

    /** Of the one row, the measure at a place among measures. */
    static Cell.Value cell(AnalysisResult answer, int measure) {
        int seen = 0;
        for (int at = 0; at < answer.columns().size(); at++) {
            if (answer.columns().get(at).role() == Role.MEASURE && seen++ == measure) {
                return (Cell.Value) answer.rows().getFirst().cells().get(at);
            }
        }
        throw new IllegalArgumentException("no measure " + measure);
    }
}
