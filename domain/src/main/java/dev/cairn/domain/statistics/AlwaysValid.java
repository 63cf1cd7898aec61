package dev.cairn.domain.statistics;

/**
 * An interval that holds however often one looks: of 100 changes without effect, in 95 at least it holds zero on every day (R. Johari, P. Koomen, L. Pekelis and D. Walsh, "Always Valid Inference:
 * Continuous Monitoring of A/B Tests", Operations Research 70, 2022, the mixture sequential probability ratio test of H. Robbins, 1970). It is wider than one that is looked at once. Taken as normal, and the data of each day as new.
 */
public final class AlwaysValid {
    private static final double CHANCE = 0.05;

    private AlwaysValid() {}

    /**
     * Of 95 %: the value ± sqrt(v (v + t) / t (2 ln(1 / 0.05) + ln((v + t) / v))), v the squared error and t the mixing variance.
     *
     * @param spread standard deviation of the effects that are expected, in the unit of the value, chosen before the data is seen: the root of the mixing variance; above 0
     */
    public static Interval interval(Estimate estimate, double spread) {
        if (!estimate.isTestable() || !(spread > 0)) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double v = estimate.error() * estimate.error();
        double t = spread * spread;
        double half =
                Math.sqrt(v * (v + t) / t * (2 * Math.log(1 / CHANCE) + Math.log((v + t) / v)));
        return new Interval(estimate.value() - half, estimate.value() + half);
    }

    /** The chance that belongs to it: 1 through the likelihood ratio sqrt(v / (v + t)) exp(t z² / (2 (v + t))), at most 1. NaN where nothing can be tested. */
    public static double p(Estimate estimate, double spread) {
        if (!estimate.isTestable() || !(spread > 0)) {
            return Double.NaN;
        }
        double v = estimate.error() * estimate.error();
        double t = spread * spread;
        double z = estimate.statistic();
        return Math.min(1, Math.sqrt((v + t) / v) * Math.exp(-t * z * z / (2 * (v + t))));
    }
}
