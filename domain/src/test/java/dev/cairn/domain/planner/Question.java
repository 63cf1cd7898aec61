package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.Role;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.PlanRules;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.time.AskedGrain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds a question and has it planned: over January 2026 in UTC, all in one bucket, unless it says otherwise. */
public final class Question {
    /** What counts as now. */
    public static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private static final int ROWS = 100;

    private AnalysisQuery query =
            AnalysisQuery.of(
                            List.of(),
                            new AskedRange.Between(
                                    LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)),
                            ZoneOffset.UTC)
                    .page(ROWS, null);
    private Caller caller = Caller.LOCAL;

    /** Metrics of the catalogue. */
    public static Question ask(String... metrics) {
        var question = new Question();
        for (String metric : metrics) {
            question.metric(new MetricReference.ByKey(metric), null);
        }
        return question;
    }

    /** A formula made up here; its column is {@code x}. */
    public static Question formula(String formula) {
        return new Question().and("x", formula);
    }

    public Question and(@Nullable String as, String formula) {
        return metric(new MetricReference.Inline(formula), as);
    }

    public Question metric(MetricReference metric, @Nullable String as, ParameterValue... values) {
        return asking(new AskedMetric(metric, as).with(values));
    }

    private Question asking(AskedMetric metric) {
        query = query.withMetrics(with(query.metrics(), metric));
        return this;
    }

    private static <T> List<T> with(List<T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }

    public Question emptyIsNone(MetricReference metric) {
        return asking(new AskedMetric(metric, null, true));
    }

    public Question by(String... dimensions) {
        query = query.withGroupBy(List.of(dimensions));
        return this;
    }

    public Question each(AskedGrain newGrain) {
        query = query.withGrain(newGrain);
        return this;
    }

    public Question between(String from, String to) {
        query = query.withRange(new AskedRange.Between(LocalDate.parse(from), LocalDate.parse(to)));
        return this;
    }

    public Question betweenInstants(String from, String to) {
        query =
                query.withRange(
                        new AskedRange.BetweenInstants(Instant.parse(from), Instant.parse(to)));
        return this;
    }

    public Question last(int count, AskedGrain of) {
        query = query.withRange(new AskedRange.Last(count, of));
        return this;
    }

    public Question comparedTo(Comparison time) {
        query = query.withCompareTo(time);
        return this;
    }

    public Question in(String newZone) {
        query = query.withZone(ZoneId.of(newZone));
        return this;
    }

    public Question filter(Filter newFilter) {
        query = query.withFilter(newFilter);
        return this;
    }

    public Question filter(String field, Operator operator, String... values) {
        return filter(where(field, operator, values));
    }

    public static Filter where(String field, Operator operator, String... values) {
        return new Filter.Where(field, operator, List.of(values));
    }

    public Question where(String formula) {
        query = query.withWhere(formula);
        return this;
    }

    public Question cohort(String key) {
        query = query.withCohort(new CohortReference.ByKey(key));
        return this;
    }

    public Question cohortRule(String formula) {
        query = query.withCohort(new CohortReference.Rule(formula));
        return this;
    }

    public Question having(Filter newHaving) {
        query = query.withHaving(newHaving);
        return this;
    }

    public Question top(TopGroups top) {
        query = query.withTop(top);
        return this;
    }

    public Question asOf(String instant) {
        query = query.withAsOf(Instant.parse(instant));
        return this;
    }

    public Question withTotals() {
        query = query.withTotals(true);
        return this;
    }

    public Question up(String column) {
        return orderBy(new OrderBy(column, false));
    }

    public Question down(String column) {
        return orderBy(new OrderBy(column, true));
    }

    private Question orderBy(OrderBy order) {
        query = query.withOrderBy(with(query.orderBy(), order));
        return this;
    }

    public Question first(int rows) {
        query = query.page(rows, query.after());
        return this;
    }

    public Question after(@Nullable String cursor) {
        query = query.page(query.first(), cursor);
        return this;
    }

    public Question sparse() {
        query = query.withFillGaps(false);
        return this;
    }

    public Question scopedTo(String scope) {
        caller = new Caller("somebody", scope);
        return this;
    }

    public Question scopedTo(Map<String, String> claims, String... scopes) {
        caller = new Caller("somebody", Role.VIEWER, new AccessScope(List.of(scopes), claims));
        return this;
    }

    public AnalysisQuery query() {
        return query;
    }

    public Planned plan(Catalog catalog) {
        return Planner.plan(query(), catalog, caller, NOW);
    }

    public Planned.Ready ready(CatalogBuilder catalog) {
        return switch (plan(catalog.build())) {
            case Planned.Ready ready -> sound(ready);
            case Planned.Rejected(var problems) ->
                    throw new AssertionError("the question was refused: " + problems);
        };
    }

    private static Planned.Ready sound(Planned.Ready ready) {
        var broken = PlanRules.broken(ready.plan());
        if (!broken.isEmpty()) {
            throw new AssertionError("the plan is not sound: " + broken + " " + ready.plan());
        }
        return ready;
    }

    public AnalysisPlan planned(CatalogBuilder catalog) {
        return ready(catalog).plan();
    }

    /** What is wrong with it. */
    public List<Problem> problems(CatalogBuilder catalog) {
        return switch (plan(catalog.build())) {
            case Planned.Ready ready ->
                    throw new AssertionError("the question was accepted: " + ready.plan());
            case Planned.Rejected(var problems) -> problems;
        };
    }

    /** The one thing that is wrong with it. */
    public Problem problem(CatalogBuilder catalog) {
        var problems = problems(catalog);
        if (problems.size() != 1) {
            throw new AssertionError("not one problem: " + problems);
        }
        return problems.getFirst();
    }

    /** What is wrong, in short: {@code UNKNOWN_FIELD metrics/0/metric/formula 1:7}. */
    public List<String> told(CatalogBuilder catalog) {
        return problems(catalog).stream().map(Question::brief).toList();
    }

    public static String brief(Problem problem) {
        var place = problem.place();
        String where = problem.code() + " " + String.join("/", place.path());
        return place.line() == 0
                ? where
                : "%s %d:%d".formatted(where, place.line(), place.column());
    }

    /** The value of the first column, in words over leaves. */
    public String value(CatalogBuilder catalog) {
        return PlanWords.text(planned(catalog).outputs().getFirst().value());
    }
}
