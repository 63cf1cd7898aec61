package dev.cairn.domain.statistics;

/**
 * Ranks below a percentile, so that of 100 samples in 97.5 at least the value at that rank is not above it: how many of n values lie below the percentile is binomial whatever their distribution,
 * and of equal values the interval only covers more (H. Scheffé and J. W. Tukey, "Non-parametric estimation", Annals of Mathematical Statistics 16, 1945; H. A. David and H. N. Nagaraja, "Order
 * Statistics", section 7.1). The binomial quantile is that of E. A. Cornish and R. A. Fisher ("Moments and Cumulants in the Specification of Distributions", 1937) with one term for its skewness, n q - z
 * sqrt(n q (1 - q)) + (z² - 1) (1 - 2 q) / 6 - 1/2, and a guard of 0.06 for what the further terms may come to. A test holds it to the exact quantile: never above it, and one rank below it at most.
 *
 * @param perRow what is added for each value
 * @param perRoot what is taken away for each root of their number
 * @param constant what is added in the end, before the whole number below is taken
 */
public record RankBelow(double perRow, double perRoot, double constant) {
    private static final double GUARD = 0.06;

    /** @param fraction from 0 to 1 */
    public static RankBelow of(double fraction) {
        double z = Normal.QUANTILE_975;
        return new RankBelow(
                fraction,
                z * Math.sqrt(fraction * (1 - fraction)),
                (z * z - 1) * (1 - 2 * fraction) / 6 - 0.5 - GUARD);
    }

    /**
     * The rank, the least value having 1; below 1 there are too few values.
     *
     * @param values how many there are
     */
    public long in(long values) {
        return 1
                + (long)
                        Math.floor(
                                values * perRow - perRoot * Math.sqrt((double) values) + constant);
    }
}
