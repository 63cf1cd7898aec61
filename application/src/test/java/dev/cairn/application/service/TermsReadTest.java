package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.application.port.Deadline;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.calibration.Contracts;
import dev.cairn.domain.calibration.ContractsQuestion;
import dev.cairn.domain.calibration.Term;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TermsReadTest {
    private static final LocalDate DUE = LocalDate.of(2026, 7, 10);
    private static final AnalysisQuery ASKED =
            new ContractsQuestion(Contracts.OF_PACK, "contract")
                    .due(
                            DUE,
                            DUE.plusDays(1),
                            Instant.parse("2026-07-01T00:00:00Z"),
                            ZoneOffset.UTC);

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    private static Row renewed(String account, @Nullable Object decidedOn) {
        return row(account, decidedOn, new Measured(1, null, null, null, null));
    }

    private static Row row(String account, @Nullable Object decidedOn, Measured measured) {
        var one = new Cell.Value(measured, Set.of());
        return new Row(
                RowKind.CELL,
                List.of(
                        new Cell.Group(GroupValue.of(account)),
                        new Cell.Group(GroupValue.of(DUE)),
                        new Cell.Group(GroupValue.of(decidedOn)),
                        one,
                        one,
                        one),
                List.of(GroupValue.of(account), GroupValue.of(DUE), GroupValue.of(decidedOn)),
                null);
    }

    private static List<Term> read(Row... rows) {
        var answer =
                new AnalysisResult(
                        List.of(
                                column("account", Role.DIMENSION),
                                column("contract.due_on", Role.DIMENSION),
                                column("contract.decided_on", Role.DIMENSION),
                                column(ContractsQuestion.TERMS, Role.MEASURE),
                                column(ContractsQuestion.DECIDED, Role.MEASURE),
                                column(ContractsQuestion.RENEWED, Role.MEASURE)),
                        List.of(rows),
                        false,
                        null,
                        Instant.EPOCH,
                        null,
                        List.of());
        return new TermsRead(new Answering(answer), Caller.LOCAL, Deadline.NEVER).of(ASKED).terms();
    }

    private record Answering(AnalysisResult answer) implements OneByOne {
        @Override
        public Outcome analyze(AnalysisQuery query, Caller caller, Deadline deadline) {
            return new Outcome.Answered(answer);
        }

        @Override
        public Outcome members(MembersQuery query, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Explanation explain(AnalysisQuery query, Caller caller, Deadline deadline) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void what_was_decided_after_that_instant_is_open() {
        assertThat(
                        read(
                                renewed("a", LocalDate.of(2026, 6, 30)),
                                renewed("b", LocalDate.of(2026, 7, 1)),
                                renewed("c", null)))
                .extracting(Term::account, Term::terms, Term::decided, Term::renewed)
                .containsExactly(tuple("a", 1, 1, 1), tuple("b", 1, 0, 0), tuple("c", 1, 1, 1));
    }

    /** Else nobody would know that it had been decided before its score was read. */
    @Test
    void a_decision_may_have_a_time_of_day() {
        assertThat(read(renewed("a", Instant.parse("2026-06-20T12:00:00Z"))).getFirst().decidedOn())
                .isEqualTo(LocalDate.of(2026, 6, 20));
    }

    @ParameterizedTest
    @EnumSource(
            value = Absence.class,
            names = {"NO_RATE", "UNTRUSTED"})
    void what_is_not_known_is_not_taken_for_nothing(Absence why) {
        var row = row("a", null, new Measured(null, null, null, null, why));
        assertThatThrownBy(() -> read(row)).isInstanceOf(PredictionRows.Refused.class);
    }
}
