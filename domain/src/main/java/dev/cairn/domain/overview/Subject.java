package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.ScoreChange;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account that is looked at, and when: all questions of one overview have the same now.
 *
 * @param marks attributes by which it is a test account; empty: it is none. Questions about a test account name them, as it is left out otherwise
 * @param zone in which days and periods are cut
 * @param asOf what counts as now
 * @param knownAt by when facts had been recorded that are read; null: what is known now
 */
public record Subject(
        String account,
        List<String> marks,
        ZoneId zone,
        @Nullable DayOfWeek weekStarts,
        Instant asOf,
        @Nullable Instant knownAt) {
    public Subject {
        marks = List.copyOf(marks);
    }

    /** The local date of now: periods that end with it, or before, are over. */
    public LocalDate date() {
        return LocalDate.ofInstant(asOf, zone);
    }

    /** The last day that has begun: where now is the start of a day, the one before. What is said of now is said of it. */
    public LocalDate lastDay() {
        return LocalDate.ofInstant(asOf.minusNanos(1_000), zone);
    }

    AskedRange ofLastDay() {
        return new AskedRange.Between(lastDay(), lastDay().plusDays(1));
    }

    /** A question about this account alone. */
    public AnalysisQuery about(List<AskedMetric> metrics, AskedRange range) {
        var conditions = new ArrayList<Filter>();
        conditions.add(new Filter.Where("account", Operator.IN, List.of(account)));
        marks.forEach(mark -> conditions.add(named("account." + mark)));
        return among(metrics, range)
                .withFilter(
                        conditions.size() == 1
                                ? conditions.getFirst()
                                : new Filter.All(conditions));
    }

    /** Names a mark and leaves nothing out: it may not have been marked at the time of what is read. */
    private static Filter named(String mark) {
        return new Filter.Any(
                List.of(
                        new Filter.Where(mark, Operator.IN, List.of("true", "false")),
                        new Filter.Where(mark, Operator.IS_NULL, List.of())));
    }

    /** The question whose answer is a {@link ScoreChange}: the score of the last day, compared with that of some days before. */
    public AnalysisQuery score(String metric, int days) {
        var before = lastDay().minusDays(days);
        return about(List.of(new AskedMetric(new MetricReference.ByKey(metric), null)), ofLastDay())
                .withCompareTo(
                        new Comparison.Other(new AskedRange.Between(before, before.plusDays(1))))
                .withKeys(false);
    }

    /** A question about any accounts, at the same time. */
    AnalysisQuery among(List<AskedMetric> metrics, AskedRange range) {
        return AnalysisQuery.of(metrics, range, zone)
                .withWeekStarts(weekStarts)
                .withAsOf(asOf)
                .withKnownAt(knownAt);
    }
}
