package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.analysis.TimeRangeInput.LastInput;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.problem.Place;
import org.jspecify.annotations.Nullable;

/** What to compare with; one of the three. */
public record CompareToInput(
        @Nullable Boolean previous,
        @Nullable LastInput earlier,
        @Nullable TimeRangeInput timeRange) {
    /** Null where nothing is compared with: {@code previous: false}. */
    public @Nullable Comparison toDomain() {
        if (previous != null) {
            return previous ? new Comparison.Previous() : null;
        }
        if (earlier != null) {
            return new Comparison.Earlier(
                    earlier.count(), earlier.of(Place.of("compareTo", "earlier")));
        }
        return new Comparison.Other(OneOf.last(timeRange, "CompareToInput").toDomain());
    }
}
