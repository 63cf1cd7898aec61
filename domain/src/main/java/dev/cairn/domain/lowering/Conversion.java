package dev.cairn.domain.lowering;

import dev.cairn.domain.formula.Moment;
import org.jspecify.annotations.Nullable;

/**
 * What {@code convert} says.
 *
 * @param to ISO 4217
 * @param asOf at which time rates are read; null: each row at its own
 */
record Conversion(String to, @Nullable Moment asOf) {}
