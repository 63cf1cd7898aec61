package dev.cairn.domain.separation;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a metric separates, as asked: nothing in it has been looked up.
 *
 * @param metric a metric of the catalogue, or a formula of one account
 * @param success name of the definition
 * @param from first local day that the metric is read of; null: as {@code days} says
 * @param to the day after the last; null with {@code from}
 * @param days that the metric is read of, up to the time in which success is decided, or from the date of the account on; null: as usual
 * @param where condition of accounts, as in the rule of a cohort; null: all
 * @param cohort only accounts of it; null: all
 * @param segment a dimension of the account; null: none
 * @param leadWeeks how many weeks earlier the metric is read, too
 * @param slices how many earlier times are looked at, too
 * @param crossSectional whether it may be answered where metric and success are of one time
 * @param asOf instant that counts as now; null: now
 */
public record SeparationQuery(
        MetricReference metric,
        String success,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable Integer days,
        @Nullable String where,
        @Nullable CohortReference cohort,
        @Nullable String segment,
        List<Integer> leadWeeks,
        int slices,
        boolean crossSectional,
        ZoneId zone,
        @Nullable Instant asOf) {
    /** Where nobody says how many. */
    public static final int DAYS = 90;

    public SeparationQuery {
        leadWeeks = List.copyOf(leadWeeks);
    }
}
