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
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.guard.Guard;
import dev.cairn.domain.guard.GuardQuery;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardServiceTest {
    private static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");

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
        taker.begin(
                List.of(
                        new Column(
                                "account",
                                "account",
                                Role.DIMENSION,
                                ValueType.TEXT,
                                null,
                                null,
                                null,
                                null),
                        new Column(
                                "every_account",
                                "every_account",
                                Role.MEASURE,
                                ValueType.NUMBER,
                                null,
                                null,
                                null,
                                null)),
                List.of(),
                NOW);
        for (var account : List.of("a", "b")) {
            taker.take(List.of(new Cell.Group(GroupValue.of(account))));
        }
        return new ExportUseCase.Outcome.Exported(2);
    }

    @Test
    void more_accounts_than_are_held_at_once_are_read_once_and_not_by_each_metric() {
        var catalog =
                Catalog.of(
                        1,
                        IntStream.range(0, 10).mapToObj(GuardServiceTest::pair).toList(),
                        List.of());
        var guards =
                new GuardService(
                        new Catalogs(new MemoryStore(catalog)),
                        new AccountSample((query, _, _, _, taker) -> twoAccounts(query, taker), 1),
                        Clock.fixed(NOW, ZoneOffset.UTC));

        var outcome =
                guards.guards(
                        new GuardQuery(List.of(), Cycle.MONTH, ZoneOffset.UTC, NOW),
                        Caller.LOCAL,
                        Deadline.NEVER);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        GuardUseCase.Outcome.Watched.class,
                        watched ->
                                assertThat(watched.guards())
                                        .hasSize(10)
                                        .allSatisfy(guard -> {
                                            assertThat(guard.state())
                                                    .isEqualTo(Guard.State.NOT_TESTABLE);
                                            assertThat(guard.reason())
                                                    .contains("cairn.statistics.accounts");
                                        }));
        assertThat(asked).hasSize(1);
    }
}
