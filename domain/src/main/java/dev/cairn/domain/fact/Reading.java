package dev.cairn.domain.fact;

import org.jspecify.annotations.Nullable;

/** What a raw text, or a computed value, is as a value of a field. */
public sealed interface Reading {
    Reading EMPTY = new Value(null);
    Reading OUT_OF_RANGE = new OutOfRange();

    /** @param value String, Long (integer), BigDecimal, Boolean, LocalDate or Instant; null is empty */
    record Value(@Nullable Object value) implements Reading {}

    /** Outside the declared range: empty, and counted. */
    record OutOfRange() implements Reading {}

    /** @param reason for people */
    record Wrong(String reason) implements Reading {}
}
