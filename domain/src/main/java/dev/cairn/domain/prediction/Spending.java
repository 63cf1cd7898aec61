package dev.cairn.domain.prediction;

/**
 * All that the gamma-gamma model knows of a customer.
 *
 * @param purchases how many there are, 1 or more: the repeat purchases
 * @param mean value of one of them, above 0
 */
public record Spending(long purchases, double mean) {
    public Spending {
        if (purchases < 1 || !(mean > 0)) {
            throw new IllegalArgumentException("no spending: %d of %s".formatted(purchases, mean));
        }
    }

    /**
     * How many customers spend alike.
     *
     * @param customers above 0
     */
    public record Counted(Spending spending, long customers) {}
}
