package dev.cairn.domain.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.impact.ChangeMarker;
import dev.cairn.domain.overview.ChangeOfAccount.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeOfAccountTest {
    private static final ChangeMarker CHANGE =
            new ChangeMarker("M1", "M1", LocalDate.of(2026, 4, 10), "exists(event)");

    private static State state(long concerned, Set<Incomplete> reasons) {
        var cells = List.of(cell(concerned, reasons), cell(1, Set.of()));
        var answer =
                new AnalysisResult(
                        List.of(),
                        List.of(new Row(RowKind.CELL, cells, List.of())),
                        false,
                        null,
                        Instant.parse("2026-07-01T00:00:00Z"),
                        List.of());
        return ChangeOfAccount.of(CHANGE, answer).state();
    }

    private static Cell cell(long value, Set<Incomplete> reasons) {
        return new Cell.Value(new Measured(value, null, null, null, null), reasons);
    }

    @Test
    void data_that_is_whole_says_whether_a_change_concerned_an_account() {
        assertThat(state(1, Set.of())).isEqualTo(State.CONCERNED);
        assertThat(state(0, Set.of())).isEqualTo(State.NOT_CONCERNED);
    }

    @Test
    void data_that_is_broken_or_not_complete_does_not() {
        for (var reason : List.of(Incomplete.BROKEN_DATA, Incomplete.BEYOND_COVERAGE)) {
            assertThat(state(1, Set.of(reason))).isEqualTo(State.UNKNOWN);
            assertThat(state(0, Set.of(reason))).isEqualTo(State.UNKNOWN);
        }
    }
}
