package dev.cairn.adapters.graphql.separation;

import dev.cairn.adapters.graphql.analysis.CohortRefInput;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.separation.SeparationQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all metrics are held against. An explicit null means the same as leaving a field out. */
public record MetricAuditInput(
        String success,
        @Nullable DateRange timeRange,
        @Nullable Integer days,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable Boolean crossSectional,
        @Nullable ZoneId timeZone,
        @Nullable Instant asOf) {
    static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    /** Two dates; {@code to} is out. */
    public record DateRange(LocalDate from, LocalDate to) {}

    SeparationQuery toDomain() {
        return new SeparationQuery(
                new MetricReference.ByKey(""),
                success,
                timeRange == null ? null : timeRange.from(),
                timeRange == null ? null : timeRange.to(),
                days,
                where,
                cohort == null ? null : cohort.toDomain(),
                null,
                List.of(),
                0,
                Boolean.TRUE.equals(crossSectional),
                timeZone == null ? DEFAULT_ZONE : timeZone,
                asOf);
    }
}
