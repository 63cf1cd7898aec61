package dev.cairn.testkit.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.model.Metric;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A failure is shown by the smallest formula and the fewest facts. */
class ShrinkingTest {
    private static final World WORLD =
            World.world()
                    .source(
                            SourceBuilder.source("event")
                                    .timestamp("happened")
                                    .account("customer")
                                    .text("name")
                                    .integer("amount"))
                    .metric("varied", "2 * stddev(event where name = 'a' : amount) + count(event)")
                    .metric(
                            "of_account",
                            Metric.Level.ACCOUNT,
                            Metric.RollUp.AVG,
                            "stddev(event : amount)")
                    .fact("event", "2026-01-05T10:00:00Z", "acme", "a", 1)
                    .fact("event", "2026-01-06T10:00:00Z", "acme", "a", 2)
                    .fact("event", "2026-01-07T10:00:00Z", "bolt", "b", 3)
                    .build();

    private static AnalysisQuery query(String... formulas) {
        return AnalysisQuery.of(
                List.of(formulas).stream()
                        .map(formula ->
                                new AskedMetric(new MetricReference.Inline(formula), formula))
                        .toList(),
                new AskedRange.Between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1)),
                ZoneId.of("UTC"));
    }

    /** The smallest question that a deviation is read in. */
    private static Case smallest(AnalysisQuery query) {
        return new Shrinking(one ->
                one.plan().isPresent() && one.plan().toString().contains("StandardDeviation")
                        ? Optional.of("differs")
                        : Optional.empty())
                .smallest(
                        new Case(
                                WORLD, query, Caller.LOCAL, Instant.parse("2026-06-01T00:00:00Z")));
    }

    private static List<MetricReference> formulas(Case one) {
        return one.query().metrics().stream().map(AskedMetric::metric).toList();
    }

    private static MetricReference formula(String text) {
        return new MetricReference.Inline(text);
    }

    @Test
    void formula_is_what_of_it_is_needed() {
        var found =
                smallest(
                        query(
                                "case when count(event) > 3 then round(1 + (stddev(event on happened where (name in ('a', 'b') and amount > 0) : (amount * 2)) over last 3 days), 2) else 0 end",
                                "count(event)"));
        assertThat(formulas(found)).containsExactly(formula("stddev(event : 1)"));
        assertThat(found.world().loads()).isEmpty();
    }

    @Test
    void metric_is_replaced_by_what_it_stands_for() {
        assertThat(formulas(smallest(query("1 + varied"))))
                .containsExactly(formula("stddev(event : 1)"));
        var asked =
                query("count(event)")
                        .withMetrics(
                                List.of(
                                        new AskedMetric(
                                                new MetricReference.ByKey("of_account"), "m")));
        assertThat(formulas(smallest(asked))).containsExactly(formula("stddev(event : 1)"));
    }

    @Test
    void conditions_keys_and_filters_are_made_simpler() {
        var asked =
                query("count(event)")
                        .withWhere("name = 'a' or per(account : stddev(event : amount)) > 3")
                        .withGroupBy(List.of("(coalesce(lower(event.name), 'x')) as key"));
        var found = smallest(asked).query();
        assertThat(found.groupBy()).isEmpty();
        assertThat(found.where()).isEqualTo("per(account : stddev(event : 1)) > 3");
    }
}
