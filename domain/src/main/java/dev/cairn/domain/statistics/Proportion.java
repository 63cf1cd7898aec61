package dev.cairn.domain.statistics;

/**
 * So many of so many.
 *
 * @param of above 0
 */
public record Proportion(long count, long of) {
    public Proportion {
        if (of <= 0 || count < 0 || count > of) {
            throw new IllegalArgumentException(count + " of " + of);
        }
    }

    public double value() {
        return (double) count / of;
    }

    /** Of 95 %: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American Statistical Association 22 (1927). */
    public Interval wilson() {
        double z = Normal.QUANTILE_975;
        double middle = value() + z * z / (2 * of);
        double half = z * Math.sqrt(value() * (1 - value()) / of + z * z / (4.0 * of * of));
        double whole = 1 + z * z / of;
        return new Interval(
                count == 0 ? 0 : (middle - half) / whole,
                count == of ? 1 : (middle + half) / whole);
    }

    /**
     * Of 95 % for this less the other: method 10 of R. G. Newcombe, "Interval Estimation for the Difference between Independent Proportions: Comparison of Eleven Methods", Statistics in Medicine 17
     * (1998). Unlike Wald's it has a width also where none or all are counted, stays within -1 and 1, and covers what it says in small samples.
     */
    public Interval newcombe(Proportion other) {
        return newcombe(value(), wilson(), other.value(), other.wilson());
    }

    /** The same of two that are known with their own intervals, in one unit. */
    public static Interval newcombe(double one, Interval own, double other, Interval others) {
        double difference = one - other;
        return new Interval(
                difference - Math.hypot(one - own.low(), others.high() - other),
                difference + Math.hypot(own.high() - one, other - others.low()));
    }

    /** The test of this less the other, both taken as of one proportion were there no difference (G. W. Snedecor and W. G. Cochran, "Statistical Methods", section 7.4). Of its p, not of its interval: that is {@link #newcombe}. */
    public Estimate pooled(Proportion other) {
        double all = (double) (count + other.count) / (of + other.of);
        return Estimate.normal(
                value() - other.value(), Math.sqrt(all * (1 - all) * (1.0 / of + 1.0 / other.of)));
    }
}
