package dev.cairn.domain.why;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks why a value moved, as asked: nothing in it has been looked up.
 *
 * @param metric whose value it is: a metric or a formula, of a number
 * @param from the cell that it moved from
 * @param to the cell that it moved to
 * @param account key of the one account that both cells are of; null: of all
 * @param where rows to take in, of both cells; null: all
 * @param cohort only accounts of it, as they are in each cell; null: all
 * @param by dimensions whose groups the change is split by; empty: by none
 * @param zone that days are cut in
 * @param weekStarts the first day of a week; null: as it is configured
 * @param asOf instant that counts as now; null: now
 * @param knownAt instant by which facts had been recorded that are read; null: what is known now
 * @param depth how many levels of the formula are split, 1 to {@link #DEEPEST}
 * @param top groups of a piece, and accounts of each kind behind it, that are told one by one, 1 to {@link #MOST}; the rest are one piece
 */
public record WhyQuery(
        AskedMetric metric,
        AskedCell from,
        AskedCell to,
        @Nullable String account,
        @Nullable String where,
        @Nullable CohortReference cohort,
        List<String> by,
        ZoneId zone,
        @Nullable DayOfWeek weekStarts,
        @Nullable Instant asOf,
        @Nullable Instant knownAt,
        int depth,
        int top) {
    public static final int DEEPEST = 10;
    public static final int MOST = 100;

    /** Levels, where nobody says how many. */
    public static final int DEPTH = 3;

    /** Groups and accounts, where nobody says how many. */
    public static final int TOP = 5;

    public WhyQuery {
        by = List.copyOf(by);
    }

    /**
     * One of the two.
     *
     * @param where rows to take in, of this cell alone: {@code account.plan = 'pro'}; null: all
     */
    public record AskedCell(AskedRange range, @Nullable String where) {}

    /** The question whose answer is the value of the cell. */
    public AnalysisQuery question(AskedCell cell) {
        return AnalysisQuery.of(List.of(metric), cell.range(), zone)
                .withWeekStarts(weekStarts)
                .withWhere(both(where, cell.where()))
                .withFilter(
                        account == null
                                ? null
                                : new Filter.Where("account", Operator.IN, List.of(account)))
                .withCohort(cohort)
                .withAsOf(asOf)
                .withKnownAt(knownAt)
                .withKeys(false);
    }

    private static @Nullable String both(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return "(%s) and (%s)".formatted(one, other);
    }
}
