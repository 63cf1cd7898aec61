/** What a changed declaration means for rows that were read by the earlier one; pure. */
@NullMarked
package dev.cairn.domain.change;

import org.jspecify.annotations.NullMarked;
