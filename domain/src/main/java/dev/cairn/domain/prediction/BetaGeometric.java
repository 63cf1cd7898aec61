package dev.cairn.domain.prediction;

import dev.cairn.domain.statistics.LogGamma;
import java.util.Collection;

/**
 * The BG/NBD model: while customers are alive each buys at a rate of its own, and after each repeat purchase leaves with a probability of its own; the rates are
 * gamma distributed, the probabilities beta distributed. All times are in weeks.
 *
 * <p>Source: P. Fader, B. Hardie, K. L. Lee, "Counting Your Customers" the Easy Way (Marketing Science 24, 2005); for the likelihood in logarithms P. Fader,
 * B. Hardie, Overcoming the BG/NBD Model's #NUM! Error Problem (note 27, 2013).
 *
 * @param r shape of the rates, above 0
 * @param alpha scale of the rates in weeks, above 0; their mean is r / alpha purchases a week
 * @param a of the probabilities to leave, above 0; their mean is a / (a + b)
 * @param b above 0
 */
public record BetaGeometric(double r, double alpha, double a, double b) {
    /** Steps in which purchases are discounted, in weeks. */
    private static final double STEP = 1;

    private static final double WEEKS_A_YEAR = 365.25 / 7;

    public BetaGeometric {
        if (!(r > 0 && alpha > 0 && a > 0 && b > 0)) {
            throw new IllegalArgumentException(
                    "not above 0: %s, %s, %s, %s".formatted(r, alpha, a, b));
        }
    }

    /** The sum over all customers; quickest where they are ordered by the number of repeats. */
    public double logLikelihood(Collection<PurchaseHistory.Counted> histories) {
        double sum = 0;
        long repeats = 0;
        double ofRepeats = logOfRepeats(repeats);
        for (var counted : histories) {
            var history = counted.history();
            if (history.repeats() != repeats) {
                repeats = history.repeats();
                ofRepeats = logOfRepeats(repeats);
            }
            sum += counted.customers() * (ofRepeats + logOfTimes(history));
        }
        return sum;
    }

    /** A1 and A2 of note 27. */
    private double logOfRepeats(long x) {
        return LogGamma.of(r + x)
                - LogGamma.of(r)
                + r * Math.log(alpha)
                + LogGamma.of(a + b)
                + LogGamma.of(b + x)
                - LogGamma.of(b)
                - LogGamma.of(a + b + x);
    }

    /** The logarithm of exp(A3) + exp(A4) of note 27: alive at the end, or gone at the last purchase. */
    private double logOfTimes(PurchaseHistory history) {
        double alive = -(r + history.repeats()) * Math.log(alpha + history.age());
        if (history.repeats() == 0) {
            return alive;
        }
        double gone = alive + logOddsGone(history);
        double greater = Math.max(alive, gone);
        return greater + Math.log1p(Math.exp(Math.min(alive, gone) - greater));
    }

    /** Of one that has bought again. */
    private double logOddsGone(PurchaseHistory history) {
        double x = history.repeats();
        return Math.log(a)
                - Math.log(b + x - 1)
                + (r + x) * Math.log((alpha + history.age()) / (alpha + history.recency()));
    }

    /**
     * P(alive): that the customer has not left when the calibration ends. 1 for whoever bought once only: in this model customers leave after a repeat purchase
     * and at no other time.
     */
    public double probabilityAlive(PurchaseHistory history) {
        return history.repeats() == 0 ? 1 : 1 / (1 + Math.exp(logOddsGone(history)));
    }

    /**
     * How often a new customer is expected to buy again within some weeks of the first purchase.
     *
     * @param weeks 0 or more
     */
    public double expectedRepeats(double weeks) {
        return ExpectedPurchases.ifAlive(this, 0, 0, weeks);
    }

    /**
     * How often the customer is expected to buy within some weeks after the calibration.
     *
     * @param weeks 0 or more
     */
    public double expectedPurchases(PurchaseHistory history, double weeks) {
        return probabilityAlive(history)
                * ExpectedPurchases.ifAlive(this, (double) history.repeats(), history.age(), weeks);
    }

    /**
     * The same, each purchase worth what it is worth when the calibration ends: those of a week are taken to happen in the middle of it.
     *
     * @param rate of discount a year, 0 or more: 0.1 is ten percent
     */
    public double discountedPurchases(PurchaseHistory history, double weeks, double rate) {
        if (rate == 0) {
            return expectedPurchases(history, weeks);
        }
        double sum = 0;
        double before = 0;
        for (double from = 0; from < weeks; from += STEP) {
            double to = Math.min(from + STEP, weeks);
            double until =
                    ExpectedPurchases.ifAlive(this, (double) history.repeats(), history.age(), to);
            sum += (until - before) * Math.pow(1 + rate, -(from + to) / 2 / WEEKS_A_YEAR);
            before = until;
        }
        return probabilityAlive(history) * sum;
    }

    /**
     * How many of some new customers are expected to buy again so many times. Source: P. Fader, B. Hardie, K. L. Lee, Creating a Fit Histogram for the BG/NBD
     * Model (note 14, 2007).
     *
     * @param weeks since the first purchase, 0 or more
     */
    public double probabilityOfRepeats(int repeats, double weeks) {
        double fewer = 0;
        double those = 0;
        for (int j = 0; j <= repeats; j++) {
            fewer += those;
            those = ofAlive(j, weeks);
        }
        double stayed = those * Math.exp(logBeta(a, b + repeats) - logBeta(a, b));
        return repeats == 0
                ? stayed
                : stayed
                        + Math.max(0, 1 - fewer)
                                * Math.exp(logBeta(a + 1, b + repeats - 1) - logBeta(a, b));
    }

    /** That somebody who never leaves buys again so many times: the negative binomial distribution. */
    private double ofAlive(int repeats, double weeks) {
        double within = repeats == 0 ? 0 : repeats * Math.log(weeks / (alpha + weeks));
        return Math.exp(
                LogGamma.of(r + repeats)
                        - LogGamma.of(r)
                        - LogGamma.of(repeats + 1.0)
                        + r * Math.log(alpha / (alpha + weeks))
                        + within);
    }

    private static double logBeta(double one, double other) {
        return LogGamma.of(one) + LogGamma.of(other) - LogGamma.of(one + other);
    }
}
