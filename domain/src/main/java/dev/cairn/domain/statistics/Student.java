package dev.cairn.domain.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's distribution. */
public final class Student {
    private static final double HALF_OF_REST = 0.025;

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
}
