package dev.cairn.domain.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's distribution. */
public final class Student {
    private static final double HALF_OF_REST = 0.025;

    /** Beyond it is as good as normal. */
    private static final double MOST = 1e6;

    private Student() {}

    /**
     * The number below which 97.5 % lie.
     *
     * @param freedom above 0; not always whole: effective sample sizes are not
     */
    public static double quantile975(double freedom) {
        if (!(freedom > 0)) {
            throw new IllegalArgumentException("degrees of freedom are above 0: " + freedom);
        }
        return TDistribution.of(freedom).inverseSurvivalProbability(HALF_OF_REST);
    }

    /**
     * Of how many degrees of freedom a number is the quantile at 97.5 %, 1 to {@link #MOST}.
     *
     * @param quantile as {@link #quantile975} gives it
     */
    public static double freedomOf(double quantile) {
        double low = 1;
        double high = MOST;
        while (high - low > 1e-6 * low) {
            double middle = (low + high) / 2;
            if (quantile975(middle) > quantile) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
