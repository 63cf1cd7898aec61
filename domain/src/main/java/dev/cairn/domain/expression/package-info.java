/** Typed, resolved expressions of a row, a member or a cell: types, units, functions, emptiness, evaluation. */
@NullMarked
package dev.cairn.domain.expression;

import org.jspecify.annotations.NullMarked;
