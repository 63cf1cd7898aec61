package dev.cairn.adapters.graphql.calibration;

import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.RenewalForecastQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which renewals to forecast. An explicit null means the same as leaving a field out. */
public record RenewalForecastInput(
        String score,
        @Nullable Double alarm,
        @Nullable ContractsInput contracts,
        LocalDate from,
        LocalDate until,
        @Nullable LocalDate history,
        @Nullable List<Integer> days,
        @Nullable Grid every,
        @Nullable String call,
        @Nullable ZoneId timeZone,
        @Nullable Instant asOf,
        @Nullable Boolean knownThen) {
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    RenewalForecastQuery toDomain() {
        return new RenewalForecastQuery(
                score,
                alarm,
                ContractsInput.toDomain(contracts),
                from,
                until,
                history,
                days == null ? List.of(30, 60, 90) : days,
                every == null ? Grid.MONTH : every,
                call,
                timeZone == null ? DEFAULT_ZONE : timeZone,
                asOf,
                knownThen != null && knownThen);
    }
}
