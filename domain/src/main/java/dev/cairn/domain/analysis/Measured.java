package dev.cairn.domain.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A computed value with what is needed to trust it.
 *
 * @param value BigDecimal (exact), Double, String, Boolean, LocalDate or Instant; null: no value, and absence says why
 * @param numerator what was divided, where it is a ratio
 * @param denominator by what
 * @param sampleSize observations under it, where it has them
 * @param contributions of a score that has named parts, one for each part
 * @param missingRates for want of which there is no value, in order
 * @param pending members or rows that it leaves out, as windows of their own are not over; of several parts the most that one leaves out
 * @param pendingCompleted how many attempts among them have reached every step; null where what is left out are no attempts
 * @param beginsBeforeData whether windows of some that it takes begin before the data
 * @param uncertainty how far it may be off; null: nobody asks
 */
public record Measured(
        @Nullable Object value,
        @Nullable Number numerator,
        @Nullable Number denominator,
        @Nullable Long sampleSize,
        @Nullable Absence absence,
        List<Contribution> contributions,
        List<MissingRate> missingRates,
        long pending,
        @Nullable Long pendingCompleted,
        boolean beginsBeforeData,
        @Nullable Uncertainty uncertainty) {
    /**
     * What a part adds to a score; together they are the score.
     *
     * @param name of the part; null where it has none
     * @param value null where the part has no value and nothing stands for it, and where the score has none
     */
    public record Contribution(@Nullable String name, @Nullable Number value) {}

    /** Below so many observations a ratio or a mean says little. */
    public static final int SMALL_SAMPLE = 30;

    public Measured {
        contributions = List.copyOf(contributions);
        if ((value == null) == (absence == null)) {
            throw new IllegalArgumentException(
                    "a value, or the reason for none: " + value + ", " + absence);
        }
        missingRates = List.copyOf(missingRates);
    }

    /** No score, and of what has no windows of its own. */
    public Measured(
            @Nullable Object value,
            @Nullable Number numerator,
            @Nullable Number denominator,
            @Nullable Long sampleSize,
            @Nullable Absence absence) {
        this(value, numerator, denominator, sampleSize, absence, List.of());
    }

    /** Of what has no windows of its own. */
    public Measured(
            @Nullable Object value,
            @Nullable Number numerator,
            @Nullable Number denominator,
            @Nullable Long sampleSize,
            @Nullable Absence absence,
            List<Contribution> contributions) {
        this(
                value,
                numerator,
                denominator,
                sampleSize,
                absence,
                contributions,
                List.of(),
                0,
                null,
                false,
                null);
    }

    /** The same value, of which something else is said of how far it may be off. */
    public Measured with(Uncertainty other) {
        return new Measured(
                value,
                numerator,
                denominator,
                sampleSize,
                absence,
                contributions,
                missingRates,
                pending,
                pendingCompleted,
                beginsBeforeData,
                other);
    }

    /** The same value, of a sample of another size; null: nothing is said of it. */
    public Measured ofSample(@Nullable Long size) {
        return new Measured(
                value,
                numerator,
                denominator,
                size,
                absence,
                contributions,
                missingRates,
                pending,
                pendingCompleted,
                beginsBeforeData,
                uncertainty);
    }

    /** The same value, where what is pending is said elsewhere. */
    public Measured withoutPending() {
        return new Measured(
                value,
                numerator,
                denominator,
                sampleSize,
                absence,
                contributions,
                missingRates,
                0,
                null,
                beginsBeforeData,
                uncertainty);
    }

    /** Whether it is a ratio that rests on few observations. */
    public boolean restsOnFew() {
        return denominator != null
                && sampleSize != null
                && sampleSize > 0
                && sampleSize < SMALL_SAMPLE;
    }
}
