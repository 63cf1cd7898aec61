/** A question and its answer. */
@NullMarked
package dev.cairn.domain.analysis;

import org.jspecify.annotations.NullMarked;
