package dev.cairn.domain.statistics;

/** The standard normal distribution. */
public final class Normal {
    /** Above it 97.5 % lie below: an interval of 95 % has as much on either side (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.1). */
    public static final double QUANTILE_975 = 1.959963984540054;

    /** Beyond it the continued fraction needs fewer steps. */
    private static final double FAR = 3;

    private static final int STEPS = 200;

    private Normal() {}

    /** The chance to be at least so far from zero, on either side. */
    public static double twoSided(double z) {
        double distance = Math.abs(z);
        return distance < FAR ? 1 - 2 * fromZero(distance) : 2 * above(distance);
    }

    private static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The chance to lie between zero and x: the series x + x^3/3 + x^5/(3 5) + ... times the density (G. Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11, 2004). */
    private static double fromZero(double x) {
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-17; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return sum * density(x);
    }

    /** The chance to lie above x: Laplace's continued fraction 1/(x + 1/(x + 2/(x + 3/(x + ...)))) times the density (Abramowitz and Stegun 26.2.14). */
    private static double above(double x) {
        double fraction = x;
        for (int step = STEPS; step > 0; step--) {
            fraction = x + step / fraction;
        }
        return density(x) / fraction;
    }
}
