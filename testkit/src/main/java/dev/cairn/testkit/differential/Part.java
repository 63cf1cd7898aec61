package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.AnalysisQuery;
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
                whole.withTotals(false));
    }
}
