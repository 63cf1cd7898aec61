package dev.cairn.domain.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Whether units fell into two groups as they were to (A. Fabijan and others, "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD 2019). Where they did not, what is said of both groups is not to be believed. */
public final class SampleRatio {
    /** Below it the groups are not as they were to be; strict, as it is to tell of what is broken. */
    public static final double ALARM = 0.0005;

    private SampleRatio() {}

    /**
     * The chance of counts at least so far off, by Pearson's chi-square of one degree of freedom.
     *
     * @param share of all that was to be in the first group, above 0 and below 1
     */
    public static double p(long first, long second, double share) {
        double all = (double) first + second;
        double off = first - all * share;
        return ChiSquaredDistribution.of(1)
                .survivalProbability(off * off / (all * share) + off * off / (all * (1 - share)));
    }
}
