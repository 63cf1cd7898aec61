package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.application.port.in.GuardUseCase;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Expectations;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.Status;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardServiceTest {
    private static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");
    private static final Cell ONE =
            new Cell.Value(new Measured(1.0, null, null, null, null), Set.of());

    private final List<AnalysisQuery> asked = new ArrayList<>();

    private static Entry pair(int number) {
        return new Entry(
                new Metric(
                        "m" + number,
                        "m" + number,
                        "",
                        Level.CELL,
                        null,
                        "count(ticket)",
                        null,
                        Direction.LOWER,
                        null,
                        null,
                        "m0",
                        false,
                        Status.PUBLISHED),
                1,
                Map.of());
    }

    private ExportUseCase.Outcome twoAccounts(AnalysisQuery query, ExportUseCase.Taker taker) {
        asked.add(query);
        var columns = new ArrayList<Column>();
        columns.add(column("account", Role.DIMENSION));
        query.metrics()
                .forEach(metric -> columns.add(column(String.valueOf(metric.as()), Role.MEASURE)));
        taker.begin(columns, List.of(), NOW);
        for (var account : List.of("a", "b")) {
            var cells = new ArrayList<Cell>();
            cells.add(new Cell.Group(GroupValue.of(account)));
            query.metrics().forEach(_ -> cells.add(ONE));
            taker.take(cells);
        }
        return new ExportUseCase.Outcome.Exported(2);
    }

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    private static Entry tickets(Grain cadence) {
        return new Entry(
                new Source(
                                "ticket",
                                "ticket",
                                "",
                                "at",
                                ZoneOffset.UTC,
                                null,
                                null,
                                "customer",
                                null,
                                List.of(),
                                List.of(
                                        Field.of("at", DataType.TIMESTAMP),
                                        Field.of("customer", DataType.TEXT)))
                        .with(
                                new Expectations(
                                        cadence, null, List.of(), List.of(), null, true, List.of(),
                                        List.of(), null)),
                1,
                Map.of());
    }

    private List<Guard> guards(int mostAccounts) {
        return guards(mostAccounts, Grain.DAY);
    }

    private List<Guard> guards(int mostAccounts, Grain cadence) {
        var catalog =
                Catalog.of(
                        1,
                        Stream.concat(
                                        IntStream.range(0, 10).mapToObj(GuardServiceTest::pair),
                                        Stream.of(tickets(cadence)))
                                .toList(),
                        List.of());
        var service =
                new GuardService(
                        new Catalogs(new MemoryStore(catalog)),
                        new AccountSample(
                                (query, _, _, _, taker) -> twoAccounts(query, taker), mostAccounts),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        var query = new GuardQuery(List.of(), Cycle.MONTH, ZoneOffset.UTC, NOW);
        return service.guards(query, Caller.LOCAL, Deadline.NEVER)
                        instanceof GuardUseCase.Outcome.Watched(var guards)
                ? guards
                : List.of();
    }

    @Test
    void more_accounts_than_are_held_at_once_are_read_once_and_not_by_each_metric() {
        assertThat(guards(1))
                .hasSize(10)
                .allSatisfy(guard -> {
                    assertThat(guard.state()).isEqualTo(Guard.State.NOT_TESTABLE);
                    assertThat(guard.reason()).contains("cairn.statistics.accounts");
                });
        assertThat(asked).hasSize(1);
    }

    @Test
    void few_metrics_are_read_before_it_is_known_how_many_accounts_there_are() {
        assertThat(guards(2))
                .hasSize(10)
                .extracting(Guard::state)
                .containsOnly(Guard.State.NOT_ENOUGH_DATA);
        // The last column is whether the account is there.
        assertThat(asked).extracting(query -> query.metrics().size()).containsExactly(9, 9, 4, 4);
    }

    @Test
    void data_that_comes_less_often_than_one_looks_is_said_with_what_to_do() {
        assertThat(guards(2, Grain.MONTH))
                .allSatisfy(guard -> assertThat(guard.reason()).doesNotContain("cadence"));
        assertThat(guards(2, Grain.QUARTER))
                .allSatisfy(guard ->
                        assertThat(guard.reason())
                                .endsWith(
                                        "'ticket' is expected by the quarter only (its cadence): look by that or longer."));
    }
}
