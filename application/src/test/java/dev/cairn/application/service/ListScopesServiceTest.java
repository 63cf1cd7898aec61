package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ListScopesUseCase.Listed;
import dev.cairn.application.port.in.ScopesUseCase;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AccessScope;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Scope;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListScopesServiceTest {
    private static final Scope EMEA =
            new Scope("emea", "EMEA", "", "ann", "account.region = 'EMEA'");
    private static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");

    private record Counting(Measured accounts) implements OneByOne {
        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            assertThat(caller.isScoped()).isTrue();
            var row =
                    new Row(
                            RowKind.CELL,
                            List.of(new Cell.Value(accounts, Set.of())),
                            List.of(),
                            null);
            return new Outcome.Answered(
                    new AnalysisResult(List.of(), List.of(row), false, null, NOW, null, List.of()));
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw new AssertionError("nothing is opened");
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw new AssertionError("nothing is explained");
        }
    }

    private static Listed listed(Measured accounts) {
        var catalog = Catalog.of(1, List.of(new Entry(EMEA, 1, Map.of())), List.of());
        return new ListScopesService(
                        new Catalogs(new MemoryStore(catalog)),
                        (_, _) -> new ScopesUseCase.Outcome.Found(new AccessScope(EMEA.where())),
                        new Counting(accounts),
                        Map.of(),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .scopes(Caller.LOCAL, Deadline.NEVER)
                .getFirst();
    }

    @Test
    void accounts_are_counted_and_where_the_count_has_no_value_they_are_not_said_to_be_none() {
        assertThat(listed(new Measured(new BigDecimal(3), null, null, null, null)).accounts())
                .isEqualTo(3);
        assertThat(listed(new Measured(0L, null, null, null, null)).accounts()).isEqualTo(0);
        assertThat(listed(new Measured(null, null, null, null, Absence.NO_DATA)).accounts())
                .isNull();
    }
}
