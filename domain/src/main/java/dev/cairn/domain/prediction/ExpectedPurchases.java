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
        double power = left == 0 ? log : Math.expm1(left * log) / left;
        double sum = series(model.a() + model.b() - 1 - model.r(), left, c, z);
        return Math.max(0, -(c * power + sum * Math.exp(left * log)));
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
