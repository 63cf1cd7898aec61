package dev.cairn.domain.impact;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.model.Metric.Direction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks what came of a change, as asked: nothing in it has been looked up.
 *
 * @param metrics whose values are compared, of the catalogue or made up here
 * @param changedOn first local day of the change; null: that of the marker
 * @param change key of a change marker; null: the day is given
 * @param treated accounts that the change concerned, as of its day; null: those that the marker names, else all
 * @param comparison accounts that it did not concern, as of its day; those that are of both are taken as concerned; null: there is nothing to compare with
 * @param windowDays of the time before and of that after, each
 * @param gapDays from the change on, that are of neither
 * @param zone that days are cut in
 * @param where rows to take in, as a formula; null: all
 * @param asOf instant that counts as now; null: now
 * @param daily whether one looks while the time after is not over: both times are as long as it has come, and intervals hold however often one looks
 * @param treatedShare the part of the accounts of both groups that was to have the change, where chance decided, above 0 and below 1; null: nobody drew lots
 * @param course whether it is told how the metrics went by weeks or days, too
 * @param direction which way is good of metrics that do not say so, such as formulas made up here; null: it is not said
 */
public record ImpactQuery(
        List<AskedMetric> metrics,
        @Nullable LocalDate changedOn,
        @Nullable String change,
        @Nullable CohortReference treated,
        @Nullable CohortReference comparison,
        int windowDays,
        int gapDays,
        ZoneId zone,
        @Nullable String where,
        @Nullable Instant asOf,
        boolean daily,
        @Nullable Double treatedShare,
        Unit unit,
        boolean course,
        @Nullable Direction direction) {
    /** Of the time before and that after, where nobody says how many: whole weeks. */
    public static final int WINDOW_DAYS = 28;

    public ImpactQuery {
        metrics = List.copyOf(metrics);
    }

    /** Its accounts and rows alone, without what is said of how they are compared. */
    ImpactQuery rest(
            List<AskedMetric> others, @Nullable String condition, int days, int daysBetween) {
        return new ImpactQuery(
                others,
                null,
                null,
                treated,
                comparison,
                days,
                daysBetween,
                zone,
                condition,
                asOf,
                false,
                null,
                unit,
                false,
                null);
    }

    /** What varies on its own. */
    public enum Unit {
        /** Accounts, each with all that it did. */
        ACCOUNT,
        /** Rows: where they are of no account, as the answers of a survey of passers-by. Only shares, averages and sums of such can be compared. */
        ROW
    }
}
