package dev.cairn.adapters.graphql.separation;

import dev.cairn.adapters.graphql.analysis.AskedMetricInput.MetricSourceInput;
import dev.cairn.adapters.graphql.analysis.CohortRefInput;
import dev.cairn.adapters.graphql.separation.MetricAuditInput.DateRange;
import dev.cairn.domain.separation.SeparationQuery;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which metric is held against which success. An explicit null means the same as leaving a field out. */
public record SeparationInput(
        MetricSourceInput metric,
        String success,
        @Nullable DateRange timeRange,
        @Nullable Integer days,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable String segment,
        @Nullable List<Integer> leadWeeks,
        @Nullable Integer slices,
        @Nullable Boolean crossSectional,
        @Nullable ZoneId timeZone,
        @Nullable Instant asOf) {
    public SeparationInput {
        leadWeeks = leadWeeks == null ? null : List.copyOf(leadWeeks);
    }

    SeparationQuery toDomain() {
        return new SeparationQuery(
                metric.toDomain(),
                success,
                timeRange == null ? null : timeRange.from(),
                timeRange == null ? null : timeRange.to(),
                days,
                where,
                cohort == null ? null : cohort.toDomain(),
                segment,
                leadWeeks == null ? List.of() : leadWeeks,
                slices == null ? 0 : slices,
                Boolean.TRUE.equals(crossSectional),
                timeZone == null ? MetricAuditInput.DEFAULT_ZONE : timeZone,
                asOf);
    }
}
