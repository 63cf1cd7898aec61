/** From formulas to expressions over leaves: names, types, units, levels; pure, no I/O, no clock. */
@NullMarked
package dev.cairn.domain.lowering;

import org.jspecify.annotations.NullMarked;
