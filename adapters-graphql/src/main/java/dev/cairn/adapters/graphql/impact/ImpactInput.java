package dev.cairn.adapters.graphql.impact;

import dev.cairn.adapters.graphql.analysis.AskedMetricInput;
import dev.cairn.adapters.graphql.analysis.CohortRefInput;
import dev.cairn.domain.impact.ImpactQuery;
import dev.cairn.domain.impact.ImpactQuery.Unit;
import dev.cairn.domain.model.Metric.Direction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a change. An explicit null means the same as leaving a field out. */
public record ImpactInput(
        List<AskedMetricInput> metrics,
        @Nullable LocalDate changedOn,
        @Nullable String change,
        @Nullable CohortRefInput treated,
        @Nullable CohortRefInput comparison,
        @Nullable Integer windowDays,
        @Nullable Integer gapDays,
        @Nullable ZoneId timeZone,
        @Nullable String where,
        @Nullable Instant asOf,
        @Nullable Boolean daily,
        @Nullable Double treatedShare,
        @Nullable Unit unit,
        @Nullable Direction direction) {
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    ImpactQuery toDomain(boolean course) {
        return new ImpactQuery(
                metrics.stream().map(AskedMetricInput::toDomain).toList(),
                changedOn,
                change,
                treated == null ? null : treated.toDomain(),
                comparison == null ? null : comparison.toDomain(),
                windowDays == null ? ImpactQuery.WINDOW_DAYS : windowDays,
                gapDays == null ? 0 : gapDays,
                timeZone == null ? DEFAULT_ZONE : timeZone,
                where,
                asOf,
                daily != null && daily,
                treatedShare,
                unit == null ? Unit.ACCOUNT : unit,
                course,
                direction);
    }
}
