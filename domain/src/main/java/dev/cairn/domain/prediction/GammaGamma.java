package dev.cairn.domain.prediction;

import dev.cairn.domain.statistics.LogGamma;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The gamma-gamma model: the values of a customer's purchases are gamma distributed around a mean of the customer's own, and these means differ between customers,
 * independently of how often they buy.
 *
 * <p>Source: P. Fader, B. Hardie, The Gamma-Gamma Model of Monetary Value (note 25, 2013).
 *
 * @param p shape of the values of a customer's purchases, above 0
 * @param q shape of what differs between customers, above 0
 * @param gamma scale of it, in the unit of the values, above 0
 */
public record GammaGamma(double p, double q, double gamma) {
    public GammaGamma {
        if (!(p > 0 && q > 0 && gamma > 0)) {
            throw new IllegalArgumentException("not above 0: %s, %s, %s".formatted(p, q, gamma));
        }
    }

    /** The sum over all customers; quickest where they are ordered by the number of purchases. */
    public double logLikelihood(Collection<Spending.Counted> spendings) {
        double sum = 0;
        long purchases = 1;
        double ofPurchases = logOfPurchases(purchases);
        for (var counted : spendings) {
            var spending = counted.spending();
            if (spending.purchases() != purchases) {
                purchases = spending.purchases();
                ofPurchases = logOfPurchases(purchases);
            }
            sum += counted.customers() * (ofPurchases + logOfMean(spending));
        }
        return sum;
    }

    private double logOfPurchases(long purchases) {
        double px = p * purchases;
        return LogGamma.of(px + q)
                - LogGamma.of(px)
                - LogGamma.of(q)
                + q * Math.log(gamma)
                + px * Math.log((double) purchases);
    }

    private double logOfMean(Spending spending) {
        double px = p * spending.purchases();
        return (px - 1) * Math.log(spending.mean())
                - (px + q) * Math.log(gamma + spending.purchases() * spending.mean());
    }

    /**
     * The expected mean value of a purchase of the customer: between what was seen of it and the mean of all, the nearer to the first the more purchases there are.
     *
     * @param seen null: nothing, so that it is the mean of all
     * @return null where it is infinite: few purchases, and q of 1 or less
     */
    public @Nullable Double expectedMean(@Nullable Spending seen) {
        double purchases = seen == null ? 0 : seen.purchases();
        double total = seen == null ? 0 : seen.purchases() * seen.mean();
        double below = p * purchases + q - 1;
        return below > 0 ? p * (gamma + total) / below : null;
    }
}
