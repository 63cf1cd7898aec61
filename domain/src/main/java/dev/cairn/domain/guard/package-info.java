/** Pairs of a metric and its counter-metric, watched together; pure. */
@NullMarked
package dev.cairn.domain.guard;

import org.jspecify.annotations.NullMarked;
