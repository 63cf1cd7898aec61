/** Named sets of accounts. */
@NullMarked
package dev.cairn.domain.cohort;

import org.jspecify.annotations.NullMarked;
