package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A time range; one of the three. */
public record TimeRangeInput(
        @Nullable DateRangeInput between,
        @Nullable InstantRangeInput betweenInstants,
        @Nullable LastInput last) {
    public AskedRange toDomain() {
        if (between != null) {
            return new AskedRange.Between(between.from, between.to);
        }
        if (betweenInstants != null) {
            return new AskedRange.BetweenInstants(betweenInstants.from, betweenInstants.to);
        }
        var buckets = OneOf.last(last, "TimeRangeInput");
        return new AskedRange.Last(buckets.count, buckets.of(Place.of("timeRange", "last")));
    }

    /** Two dates, half-open. */
    public record DateRangeInput(LocalDate from, LocalDate to) {}

    /** Two instants, half-open. */
    public record InstantRangeInput(Instant from, Instant to) {}

    /** The last n. */
    public record LastInput(int count, @Nullable Grain grain, @Nullable String calendarGrain) {
        AskedGrain of(Place place) {
            return GrainInput.required(grain, calendarGrain, place);
        }
    }
}
