package dev.cairn.domain.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** The standard normal distribution. */
public final class Normal {
    /** Above it 97.5 % lie below: an interval of 95 % has as much on either side (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1). */
    public static final double QUANTILE_975 = 1.959963984540054;

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    private Normal() {}

    /** The chance to be at least so far from zero, on either side. */
    public static double twoSided(double z) {
        return 2 * STANDARD.survivalProbability(Math.abs(z));
    }
}
