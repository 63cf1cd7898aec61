package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.time.Grain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to compute. An explicit null means the same as leaving a field out. */
public record AnalysisInput(
        List<AskedMetricInput> metrics,
        @Nullable List<String> groupBy,
        @Nullable Grain grain,
        @Nullable String calendarGrain,
        TimeRangeInput timeRange,
        @Nullable ZoneId timeZone,
        @Nullable DayOfWeek weekStarts,
        @Nullable FilterInput filter,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable CompareToInput compareTo,
        @Nullable FilterInput having,
        @Nullable Instant asOf,
        @Nullable Instant knownAt,
        @Nullable Boolean totals,
        @Nullable List<OrderInput> orderBy,
        @Nullable Integer first,
        @Nullable String after,
        @Nullable Boolean fillGaps,
        @Nullable TopInput top,
        @Nullable Boolean targets,
        @Nullable Boolean baselines) {
    static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    public AnalysisQuery toDomain() {
        return AnalysisQuery.of(
                        metrics.stream().map(AskedMetricInput::toDomain).toList(),
                        timeRange.toDomain(),
                        timeZone == null ? DEFAULT_ZONE : timeZone)
                .withGroupBy(groupBy == null ? List.of() : groupBy)
                .withGrain(GrainInput.read(grain, calendarGrain, Place.NOWHERE))
                .withWeekStarts(weekStarts)
                .withFilter(filter == null ? null : filter.toDomain())
                .withWhere(where)
                .withCohort(cohort == null ? null : cohort.toDomain())
                .withCompareTo(compareTo == null ? null : compareTo.toDomain())
                .withHaving(having == null ? null : having.toDomain())
                .withAsOf(asOf)
                .withKnownAt(knownAt)
                .withTotals(totals != null && totals)
                .withOrderBy(
                        orderBy == null
                                ? List.of()
                                : orderBy.stream().map(OrderInput::toDomain).toList())
                .page(first == null ? AnalysisQuery.ROWS : first, after)
                .withFillGaps(fillGaps == null || fillGaps)
                .withTop(top == null ? null : top.toDomain())
                .withTargets(targets != null && targets)
                .withBaselines(baselines != null && baselines);
    }
}
