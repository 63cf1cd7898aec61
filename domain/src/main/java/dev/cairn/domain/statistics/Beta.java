package dev.cairn.domain.statistics;

/** The regularized incomplete beta function, which Student's and the binomial distribution are made of. */
final class Beta {
    private static final double SMALLEST = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final int MOST_STEPS = 100_000;

    private Beta() {}

    /**
     * I_x(a, b), by its continued fraction (NIST Digital Library of Mathematical Functions 8.17.22, evaluated as Lentz and Thompson do).
     *
     * @param a above 0
     * @param b above 0
     */
    static double regularized(double x, double a, double b) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        double front =
                Math.exp(
                        LogGamma.of(a + b)
                                - LogGamma.of(a)
                                - LogGamma.of(b)
                                + a * Math.log(x)
                                + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2)
                ? front * fraction(x, a, b) / a
                : 1 - front * fraction(1 - x, b, a) / b;
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = inverse(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= MOST_STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = inverse(1 + even * d);
            c = away(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = inverse(1 + odd * d);
            c = away(1 + odd / c);
            double step = d * c;
            result *= step;
            if (Math.abs(step - 1) < PRECISION) {
                return result;
            }
        }
        throw new ArithmeticException("no incomplete beta of " + x + ", " + a + ", " + b);
    }

    private static double inverse(double value) {
        return 1 / away(value);
    }

    /** Not zero. */
    private static double away(double value) {
        return Math.abs(value) < SMALLEST ? SMALLEST : value;
    }
}
