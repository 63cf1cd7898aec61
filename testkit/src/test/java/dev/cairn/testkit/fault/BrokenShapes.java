package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.testkit.fault.Misreading.Asked;
import java.util.function.UnaryOperator;

/** Questions of fixed shape as a careless front would put them into formulas. */
final class BrokenShapes {
    private BrokenShapes() {}

    static Asked stickinessIsOnAtLeastSoManyDays(Asked asked) {
        return formulas(
                asked, "on_\\d+", formula -> formula.replaceAll(" = (\\d+)\\)$", " >= $1)"));
    }

    static Asked retentionStartsEachTime(Asked asked) {
        return formulas(
                asked,
                "size|age_.*",
                formula ->
                        formula.replaceAll(" and not \\(exists\\(.*?\\) over all before\\)", ""));
    }

    static Asked lifecycleRetainsWhoWasEverActive(Asked asked) {
        return formulas(
                asked,
                "retained",
                formula ->
                        formula.replaceAll(
                                "prior\\((exists\\(event\\))\\)", "($1 over all before)"));
    }

    static Asked bridgeHasNewForReactivated(Asked asked) {
        return formulas(
                asked, "new", formula -> formula.replaceAll(" and not coalesce\\(.*?\\) :", " :"));
    }

    static Asked funnelDropsWhoWentFurther(Asked asked) {
        return formulas(
                asked, "dropped_\\d+", formula -> formula.replace("reached = ", "reached >= "));
    }

    private static Asked formulas(Asked asked, String column, UnaryOperator<String> other) {
        var metrics =
                asked.query().metrics().stream()
                        .map(metric ->
                                metric.as() != null
                                                && metric.as().matches(column)
                                                && metric.metric()
                                                        instanceof
                                                        MetricReference.Inline(var formula)
                                        ? new AskedMetric(
                                                new MetricReference.Inline(other.apply(formula)),
                                                metric.as())
                                        : metric)
                        .toList();
        return new Asked(asked.query().withMetrics(metrics), asked.catalog());
    }
}
