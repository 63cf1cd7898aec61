/** The formula language: syntax tree, parser with positions, printer. */
@NullMarked
package dev.cairn.domain.formula;

import org.jspecify.annotations.NullMarked;
