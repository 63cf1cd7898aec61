package dev.cairn.testkit.generator;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns questions about what is known of accounts into such about what is known of their parents, or of the parents of those. Questions are rewritten when
 * they are made, so that no choice is one more and all others stay as they are.
 *
 * @param way {@code parent}, or more steps
 */
record ThroughParents(String way) {
    private static final Pattern KNOWN =
            Pattern.compile("\\baccount\\.(plan|seats|rate|signed_on|renewed_at|vip)\\b");
    private static final Pattern KEY = Pattern.compile("(?<![.\\w])account is (not )?none(?!\\w)");

    AnalysisQuery of(AnalysisQuery query) {
        return query.withMetrics(query.metrics().stream().map(this::metric).toList())
                .withGroupBy(query.groupBy().stream().map(this::written).toList())
                .withWhere(text(query.where()))
                .withFilter(query.filter() == null ? null : filter(query.filter()))
                .withCohort(
                        query.cohort() instanceof CohortReference.Rule(var rule)
                                ? new CohortReference.Rule(written(rule))
                                : query.cohort())
                .withOrderBy(
                        query.orderBy().stream()
                                .map(term -> new OrderBy(written(term.column()), term.descending()))
                                .toList());
    }

    private String written(String formula) {
        return KEY.matcher(KNOWN.matcher(formula).replaceAll("account." + way + ".$1"))
                .replaceAll("account." + way + " is $1none");
    }

    private @Nullable String text(@Nullable String formula) {
        return formula == null ? null : written(formula);
    }

    private AskedMetric metric(AskedMetric asked) {
        return asked.metric() instanceof MetricReference.Inline(var formula)
                ? new AskedMetric(
                        new MetricReference.Inline(written(formula)),
                        asked.as(),
                        asked.emptyIsNone())
                : asked;
    }

    private Filter filter(Filter filter) {
        return switch (filter) {
            case Filter.All(var all) -> new Filter.All(filters(all));
            case Filter.Any(var any) -> new Filter.Any(filters(any));
            case Filter.Not(var inside) -> new Filter.Not(filter(inside));
            case Filter.Where(var field, var operator, var values) ->
                    new Filter.Where(written(field), operator, values);
        };
    }

    private List<Filter> filters(List<Filter> filters) {
        return filters.stream().map(this::filter).toList();
    }
}
