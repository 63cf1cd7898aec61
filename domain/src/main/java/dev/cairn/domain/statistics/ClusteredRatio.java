package dev.cairn.domain.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The sum of one thing through the sum of another over units whose rows vary together, as logins by users over accounts: by the delta method the ratio varies as the mean of its units' influences does
 * (W. G. Cochran, "Sampling Techniques", 1977, section 6.3; A. Deng, U. Knoblich and J. Lu, "Applying the Delta Method in Metric Analytics", KDD 2018). With denominators of 1 where a unit has a
 * value and 0 where it has none it is the mean of those that have one.
 */
public final class ClusteredRatio {
    private final double value;
    private final double[] influences;

    private ClusteredRatio(double value, double[] influences) {
        this.value = value;
        this.influences = influences;
    }

    /**
     * @param numerators of each unit; 0 of one that has no rows
     * @param denominators of each unit in the same order; 0 of one that has no rows
     */
    public static ClusteredRatio of(double[] numerators, double[] denominators) {
        int units = numerators.length;
        double below = Arrays.stream(denominators).sum();
        double value = Arrays.stream(numerators).sum() / below;
        double[] influences = new double[units];
        for (int unit = 0; unit < units; unit++) {
            influences[unit] = (numerators[unit] - value * denominators[unit]) / (below / units);
        }
        return new ClusteredRatio(value, influences);
    }

    /** NaN where the denominators sum to 0. */
    public double value() {
        return value;
    }

    /** How far units are from each other, in the unit of the ratio. */
    public double deviation() {
        return Moments.of(influences).deviation();
    }

    /** Of the ratio itself. */
    public Estimate estimate() {
        return estimate(value, influences);
    }

    /** Of this less that of the same units at another time, in the same order: what a unit adds to both is taken off. */
    public Estimate less(ClusteredRatio before) {
        double[] both = new double[influences.length];
        for (int unit = 0; unit < both.length; unit++) {
            both[unit] = influences[unit] - before.influences[unit];
        }
        return estimate(value - before.value, both);
    }

    /** What each unit adds to this less that of the same units at another time, in their order, with that difference as their mean. */
    public DoubleStream changes(ClusteredRatio before) {
        return IntStream.range(0, influences.length)
                .mapToDouble(
                        unit -> value - before.value + influences[unit] - before.influences[unit]);
    }

    private static Estimate estimate(double value, double[] influences) {
        return new Estimate(
                value, Math.sqrt(Moments.of(influences).squaredError()), influences.length - 1.0);
    }
}
