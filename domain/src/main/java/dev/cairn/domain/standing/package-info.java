/** How a value stands to what it was to be: targets that apply, attainment, status. */
@NullMarked
package dev.cairn.domain.standing;

import org.jspecify.annotations.NullMarked;
