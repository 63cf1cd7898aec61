package dev.cairn.testkit.contract;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.planner.Planned;
import dev.cairn.domain.planner.Planner;
import dev.cairn.domain.time.AskedGrain;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question as a test writes it; each call gives another question. Unless said: January 2026 in UTC, no grain, asked on 2026-07-01. Columns of formulas
 * are {@code m1}, {@code m2}, ...
 */
public record Question(AnalysisQuery query, Caller caller, Instant now) {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final LocalDate LAST_DAY_OUT = LocalDate.of(2026, 2, 1);
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    /** By formulas made up here. */
    public static Question ask(String... formulas) {
        var metrics = new ArrayList<AskedMetric>();
        for (String formula : formulas) {
            metrics.add(
                    new AskedMetric(
                            new MetricReference.Inline(formula), "m" + (metrics.size() + 1)));
        }
        return of(metrics);
    }

    /** The same, where nothing counted or summed is no value. */
    public static Question askEmptyIsNone(String formula) {
        return of(List.of(new AskedMetric(new MetricReference.Inline(formula), "m1", true)));
    }

    /** By metrics of the catalogue. */
    public static Question askMetrics(String... keys) {
        var metrics = new ArrayList<AskedMetric>();
        for (String key : keys) {
            metrics.add(new AskedMetric(new MetricReference.ByKey(key), null));
        }
        return of(metrics);
    }

    public static Question ask(AskedMetric... metrics) {
        return of(List.of(metrics));
    }

    /** Of nothing yet: the frame of a question of fixed shape. */
    public static Question frame() {
        return of(List.of());
    }

    private static Question of(List<AskedMetric> metrics) {
        return new Question(
                AnalysisQuery.of(
                        metrics, new AskedRange.Between(FIRST_DAY, LAST_DAY_OUT), ZoneId.of("UTC")),
                Caller.LOCAL,
                NOW);
    }

    public Question by(String... dimensions) {
        return with(query.withGroupBy(List.of(dimensions)));
    }

    public Question grain(@Nullable AskedGrain grain) {
        return with(query.withGrain(grain));
    }

    public Question between(String from, String to) {
        return with(
                query.withRange(
                        new AskedRange.Between(LocalDate.parse(from), LocalDate.parse(to))));
    }

    public Question betweenInstants(String from, String to) {
        return with(
                query.withRange(
                        new AskedRange.BetweenInstants(Instant.parse(from), Instant.parse(to))));
    }

    public Question last(int count, AskedGrain grain) {
        return with(query.withRange(new AskedRange.Last(count, grain)));
    }

    public Question zone(String id) {
        return with(query.withZone(ZoneId.of(id)));
    }

    public Question weekStarts(DayOfWeek day) {
        return with(query.withWeekStarts(day));
    }

    public Question comparedTo(Comparison time) {
        return with(query.withCompareTo(time));
    }

    /** Asking how far each value may be off, too. */
    public Question withUncertainty() {
        return with(query.withUncertainty(true));
    }

    public Question filter(Filter filter) {
        return with(query.withFilter(filter));
    }

    public Question filter(String field, Operator operator, String... values) {
        return filter(new Filter.Where(field, operator, List.of(values)));
    }

    public Question where(String formula) {
        return with(query.withWhere(formula));
    }

    public Question cohort(String key) {
        return with(query.withCohort(new CohortReference.ByKey(key)));
    }

    public Question cohortBy(String rule) {
        return with(query.withCohort(new CohortReference.Rule(rule)));
    }

    public Question having(Filter filter) {
        return with(query.withHaving(filter));
    }

    public Question having(String column, Operator operator, String... values) {
        return having(new Filter.Where(column, operator, List.of(values)));
    }

    /** The groups with the greatest values of the first column, and the others as one. */
    public Question top(int groups) {
        return with(query.withTop(new TopGroups(groups, null, true)));
    }

    public Question top(int groups, String by, boolean other) {
        return with(query.withTop(new TopGroups(groups, by, other)));
    }

    public Question asOf(String instant) {
        return with(query.withAsOf(Instant.parse(instant)));
    }

    public Question knownAt(Instant instant) {
        return with(query.withKnownAt(instant));
    }

    public Question totals() {
        return with(query.withTotals(true));
    }

    /** Columns; {@code -} before one: from large to small. */
    public Question orderBy(String... columns) {
        var order = new ArrayList<OrderBy>();
        for (String column : columns) {
            boolean descending = column.startsWith("-");
            order.add(new OrderBy(descending ? column.substring(1) : column, descending));
        }
        return with(query.withOrderBy(order));
    }

    public Question first(int rows) {
        return with(query.page(rows, null));
    }

    /** The next page. */
    public Question after(int rows, @Nullable String cursor) {
        return with(query.page(rows, cursor));
    }

    /** Without rows for buckets in which there is nothing. */
    public Question sparse() {
        return with(query.withFillGaps(false));
    }

    public Question scope(@Nullable String formula) {
        return new Question(query, new Caller("tester", formula), now);
    }

    /** Asked by one of whom this is known, who was given these scopes. */
    public Question scopes(Map<String, String> claims, String... formulas) {
        var access = new AccessScope(List.of(formulas), claims);
        return new Question(query, new Caller("tester", Role.VIEWER, access), now);
    }

    /** Another question, asked by the same caller at the same time. */
    Question of(AnalysisQuery other) {
        return with(other);
    }

    private Question with(AnalysisQuery changed) {
        return new Question(changed, caller, now);
    }

    public Planned planned(Catalog catalog) {
        return Planner.plan(query, catalog, caller, now);
    }

    /** The plan; a test whose question is refused says so. */
    public AnalysisPlan plan(Catalog catalog) {
        return ready(catalog).plan();
    }

    Planned.Ready ready(Catalog catalog) {
        return switch (planned(catalog)) {
            case Planned.Ready ready -> {
                var broken = PlanRules.broken(ready.plan());
                if (!broken.isEmpty()) {
                    throw new AssertionError("the plan is not sound: " + broken);
                }
                yield ready;
            }
            case Planned.Rejected(var problems) ->
                    throw new AssertionError(
                            problems.stream()
                                    .map(problem ->
                                            problem.code()
                                                    + " "
                                                    + problem.message()
                                                    + " "
                                                    + problem.place())
                                    .collect(
                                            Collectors.joining(
                                                    "\n", "the question is refused:\n", "")));
        };
    }
}
