package dev.cairn.domain.statistics;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What is estimated, a difference for the most part, and how far it may be off.
 *
 * @param value in the unit of what is estimated
 * @param error its standard error, in the same unit; 0 or NaN: too few values, or none that differ, and nothing can be tested
 * @param freedom degrees of freedom of Student's distribution; infinite: it is taken as normal
 */
public record Estimate(double value, double error, double freedom) {
    private static final double TWO_SIDED = 0.025;
    private static final double POWER = 0.8;

    /** Taken as normal. */
    public static Estimate normal(double value, double error) {
        return new Estimate(value, error, Double.POSITIVE_INFINITY);
    }

    /** Whether there is anything to test it by. */
    public boolean isTestable() {
        return error > 0 && freedom > 0 && Double.isFinite(error) && Double.isFinite(value);
    }

    /** The value in its standard errors. */
    public double statistic() {
        return value / error;
    }

    /** The chance of one at least so far from zero, on either side, were there no difference; NaN where nothing can be tested. */
    public double p() {
        return isTestable()
                ? Math.min(1, 2 * distribution().survivalProbability(Math.abs(statistic())))
                : Double.NaN;
    }

    /** Of 95 %; from minus to plus infinity where nothing can be tested. */
    public Interval interval() {
        if (!isTestable()) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double half = distribution().inverseSurvivalProbability(TWO_SIDED) * error;
        return new Interval(value - half, value + half);
    }

    /**
     * The smallest difference that four of five such samples would have shown, at 5 % on two sides: the quantile of the test and that of the power, in standard errors (J. Cohen, "Statistical Power
     * Analysis for the Behavioral Sciences", 1988; H. S. Bloom, "Minimum Detectable Effects", Evaluation Review 19, 1995). NaN where nothing can be tested.
     */
    public double detectable() {
        return isTestable()
                ? (distribution().inverseSurvivalProbability(TWO_SIDED)
                                + distribution().inverseCumulativeProbability(POWER))
                        * error
                : Double.NaN;
    }

    /** With another sign, for what is better the less of it there is. */
    public Estimate negated() {
        return new Estimate(-value, error, freedom);
    }

    private ContinuousDistribution distribution() {
        return Double.isInfinite(freedom) ? NormalDistribution.of(0, 1) : TDistribution.of(freedom);
    }
}
