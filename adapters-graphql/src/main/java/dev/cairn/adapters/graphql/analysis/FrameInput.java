package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.shape.Asked;
import dev.cairn.domain.time.Grain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What questions of fixed shape have in common with all others. An explicit null means the same as leaving a field out. */
public record FrameInput(
        TimeRangeInput timeRange,
        @Nullable Grain grain,
        @Nullable String calendarGrain,
        @Nullable ZoneId timeZone,
        @Nullable DayOfWeek weekStarts,
        @Nullable List<String> groupBy,
        @Nullable FilterInput filter,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable Instant asOf,
        @Nullable Instant knownAt,
        @Nullable Boolean totals) {
    /** A question without metrics. */
    public AnalysisQuery toDomain() {
        return AnalysisQuery.of(
                        List.of(),
                        timeRange.toDomain(),
                        timeZone == null ? AnalysisInput.DEFAULT_ZONE : timeZone)
                .withGroupBy(groupBy == null ? List.of() : groupBy)
                .withGrain(GrainInput.read(grain, calendarGrain, Place.of(Asked.FRAME)))
                .withWeekStarts(weekStarts)
                .withFilter(filter == null ? null : filter.toDomain())
                .withWhere(where)
                .withCohort(cohort == null ? null : cohort.toDomain())
                .withAsOf(asOf)
                .withKnownAt(knownAt)
                .withTotals(Boolean.TRUE.equals(totals));
    }
}
