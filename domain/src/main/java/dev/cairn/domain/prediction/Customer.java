package dev.cairn.domain.prediction;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a customer bought before the calibration ended.
 *
 * @param purchases days with a purchase, 1 or more
 * @param firstOn the first of them
 * @param lastOn the last of them
 * @param laterValue of all purchases after the first day; null: unknown
 */
public record Customer(
        long purchases, LocalDate firstOn, LocalDate lastOn, @Nullable Double laterValue) {
    /**
     * How many customers are alike.
     *
     * @param customers above 0
     */
    public record Counted(Customer customer, long customers) {}

    /** Recency and age reach to the last day before the calibration ends, as in the papers: whoever bought first on that day has the age 0. */
    public PurchaseHistory history(LocalDate calibratedUntil) {
        return new PurchaseHistory(
                purchases - 1,
                weeks(firstOn, lastOn),
                weeks(firstOn, calibratedUntil.minusDays(1)));
    }

    static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }

    public boolean hasRepeats() {
        return purchases > 1;
    }

    /** Mean value of the repeat purchases; null: there are none, or it is unknown. */
    public @Nullable Double meanSpent() {
        return hasRepeats() && laterValue != null ? laterValue / (purchases - 1) : null;
    }

    /** What the model of values knows; null: no repeat purchases, or they are worth nothing, less, or an unknown amount. */
    public @Nullable Spending spending() {
        var mean = meanSpent();
        return mean == null || !(mean > 0) ? null : new Spending(purchases - 1, mean);
    }
}
