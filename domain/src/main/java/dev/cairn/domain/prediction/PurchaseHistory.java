package dev.cairn.domain.prediction;

/**
 * All that the BG/NBD model knows of a customer. Times are in weeks since the first purchase.
 *
 * @param repeats purchases after the first one, until the calibration ends
 * @param recency when the last of them was; 0 where there is none
 * @param age when the calibration ends
 */
public record PurchaseHistory(long repeats, double recency, double age) {
    public PurchaseHistory {
        if (repeats < 0 || recency < 0 || age < recency || (repeats == 0 && recency > 0)) {
            throw new IllegalArgumentException(
                    "no history: %d repeats, the last after %s of %s weeks"
                            .formatted(repeats, recency, age));
        }
    }

    /**
     * How many customers have one history.
     *
     * @param customers above 0
     */
    public record Counted(PurchaseHistory history, long customers) {}
}
