package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import java.util.ArrayList;
import java.util.List;

/** Questions with a part left out. */
record Part(AnalysisQuery whole) {
    private static final int MOST_ROWS = 10_000;

    AnalysisQuery withoutMetric(int at) {
        var metrics = new ArrayList<>(whole.metrics());
        metrics.remove(at);
        return whole.withMetrics(metrics);
    }

    AnalysisQuery withoutGroup(int at) {
        var groups = new ArrayList<>(whole.groupBy());
        groups.remove(at);
        return whole.withGroupBy(groups);
    }

    /** With all of its rows on one page, in the order of time and keys. */
    AnalysisQuery withAllRows() {
        return whole.withOrderBy(List.of()).withHaving(null).page(MOST_ROWS, whole.after());
    }

    AnalysisQuery onlyMetric(int at) {
        return whole.withMetrics(List.of(whole.metrics().get(at)));
    }

    /** Without groups and over no rows, for each bucket and the whole range. */
    AnalysisQuery overNothing() {
        return whole.withGroupBy(List.of())
                .withWhere(whole.where() == null ? "false" : "(" + whole.where() + ") and false")
                .withHaving(null)
                .withTotals(true)
                .withOrderBy(List.of())
                .page(MOST_ROWS, null)
                .withFillGaps(true);
    }

    List<AnalysisQuery> simpler() {
        return List.of(
                whole.withOrderBy(List.of()),
                whole.withHaving(null),
                whole.withGrain(null),
                whole.withFilter(null),
                whole.withWhere(null),
                whole.withCohort(null),
                whole.withAsOf(null),
                whole.withKnownAt(null),
                whole.withCompareTo(null),
                whole.withTop(null),
                whole.withTotals(false));
    }

    /** With one of its formulas, keys or conditions simpler. */
    List<AnalysisQuery> simplerFormulas(Catalog catalog) {
        var simpler = new ArrayList<AnalysisQuery>();
        for (int at = 0; at < whole.metrics().size(); at++) {
            var asked = whole.metrics().get(at);
            for (String formula : simpler(asked.metric(), catalog)) {
                var metric =
                        new AskedMetric(
                                new MetricReference.Inline(formula),
                                asked.as(),
                                asked.emptyIsNone());
                simpler.add(whole.withMetrics(replaced(whole.metrics(), at, metric)));
            }
        }
        for (int at = 0; at < whole.groupBy().size(); at++) {
            for (String key : simplerKeys(whole.groupBy().get(at), catalog)) {
                simpler.add(whole.withGroupBy(replaced(whole.groupBy(), at, key)));
            }
        }
        if (whole.where() != null) {
            SmallerFormulas.of(whole.where(), catalog)
                    .forEach(where -> simpler.add(whole.withWhere(where)));
        }
        if (whole.cohort() instanceof CohortReference.Rule(var rule)) {
            SmallerFormulas.of(rule, catalog)
                    .forEach(smaller ->
                            simpler.add(whole.withCohort(new CohortReference.Rule(smaller))));
        }
        if (whole.filter() != null) {
            simpler(whole.filter()).forEach(filter -> simpler.add(whole.withFilter(filter)));
        }
        return simpler;
    }

    private static List<String> simpler(MetricReference metric, Catalog catalog) {
        return switch (metric) {
            case MetricReference.Inline(var formula) -> SmallerFormulas.of(formula, catalog);
            case MetricReference.ByKey(var key) -> meaning(key, catalog);
            case MetricReference.Pinned(var key, _) -> meaning(key, catalog);
        };
    }

    private static List<String> meaning(String metric, Catalog catalog) {
        return catalog.metric(metric).map(SmallerFormulas::formulaOf).stream().toList();
    }

    /** Of {@code (formula) as name} its formulas. */
    private static List<String> simplerKeys(String key, Catalog catalog) {
        int as = key.lastIndexOf(") as ");
        return key.startsWith("(") && as > 0
                ? SmallerFormulas.of(key.substring(1, as), catalog).stream()
                        .map(formula -> "(" + formula + key.substring(as))
                        .toList()
                : List.of();
    }

    private static List<Filter> simpler(Filter filter) {
        return switch (filter) {
            case Filter.All(var all) -> all;
            case Filter.Any(var any) -> any;
            case Filter.Not(var inside) -> List.of(inside);
            case Filter.Where _ -> List.of();
        };
    }

    private static <T> List<T> replaced(List<T> many, int at, T by) {
        var others = new ArrayList<>(many);
        others.set(at, by);
        return others;
    }
}
