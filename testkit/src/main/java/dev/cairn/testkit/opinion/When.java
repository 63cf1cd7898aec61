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
 * @param currency that amounts are converted to, and as of when; null: they are not
 * @param settled the instant of a rule when the bucket of its cell is over; null: the end of that, or none is at hand
 */
record When(
        Stretch bucket,
        Sentence.@Nullable Window window,
        Sentence.Span length,
        Instant asOf,
        Stretch hand,
        boolean mustBeOver,
        @Nullable Currency currency,
        @Nullable Stretch settled) {
    /** @param moment null: when a row is read */
    record Currency(String currency, Sentence.@Nullable Moment moment) {}

    /** The innermost is what an amount is converted to first. */
    When in(Sentence.Convert convert) {
        if (currency != null && !currency.currency().equals(convert.currency())) {
            throw new Unsupported("one currency in another");
        }
        return new When(
                bucket,
                window,
                length,
                asOf,
                hand,
                mustBeOver,
                new Currency(convert.currency(), convert.moment()),
                settled);
    }

    /** The same, whatever becomes of amounts. */
    When inTheirCurrencies() {
        return new When(bucket, window, length, asOf, hand, mustBeOver, null, settled);
    }

    When over(Sentence.@Nullable Window other) {
        return new When(bucket, other, length, asOf, hand, mustBeOver, currency, settled);
    }

    When moved(Stretch other, boolean next) {
        return new When(other, window, length, asOf, other, mustBeOver || next, currency, null);
    }
}
