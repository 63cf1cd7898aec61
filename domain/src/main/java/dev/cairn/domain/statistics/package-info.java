/** Quantiles and intervals, as published tables have them. */
@NullMarked
package dev.cairn.domain.statistics;

import org.jspecify.annotations.NullMarked;
