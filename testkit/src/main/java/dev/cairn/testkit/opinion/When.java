package dev.cairn.testkit.opinion;

import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time of a context.
 *
 * @param bucket the one at hand: shifts have moved it, windows have not
 * @param window over it; null: the bucket itself
 * @param length what the bucket is as long as, and moves by
 * @param asOf of all beneath
 * @param hand the bucket that must have begun: that of the cell, where the bucket is the instant of a rule
 * @param mustBeOver whether there is nothing to be said before it is over
 */
record When(
        Stretch bucket,
        Sentence.@Nullable Window window,
        Sentence.Span length,
        Instant asOf,
        Stretch hand,
        boolean mustBeOver) {
    When over(Sentence.@Nullable Window other) {
        return new When(bucket, other, length, asOf, hand, mustBeOver);
    }

    When moved(Stretch other, boolean next) {
        return new When(other, window, length, asOf, other, mustBeOver || next);
    }
}
