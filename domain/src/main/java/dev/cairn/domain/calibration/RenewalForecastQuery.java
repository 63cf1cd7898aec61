package dev.cairn.domain.calibration;

import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which renewals to forecast, as asked: nothing in it has been looked up.
 *
 * @param score a metric of account with bands, or a formula of one account
 * @param alarm where a band ends and another begins, in place of the metric's; null: its bands
 * @param from first day that contracts are due on
 * @param until first day that they are not
 * @param history first day that contracts were due on from which rates are counted; null: two years before now
 * @param days before contracts were due, at which rates are counted
 * @param every scores are read once in such a time at most
 * @param call formula of one account of the chance, 0 to 1, that its owner gives; null: none
 * @param zone that days are cut in
 * @param asOf what counts as now; null: now
 * @param knownThen whether scores and calls are of what had been recorded by then alone
 */
public record RenewalForecastQuery(
        String score,
        @Nullable Double alarm,
        Contracts contracts,
        LocalDate from,
        LocalDate until,
        @Nullable LocalDate history,
        List<Integer> days,
        Grid every,
        @Nullable String call,
        ZoneId zone,
        @Nullable Instant asOf,
        boolean knownThen) {
    private static final int YEARS = 2;

    public RenewalForecastQuery {
        days = List.copyOf(days);
    }

    /** First day of the history. */
    public LocalDate historyFrom(LocalDate today) {
        return history == null ? today.minusYears(YEARS) : history;
    }
}
