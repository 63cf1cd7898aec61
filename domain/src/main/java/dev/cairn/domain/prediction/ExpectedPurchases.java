package dev.cairn.domain.prediction;

/**
 * The expected number of purchases of a customer who is alive, formula (10) of Fader, Hardie and Lee (2005) without its denominator:
 * (a+b+x-1)/(a-1) · [1 - ((α+T)/(α+T+t))^(r+x) · ₂F₁(r+x, b+x; a+b+x-1; t/(α+T+t))].
 *
 * <p>As it stands it divides 0 by 0 at a = 1, and its series diverges for long times. Euler's transformation gives ₂F₁(A, B; C; z) = (1-z)^(C-A-B) ·
 * ₂F₁(C-A, C-B; C; z); here C-B = a-1, a factor of all terms but the first, which cancels against the denominator, as C does against the numerator. What is left
 * is finite for all parameters above 0.
 */
final class ExpectedPurchases {
    private static final double PRECISION = 1e-16;
    private static final int MOST_TERMS = 10_000_000;

    /** From here on the terms of the transformed series grow too large before they fall, and the formula as it stands loses nothing. */
    private static final double LARGE_A = 3;

    /** Sums are scaled down by it before they overflow. */
    private static final double SCALE = 1e200;

    private ExpectedPurchases() {}

    /**
     * @param x repeat purchases so far
     * @param age weeks since the first purchase
     * @param weeks further ones
     */
    static double ifAlive(BetaGeometric model, double x, double age, double weeks) {
        if (weeks == 0) {
            return 0;
        }
        double left = model.a() - 1;
        double c = model.a() + model.b() + x - 1;
        double z = weeks / (model.alpha() + age + weeks);
        double log = Math.log((model.alpha() + age) / (model.alpha() + age + weeks));
        if (model.a() > LARGE_A) {
            double logOfSeries = logOfPlainSeries(model.r() + x, model.b() + x, c, z);
            double stays = Math.exp((model.r() + x) * log + logOfSeries);
            return Math.max(0, c / left * (1 - stays));
        }
        double power = left == 0 ? log : Math.expm1(left * log) / left;
        double sum = series(model.a() + model.b() - 1 - model.r(), left, c, z);
        return Math.max(0, -(c * power + sum * Math.exp(left * log)));
    }

    /** The logarithm of ₂F₁(first, second; c; z) for parameters above 0: all terms are, and only their size needs care. */
    private static double logOfPlainSeries(double first, double second, double c, double z) {
        double term = 1;
        double sum = 1;
        double logOfScale = 0;
        for (int n = 0; n < MOST_TERMS; n++) {
            double ratio = (first + n) / (n + 1) * ((second + n) / (c + n)) * z;
            term *= ratio;
            sum += term;
            if (ratio < 1 && term <= PRECISION * sum * (1 - ratio)) {
                return Math.log(sum) + logOfScale;
            }
            if (sum > SCALE) {
                term /= SCALE;
                sum /= SCALE;
                logOfScale += Math.log(SCALE);
            }
        }
        throw new ArithmeticException("no sum of " + first + ", " + second + ", " + c + ", " + z);
    }

    /** Sum over n from 1 of (first)_n (left+1)_(n-1) / ((c+1)_(n-1) n!) z^n, that is ₂F₁(first, left; c; z) less 1, times c / left. */
    private static double series(double first, double left, double c, double z) {
        double term = first * z;
        double sum = term;
        for (int n = 1; n < MOST_TERMS; n++) {
            double ratio = (first + n) * (left + n) / ((c + n) * (n + 1)) * z;
            term *= ratio;
            sum += term;
            if (Math.abs(ratio) < 1
                    && Math.abs(term) <= PRECISION * Math.abs(sum) * (1 - Math.abs(ratio))) {
                return sum;
            }
        }
        throw new ArithmeticException("no sum of " + first + ", " + left + ", " + c + ", " + z);
    }
}
