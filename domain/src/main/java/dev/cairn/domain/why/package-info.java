/** Why a value moved between two cells: its change, split along its formula. */
@NullMarked
package dev.cairn.domain.why;

import org.jspecify.annotations.NullMarked;
