package dev.cairn.domain.analysis;

import org.jspecify.annotations.Nullable;

/**
 * A computed value with what is needed to trust it.
 *
 * @param value BigDecimal (exact), Double, String, Boolean, LocalDate or Instant; null: no value, and absence says why
 * @param numerator what was divided, where it is a ratio
 * @param denominator by what
 * @param sampleSize observations under it, where it has them
 */
public record Measured(
        @Nullable Object value,
        @Nullable Number numerator,
        @Nullable Number denominator,
        @Nullable Long sampleSize,
        @Nullable Absence absence) {
    /** Below so many observations a ratio or a mean says little. */
    public static final int SMALL_SAMPLE = 30;

    public Measured {
        if ((value == null) == (absence == null)) {
            throw new IllegalArgumentException(
                    "a value, or the reason for none: " + value + ", " + absence);
        }
    }

    /** Whether it is a ratio that rests on few observations. */
    public boolean restsOnFew() {
        return denominator != null
                && sampleSize != null
                && sampleSize > 0
                && sampleSize < SMALL_SAMPLE;
    }
}
