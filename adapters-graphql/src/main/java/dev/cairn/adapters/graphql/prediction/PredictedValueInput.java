package dev.cairn.adapters.graphql.prediction;

import dev.cairn.adapters.graphql.analysis.CohortRefInput;
import dev.cairn.domain.prediction.Horizon;
import dev.cairn.domain.prediction.PredictionQuery;
import dev.cairn.domain.prediction.PredictionQuery.Order;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What to predict. An explicit null means the same as leaving a field out. */
public record PredictedValueInput(
        @Nullable String transactions,
        @Nullable String value,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable LocalDate calibratedUntil,
        HorizonInput horizon,
        @Nullable Double discount,
        @Nullable ZoneId timeZone,
        @Nullable Instant asOf,
        @Nullable Order orderBy,
        @Nullable Integer first,
        @Nullable String after) {
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    /** A length of time. */
    public record HorizonInput(int count, Grain grain) {}

    PredictionQuery toDomain(boolean holdout) {
        return new PredictionQuery(
                transactions == null ? PredictionQuery.INVOICE_LINES : transactions,
                value == null ? PredictionQuery.AMOUNT : value,
                where,
                cohort == null ? null : cohort.toDomain(),
                calibratedUntil,
                new Horizon(horizon.count(), horizon.grain()),
                discount == null ? 0 : discount,
                timeZone == null ? DEFAULT_ZONE : timeZone,
                asOf,
                holdout,
                orderBy == null ? Order.VALUE : orderBy,
                first == null ? PredictionQuery.ROWS : first,
                after);
    }
}
