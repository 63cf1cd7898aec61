package dev.cairn.adapters.graphql.why;

import dev.cairn.adapters.graphql.analysis.AskedMetricInput;
import dev.cairn.adapters.graphql.analysis.CohortRefInput;
import dev.cairn.adapters.graphql.analysis.TimeRangeInput;
import dev.cairn.domain.why.WhyQuery;
import dev.cairn.domain.why.WhyQuery.AskedCell;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What moved, from where to where. An explicit null means the same as leaving a field out. */
public record WhyInput(
        AskedMetricInput metric,
        WhyCellInput from,
        WhyCellInput to,
        @Nullable String account,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable List<String> by,
        @Nullable ZoneId timeZone,
        @Nullable DayOfWeek weekStarts,
        @Nullable Instant asOf,
        @Nullable Instant knownAt,
        @Nullable Integer depth,
        @Nullable Integer top) {
    /** One of the two cells. */
    public record WhyCellInput(TimeRangeInput timeRange, @Nullable String where) {
        AskedCell toDomain() {
            return new AskedCell(timeRange.toDomain(), where);
        }
    }

    WhyQuery toDomain() {
        return new WhyQuery(
                metric.toDomain(),
                from.toDomain(),
                to.toDomain(),
                account,
                where,
                cohort == null ? null : cohort.toDomain(),
                by == null ? List.of() : by,
                timeZone == null ? ZoneOffset.UTC : timeZone,
                weekStarts,
                asOf,
                knownAt,
                depth == null ? WhyQuery.DEPTH : depth,
                top == null ? WhyQuery.TOP : top);
    }
}
