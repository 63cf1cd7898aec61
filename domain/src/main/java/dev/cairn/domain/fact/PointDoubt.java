package dev.cairn.domain.fact;

/**
 * Numbers of a column that were read with a decimal point, as by default, and whose point may separate thousands: {@code 1.234}.
 *
 * @param doubtful how many there are
 * @param example the first of them
 * @param against how many other texts of the column are numbers only where the point is no decimal point, {@code 2,50} or {@code 1.234.567}; they were
 *     not read
 * @param againstExample the first of those; empty where there is none
 * @param settled whether other numbers of the column show that the point is a decimal point, {@code 12.5}
 */
public record PointDoubt(
        long doubtful, String example, long against, String againstExample, boolean settled) {
    /** Whether the column speaks for thousands: then the doubtful numbers must not be taken for what they were read as. */
    public boolean isContradicted() {
        return doubtful > 0 && against > 0;
    }

    /** Whether nothing in the column decides. */
    public boolean isOpen() {
        return doubtful > 0 && against == 0 && !settled;
    }
}
