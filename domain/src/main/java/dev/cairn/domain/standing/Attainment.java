package dev.cairn.domain.standing;

import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Target.Goal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much of a target a value has reached.
 *
 * @param ratio actual / target where more is better, target / actual where less is; 1 inside an interval, and outside it the value to the end that it
 *     misses, so that it is below 1. Null where what is divided by, or the target, is not above zero
 * @param progress (actual - baseline) / (target - baseline), not clipped; null where there is no baseline
 * @param reached whether it is met
 */
public record Attainment(@Nullable Double ratio, @Nullable Double progress, boolean reached) {
    /** As two executors may differ: relative. */
    public static final double ALIKE = 1e-12;

    /**
     * @param direction of the metric; of an interval, and where there is a baseline, it decides nothing
     * @param baseline not equal to the value that is to be reached
     */
    public static Attainment of(
            double actual, Goal goal, Direction direction, @Nullable BigDecimal baseline) {
        return switch (goal) {
            case Goal.Reach(var value) -> reach(actual, value.doubleValue(), direction, baseline);
            case Goal.Between(var least, var most) ->
                    between(actual, least.doubleValue(), most.doubleValue());
        };
    }

    private static Attainment reach(
            double actual, double target, Direction direction, @Nullable BigDecimal baseline) {
        boolean upward = isUpward(target, direction, baseline);
        var ratio = upward ? ratio(actual, target) : ratioOfLess(actual, target);
        var progress =
                baseline == null
                        ? null
                        : (Double)
                                ((actual - baseline.doubleValue())
                                        / (target - baseline.doubleValue()));
        return new Attainment(
                ratio, progress, upward ? atLeast(actual, target) : atLeast(target, actual));
    }

    /** Whether more is better: as the metric says, or as the way from a baseline goes. Of an interval it decides nothing. */
    public static boolean isUpward(Goal goal, Direction direction, @Nullable BigDecimal baseline) {
        return switch (goal) {
            case Goal.Reach(var value) -> isUpward(value.doubleValue(), direction, baseline);
            case Goal.Between _ -> true;
        };
    }

    private static boolean isUpward(
            double target, Direction direction, @Nullable BigDecimal baseline) {
        return baseline == null ? direction != Direction.LOWER : target > baseline.doubleValue();
    }

    private static Attainment between(double actual, double least, double most) {
        if (!atLeast(actual, least)) {
            return new Attainment(ratio(actual, least), null, false);
        }
        return atLeast(most, actual)
                ? new Attainment(1.0, null, true)
                : new Attainment(ratioOfLess(actual, most), null, false);
    }

    private static @Nullable Double ratio(double actual, double target) {
        return target > 0 ? (Double) (actual / target) : null;
    }

    private static @Nullable Double ratioOfLess(double actual, double target) {
        return target > 0 && actual > 0 ? (Double) (target / actual) : null;
    }

    private static boolean atLeast(double one, double other) {
        return one >= other - ALIKE * Math.abs(other);
    }

    /** Whether it has not reached it and is near. */
    public boolean isNear(BigDecimal near) {
        var part = progress == null ? ratio : progress;
        return !reached && part != null && atLeast(part, near.doubleValue());
    }
}
