package dev.cairn.domain.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowsTest {
    private static Metric metric(String name, String formula) {
        return new Metric(
                name,
                name,
                "",
                Level.CELL,
                null,
                formula,
                null,
                Direction.HIGHER,
                null,
                null,
                null,
                false,
                Status.PUBLISHED);
    }

    private static boolean isFlow(String formula) {
        var metric = metric("asked", formula);
        var catalog =
                Catalog.of(
                        1,
                        List.of(
                                new Entry(metric, 1, Map.of()),
                                new Entry(metric("tickets", "count(ticket)"), 1, Map.of()),
                                new Entry(
                                        metric("seats", "sum(subscription at end : seats)"),
                                        1,
                                        Map.of())),
                        List.of());
        return Flows.isFlow(metric, catalog);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(ticket)",
                "sum(invoice.amount)",
                "convert(sum(invoice : amount), 'USD')",
                "distinct(activity.user)",
                "tickets",
                "100 * tickets - 1",
                "tickets / seats",
                "avg(account : tickets)",
                "tickets over month to date",
                "case when seats > 0 then tickets else 0 end"
            })
    void a_longer_time_has_more_of_what_is_counted_over_it(String formula) {
        assertThat(isFlow(formula)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seats",
                "sum(subscription at end : monthly)",
                "share(ticket : is_solved)",
                "median(ticket : hours(created_at, solved_at))",
                "count(account where exists(subscription at end))",
                "tickets / count(ticket where is_solved)",
                "distinct(activity.user) over last 28 days",
                "count(subscription during)",
                "avg(account : seats)",
                "asked"
            })
    void a_longer_time_has_no_more_of_what_holds_or_is_a_share(String formula) {
        assertThat(isFlow(formula)).isFalse();
    }
}
