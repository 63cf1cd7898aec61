package dev.cairn.domain.statistics;

import java.util.Arrays;

/**
 * A quantile of units, and its difference between two samples of others: its error is read off the values at the ranks around it, with no assumption of their distribution (J. W. McKean and R. M.
 * Schrader, "A Comparison of Methods for Studentizing the Sample Median", Communications in Statistics 13, 1984; R. M. Price and D. G. Bonett, "Distribution-free Confidence Intervals for Difference and
 * Ratio of Medians", Journal of Statistical Computation and Simulation 72, 2002). No chance is drawn, as a bootstrap would.
 */
public final class QuantileDifference {
    private QuantileDifference() {}

    /**
     * The second less the first; taken as normal. Its error is NaN where a sample is too small for two ranks around the quantile.
     *
     * @param fraction of the quantile, 0.5 for the median, above 0 and below 1
     */
    public static Estimate of(double[] first, double[] second, double fraction) {
        double[] one = sorted(first);
        double[] other = sorted(second);
        return Estimate.normal(
                ofSorted(other, fraction) - ofSorted(one, fraction),
                Math.hypot(error(one, fraction), error(other, fraction)));
    }

    /** Between the two nearest values, as percentile_cont of SQL has it; NaN of none. */
    public static double quantile(double[] values, double fraction) {
        return ofSorted(sorted(values), fraction);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double ofSorted(double[] sorted, double fraction) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = fraction * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static double error(double[] sorted, double fraction) {
        int count = sorted.length;
        double z = Normal.QUANTILE_975;
        double around = z * Math.sqrt(count * fraction * (1 - fraction));
        long low = Math.round((count + 1) * fraction - around);
        long high = Math.round((count + 1) * fraction + around);
        return low < 1 || high > count
                ? Double.NaN
                : (sorted[(int) high - 1] - sorted[(int) low - 1]) / (2 * z);
    }
}
