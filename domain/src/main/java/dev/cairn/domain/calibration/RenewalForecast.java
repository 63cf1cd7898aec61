package dev.cairn.domain.calibration;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renewals forecast by counting.
 *
 * @param asOf what counted as now
 * @param renewed contracts due in the time that have been renewed
 * @param lost that have been lost
 * @param open that are not decided
 * @param expected how many of the open ones are renewed; null where there are none
 * @param openValue what the open ones are worth; null where nobody said what a contract is worth
 * @param expectedValue of them; null with openValue
 * @param currency of values; null where they have none
 * @param called sum of the owners' chances of open contracts that have one; null where no call was asked for
 * @param calls how many open contracts have one
 * @param groups of open contracts
 * @param backTests by days before contracts were due
 */
public record RenewalForecast(
        Instant asOf,
        int renewed,
        int lost,
        int open,
        @Nullable Expected expected,
        @Nullable Double openValue,
        @Nullable Expected expectedValue,
        @Nullable String currency,
        @Nullable Double called,
        int calls,
        List<Group> groups,
        List<BackTest> backTests) {
    public RenewalForecast {
        groups = List.copyOf(groups);
        backTests = List.copyOf(backTests);
    }

    /** What is expected, and the interval of 95 % around it. */
    public record Expected(double value, double low, double high) {}

    /**
     * Open contracts of one band whose rate is counted so many days before.
     *
     * @param band null: without a score
     * @param daysBefore at which the rate was counted
     * @param open contracts
     * @param cases of the past that the rate is of
     * @param renewed how many of those were renewed
     * @param rate (renewed + 1/2) / (cases + 1)
     */
    public record Group(
            @Nullable String band, int daysBefore, int open, int cases, int renewed, double rate) {}

    /**
     * What would have been forecast for contracts of the past, each by what was known when its score was read.
     *
     * @param cases forecast
     * @param without contracts left out, as no contract of their band had come due before
     * @param expected sum of the forecasts
     * @param renewed what happened
     * @param brier mean squared distance of the forecasts from what happened; null where there are no cases
     * @param brierWithoutScore the same of forecasting each by the rate of all contracts, whatever the band
     * @param hits share of contracts whose forecast was on the right side of one half; null where there are no cases
     * @param calls how the owners' calls did; null where none was asked for
     */
    public record BackTest(
            int daysBefore,
            int cases,
            int without,
            Expected expected,
            int renewed,
            @Nullable Double brier,
            @Nullable Double brierWithoutScore,
            @Nullable Double hits,
            @Nullable Calls calls) {}

    /**
     * Calls of owners beside forecasts, of contracts that have both.
     *
     * @param brier of the calls; null where there are none
     * @param brierOfForecast of the forecasts for the same contracts
     * @param hits share of calls on the right side of one half
     */
    public record Calls(
            int cases,
            @Nullable Double brier,
            @Nullable Double brierOfForecast,
            @Nullable Double hits) {}
}
