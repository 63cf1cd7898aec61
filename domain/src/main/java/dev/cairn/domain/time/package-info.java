/** Grains, ranges and the calendar that cuts time into buckets. */
@NullMarked
package dev.cairn.domain.time;

import org.jspecify.annotations.NullMarked;
