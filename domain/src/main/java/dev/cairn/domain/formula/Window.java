package dev.cairn.domain.formula;

import dev.cairn.domain.time.AskedGrain;

/** What stretch of time an {@code over} reads, relative to the bucket. */
public sealed interface Window {
    /** {@code last 28 days}: ends at the bucket's end. */
    record Last(TimeSpan span) implements Window {}

    /** {@code month to date}. */
    record ToDate(AskedGrain grain) implements Window {}

    /** {@code range} or {@code range to date}. */
    record QuestionRange(boolean toDate) implements Window {}

    /** {@code all} (to the bucket's end) or {@code all before} (to its start). */
    record All(boolean before) implements Window {}

    /** {@code onward}: from the bucket's start to as-of. */
    record Onward() implements Window {}

    /** {@code ever}: from the beginning to as-of. */
    record Ever() implements Window {}

    /** {@code 14 days from created_at} or {@code 14 days before created_at}. */
    record Relative(TimeSpan span, boolean before, Formula.Path anchor) implements Window {}
}
