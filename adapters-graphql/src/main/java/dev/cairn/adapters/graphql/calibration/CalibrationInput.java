package dev.cairn.adapters.graphql.calibration;

import dev.cairn.adapters.graphql.analysis.CohortRefInput;
import dev.cairn.domain.calibration.CalibrationQuery;
import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.calibration.CalibrationQuery.Outcomes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to hold against what. An explicit null means the same as leaving a field out. */
public record CalibrationInput(
        String score,
        @Nullable String instead,
        @Nullable Double alarm,
        @Nullable List<Double> thresholds,
        OutcomesInput outcomes,
        @Nullable String where,
        @Nullable CohortRefInput cohort,
        @Nullable ZoneId timeZone,
        @Nullable Instant asOf,
        @Nullable Boolean knownThen) {
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");

    /** One of them. */
    public record OutcomesInput(
            @Nullable WithinInput within,
            @Nullable SuccessInput success,
            @Nullable RenewalsInput renewals) {
        Outcomes toDomain() {
            if (within != null) {
                return new Outcomes.Within(
                        within.outcome(),
                        within.good() == null || within.good(),
                        within.dates(),
                        within.days());
            }
            if (success != null) {
                return new Outcomes.Succeeded(
                        success.key(), success.every() == null ? Grid.WEEK : success.every());
            }
            if (renewals == null) {
                throw new IllegalArgumentException("neither within, success nor renewals");
            }
            return new Outcomes.Renewals(
                    ContractsInput.toDomain(renewals.contracts()),
                    renewals.days() == null ? List.of(30, 60, 90) : renewals.days(),
                    renewals.from(),
                    renewals.until(),
                    renewals.every() == null ? Grid.WEEK : renewals.every());
        }
    }

    /** A condition over days. */
    public record WithinInput(
            String outcome, @Nullable Boolean good, List<LocalDate> dates, int days) {}

    /** A success by name. */
    public record SuccessInput(String key, @Nullable Grid every) {}

    /** Contracts. */
    public record RenewalsInput(
            @Nullable ContractsInput contracts,
            @Nullable List<Integer> days,
            LocalDate from,
            LocalDate until,
            @Nullable Grid every) {}

    CalibrationQuery toDomain() {
        return new CalibrationQuery(
                score,
                instead,
                alarm,
                thresholds == null ? List.of() : thresholds,
                outcomes.toDomain(),
                where,
                cohort == null ? null : cohort.toDomain(),
                timeZone == null ? DEFAULT_ZONE : timeZone,
                asOf,
                knownThen != null && knownThen);
    }
}
