package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.plan.Cancellation;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** First facts are looked up for questions whose units of time begin with them, and for no others. */
class CoverageStartsTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 12, 30);

    private final List<Set<String>> asked = new ArrayList<>();

    private Planned planned(Question question, Catalog catalog) {
        return Planner.plan(
                question.query(),
                new ResolvedMetrics(catalog),
                Caller.LOCAL,
                Question.NOW,
                Cancellation.NEVER,
                (sources, _) -> {
                    asked.add(Set.copyOf(sources));
                    return Map.of("event", FIRST);
                });
    }

    @Test
    void first_facts_are_looked_up_where_units_of_time_begin_with_them() {
        var plan =
                ((Planned.Ready)
                                planned(
                                        formula("count(day where exists(event)) over all"),
                                        shop().build()))
                        .plan();

        assertThat(asked).containsExactly(Set.of("event"));
        var units =
                plan.cells().scans().stream()
                        .map(Scan::relation)
                        .filter(Relation.Ticks.class::isInstance)
                        .map(Relation.Ticks.class::cast)
                        .toList();
        assertThat(units).hasSize(1);
        assertThat(units.getFirst().units().time().buckets().getFirst().start())
                .isEqualTo(Instant.parse("2025-12-30T00:00:00Z"));
    }

    @Test
    void metric_asked_by_its_name_has_them_looked_up_too() {
        var catalog = shop().metric("active_days", "count(day where exists(event)) over all");
        assertThat(planned(ask("active_days"), catalog.build())).isInstanceOf(Planned.Ready.class);
        assertThat(asked).containsExactly(Set.of("event"));
    }

    @Test
    void nothing_is_looked_up_for_other_questions() {
        planned(formula("count(event) over all"), shop().build());
        planned(formula("count(day where exists(event)) over last 3 days"), shop().build());
        planned(formula("count(day) over ever"), shop().build());

        assertThat(asked).isEmpty();
    }
}
