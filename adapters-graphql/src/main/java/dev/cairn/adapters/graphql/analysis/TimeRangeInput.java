package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A time range; one of the three. */
public record TimeRangeInput(
        @Nullable DateRangeInput between,
        @Nullable InstantRangeInput betweenInstants,
        @Nullable LastInput last) {
    AskedRange toDomain() {
        if (between != null) {
            return new AskedRange.Between(between.from, between.to);
        }
        if (betweenInstants != null) {
            return new AskedRange.BetweenInstants(betweenInstants.from, betweenInstants.to);
        }
        var buckets = OneOf.last(last, "TimeRangeInput");
        return new AskedRange.Last(buckets.count, buckets.grain);
    }

    /** Two dates, half-open. */
    public record DateRangeInput(LocalDate from, LocalDate to) {}

    /** Two instants, half-open. */
    public record InstantRangeInput(Instant from, Instant to) {}

    /** The last n. */
    public record LastInput(int count, Grain grain) {}
}
