package dev.cairn.domain.statistics;

/** Student's distribution. */
public final class Student {
    /** From it the series below is exact to the last digits of a double. */
    private static final double MANY = 1000;

    private static final int HALVINGS = 200;

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
        return freedom >= MANY ? ofMany(freedom) : ofFew(freedom);
    }

    /** By halves, from P(|t| > x) = I_v/(v + x²)(v/2, 1/2) (Abramowitz and Stegun 26.7.1 and 26.5.27); with x² = v (1 - y)/y the search is for y. */
    private static double ofFew(double freedom) {
        double low = 0;
        double high = 1;
        for (int at = 0; at < HALVINGS && low < high; at++) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (Beta.regularized(middle, freedom / 2, 0.5) < 0.05) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double y = (low + high) / 2;
        return Math.sqrt(freedom * (1 - y) / y);
    }

    /** The expansion around the normal quantile (Abramowitz and Stegun 26.7.5). */
    private static double ofMany(double freedom) {
        double z = Normal.QUANTILE_975;
        double squared = z * z;
        double first = z * (squared + 1) / 4;
        double second = z * ((5 * squared + 16) * squared + 3) / 96;
        double third = z * (((3 * squared + 19) * squared + 17) * squared - 15) / 384;
        double fourth =
                z
                        * ((((79 * squared + 776) * squared + 1482) * squared - 1920) * squared
                                - 945)
                        / 92160;
        return z + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom;
    }
}
