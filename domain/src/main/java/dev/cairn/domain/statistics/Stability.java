package dev.cairn.domain.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The population stability index: how far a distribution has moved from another, the sum of (q - p) ln(q / p) over tenths of the earlier one (N. Siddiqi, "Credit Risk Scorecards", 2006; it is the symmetric
 * divergence of H. Jeffreys, 1946). By the convention of credit scoring below 0.1 nothing has happened, and from 0.25 it is another distribution.
 */
public final class Stability {
    /** Below it a distribution has not moved. */
    public static final double STABLE = 0.1;

    /** Above it it is another one. */
    public static final double SHIFTED = 0.25;

    private static final int TENTHS = 10;
    private static final double CHANCE = 0.05;

    private Stability() {}

    /**
     * Tenths that have the same upper end are one. A bin in which one of both has nobody is taken to have half of one.
     *
     * @param earlier in any order, without NaN, as the later ones
     * @return NaN where one has no values
     */
    public static double index(double[] earlier, double[] later) {
        if (earlier.length == 0 || later.length == 0) {
            return Double.NaN;
        }
        var sorted = earlier.clone();
        Arrays.sort(sorted);
        var edges = new double[TENTHS - 1];
        int count = 0;
        for (int tenth = 1; tenth < TENTHS; tenth++) {
            double edge = Distribution.quantile(sorted, tenth / (double) TENTHS);
            if (count == 0 || edge > edges[count - 1]) {
                edges[count++] = edge;
            }
        }
        var ends = Arrays.copyOf(edges, count);
        return divergence(counts(earlier, ends), counts(later, ends));
    }

    /**
     * Whether it is another distribution, and not by chance alone: of two samples of one distribution the index is about (1/n + 1/m) times a chi-square of as many degrees of freedom as bins less one, so that
     * of few values it is large without any shift (B. Yurdakul and J. Naranjo, "Statistical Properties of the Population Stability Index", Journal of Risk Model Validation 14, 2020).
     *
     * @param index NaN: nothing is known, and nothing has shifted
     */
    public static boolean isShifted(double index, int earlier, int later) {
        double byChance =
                ChiSquaredDistribution.of(TENTHS - 1).inverseSurvivalProbability(CHANCE)
                        * (1.0 / earlier + 1.0 / later);
        return index > SHIFTED && index > byChance;
    }

    /** Of counts in the same bins. */
    static double divergence(long[] earlier, long[] later) {
        double before = Arrays.stream(earlier).sum();
        double after = Arrays.stream(later).sum();
        double index = 0;
        for (int bin = 0; bin < earlier.length; bin++) {
            if (earlier[bin] > 0 || later[bin] > 0) {
                double p = Math.max((double) earlier[bin], 0.5) / before;
                double q = Math.max((double) later[bin], 0.5) / after;
                index += (q - p) * Math.log(q / p);
            }
        }
        return index;
    }

    private static long[] counts(double[] values, double[] ends) {
        var counts = new long[ends.length + 1];
        for (double value : values) {
            int bin = 0;
            while (bin < ends.length && value > ends[bin]) {
                bin++;
            }
            counts[bin]++;
        }
        return counts;
    }
}
