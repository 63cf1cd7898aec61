package dev.cairn.domain.statistics;

/**
 * How many of some succeed whose chance is only known from others: of n of them k did. The chance has the distribution Beta(k + 1/2, n - k + 1/2), with Jeffreys' prior (L. D. Brown, T. T. Cai and A.
 * DasGupta, "Interval Estimation for a Binomial Proportion", Statistical Science 16, 2001), so that the number is beta-binomial (J. G. Skellam, "A Probability Distribution Derived from the Binomial
 * Distribution by Regarding the Probability of Success as Variable between the Sets of Trials", Journal of the Royal Statistical Society B 10, 1948).
 */
public record BetaBinomial(double a, double b) {
    private static final double TAIL = 0.025;

    /** @param of how many of n did, n being 0 where nothing is known */
    public static BetaBinomial known(long of, long n) {
        if (of < 0 || of > n) {
            throw new IllegalArgumentException(of + " of " + n);
        }
        return new BetaBinomial(of + 0.5, n - of + 0.5);
    }

    /** The expected chance. */
    public double mean() {
        return a / (a + b);
    }

    /** The variance of the chance itself: how little is known of it. */
    public double variance() {
        return a * b / ((a + b) * (a + b) * (a + b + 1));
    }

    /** What one success varies by beside that: the expected p (1 - p). */
    public double within() {
        return a * b / ((a + b) * (a + b + 1));
    }

    /** The chances that 0 to {@code trials} succeed. */
    double[] chances(int trials) {
        var chances = new double[trials + 1];
        for (int i = 0; i <= trials; i++) {
            chances[i] =
                    Math.exp(
                            LogGamma.of(trials + 1.0)
                                    - LogGamma.of(i + 1.0)
                                    - LogGamma.of(trials - i + 1.0)
                                    + logBeta(i + a, trials - i + b)
                                    - logBeta(a, b));
        }
        return chances;
    }

    private static double logBeta(double a, double b) {
        return LogGamma.of(a) + LogGamma.of(b) - LogGamma.of(a + b);
    }

    /** How many succeed of several such groups that know nothing of each other; exact. */
    public static final class Sum {
        private double[] chances = {1};

        /** Takes another group. */
        public void add(BetaBinomial of, int trials) {
            var others = of.chances(trials);
            var sum = new double[chances.length + trials];
            for (int i = 0; i < chances.length; i++) {
                for (int j = 0; j < others.length; j++) {
                    sum[i + j] += chances[i] * others[j];
                }
            }
            chances = sum;
        }

        /** The numbers between which it is, with 2.5 % at most on either side. */
        public Interval interval() {
            return new Interval(quantile(TAIL), quantile(1 - TAIL));
        }

        /** The least number of which so much is not above. */
        private int quantile(double share) {
            double below = 0;
            for (int i = 0; i < chances.length; i++) {
                below += chances[i];
                if (below >= share) {
                    return i;
                }
            }
            return chances.length - 1;
        }
    }
}
