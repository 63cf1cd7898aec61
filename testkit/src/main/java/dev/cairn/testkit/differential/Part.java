package dev.cairn.testkit.differential;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions with a part left out. */
record Part(AnalysisQuery whole) {
    private static final int MOST_ROWS = 10_000;

    AnalysisQuery withoutMetric(int at) {
        var metrics = new ArrayList<>(whole.metrics());
        metrics.remove(at);
        return with(metrics, whole.groupBy(), whole.grain(), whole.orderBy(), whole.having());
    }

    AnalysisQuery withoutGroup(int at) {
        var groups = new ArrayList<>(whole.groupBy());
        groups.remove(at);
        return with(whole.metrics(), groups, whole.grain(), whole.orderBy(), whole.having());
    }

    /** With all of its rows on one page, in the order of time and keys. */
    AnalysisQuery withAllRows() {
        return with(whole.metrics(), whole.groupBy(), whole.grain(), List.of(), null, MOST_ROWS);
    }

    AnalysisQuery onlyMetric(int at) {
        return with(
                List.of(whole.metrics().get(at)),
                whole.groupBy(),
                whole.grain(),
                whole.orderBy(),
                whole.having());
    }

    /** Without groups and over no rows, for each bucket and the whole range. */
    AnalysisQuery overNothing() {
        var query = with(whole.metrics(), List.of(), whole.grain(), List.of(), null, MOST_ROWS);
        return new AnalysisQuery(
                query.metrics(),
                query.groupBy(),
                query.grain(),
                query.range(),
                query.zone(),
                query.filter(),
                query.where() == null ? "false" : "(" + query.where() + ") and false",
                query.cohort(),
                null,
                query.asOf(),
                true,
                query.orderBy(),
                query.first(),
                null,
                true);
    }

    List<AnalysisQuery> simpler() {
        return List.of(
                with(whole.metrics(), whole.groupBy(), whole.grain(), List.of(), whole.having()),
                with(whole.metrics(), whole.groupBy(), whole.grain(), whole.orderBy(), null),
                with(whole.metrics(), whole.groupBy(), null, whole.orderBy(), whole.having()),
                with(null, whole.where(), whole.cohort(), whole.asOf(), whole.totals()),
                with(whole.filter(), null, whole.cohort(), whole.asOf(), whole.totals()),
                with(whole.filter(), whole.where(), null, whole.asOf(), whole.totals()),
                with(whole.filter(), whole.where(), whole.cohort(), null, whole.totals()),
                with(whole.filter(), whole.where(), whole.cohort(), whole.asOf(), false));
    }

    private AnalysisQuery with(
            List<AskedMetric> metrics,
            List<String> groupBy,
            @Nullable Grain grain,
            List<OrderBy> orderBy,
            @Nullable Filter having) {
        return with(metrics, groupBy, grain, orderBy, having, whole.first());
    }

    private AnalysisQuery with(
            List<AskedMetric> metrics,
            List<String> groupBy,
            @Nullable Grain grain,
            List<OrderBy> orderBy,
            @Nullable Filter having,
            int first) {
        return new AnalysisQuery(
                metrics,
                groupBy,
                grain,
                whole.range(),
                whole.zone(),
                whole.filter(),
                whole.where(),
                whole.cohort(),
                having,
                whole.asOf(),
                whole.totals(),
                orderBy,
                first,
                whole.after(),
                whole.fillGaps());
    }

    private AnalysisQuery with(
            @Nullable Filter filter,
            @Nullable String where,
            @Nullable CohortReference cohort,
            @Nullable Instant asOf,
            boolean totals) {
        return new AnalysisQuery(
                whole.metrics(),
                whole.groupBy(),
                whole.grain(),
                whole.range(),
                whole.zone(),
                filter,
                where,
                cohort,
                whole.having(),
                asOf,
                totals,
                whole.orderBy(),
                whole.first(),
                whole.after(),
                whole.fillGaps());
    }
}
