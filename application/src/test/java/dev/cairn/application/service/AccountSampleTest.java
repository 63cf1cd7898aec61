package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.in.ExportUseCase;
import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.sample.Sample;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountSampleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final AskedRange FEBRUARY =
            new AskedRange.Between(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1));
    private static final AnalysisQuery ASKED =
            AccountSample.question(
                            List.of(
                                    AccountSample.metric("logins"),
                                    AccountSample.condition("seats > 5", "large")),
                            FEBRUARY,
                            ZoneOffset.UTC)
                    .withGroupBy(List.of("account.plan"));
    private final List<AnalysisQuery> asked = new ArrayList<>();

    private static Cell group(@Nullable String value) {
        return new Cell.Group(GroupValue.of(value));
    }

    private static Cell value(double value) {
        return new Cell.Value(
                new Measured(BigDecimal.valueOf(value), null, null, null, null), Set.of());
    }

    private static Cell none(Absence why) {
        return new Cell.Value(
                new Measured(null, null, null, null, why), Set.of(Incomplete.BEYOND_COVERAGE));
    }

    private static Cell ratio(double numerator, double denominator) {
        return new Cell.Value(
                new Measured(numerator / denominator, numerator, denominator, null, null),
                Set.of());
    }

    private static Column column(String key, Role role) {
        return new Column(key, key, role, ValueType.NUMBER, null, null, null, null);
    }

    private AccountSample.Outcome taken(int most, List<List<Cell>> rows) {
        ExportUseCase exports =
                (query, _, _, _, taker) -> {
                    asked.add(query);
                    taker.begin(
                            List.of(
                                    column("account", Role.DIMENSION),
                                    column("account.plan", Role.DIMENSION),
                                    column("logins", Role.MEASURE),
                                    column("large", Role.MEASURE),
                                    column("every_account", Role.MEASURE)),
                            List.of(),
                            NOW);
                    rows.forEach(taker::take);
                    return new ExportUseCase.Outcome.Exported(rows.size());
                };
        return new AccountSample(exports, most).of(ASKED, Caller.LOCAL, Deadline.current());
    }

    private static Sample sample(AccountSample.Outcome outcome) {
        return ((AccountSample.Outcome.Taken) outcome).sample();
    }

    @Test
    void a_segment_of_facts_is_refused_in_words_of_who_asked() {
        ExportUseCase exports =
                (_, _, _, _, _) ->
                        new ExportUseCase.Outcome.Rejected(
                                List.of(
                                        Problem.of(
                                                ProblemCode.INCOMPATIBLE,
                                                Place.of("groupBy", "1").at(1, 1),
                                                "'event.name' does not apply to 'every_account', 'logins', which reads 'account'; leave one of them out.")));
        var outcome =
                new AccountSample(exports, 9)
                        .of(
                                ASKED.withGroupBy(List.of("event.name")),
                                Caller.LOCAL,
                                Deadline.current());

        assertThat(((AccountSample.Outcome.Rejected) outcome).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.place().path()).containsExactly("groupBy", "0");
                    assertThat(problem.message())
                            .contains("'event.name' is no value of an account");
                    assertThat(problem.suggestions())
                            .containsExactly("(last(event.name) over ever) as part");
                });
    }

    @Test
    void a_condition_on_rows_is_refused_in_words_of_who_asked() {
        var other =
                Problem.of(ProblemCode.UNKNOWN_FIELD, Place.of("where").at(1, 9), "No field 'x'.");
        ExportUseCase exports =
                (_, _, _, _, _) ->
                        new ExportUseCase.Outcome.Rejected(
                                List.of(
                                        Problem.of(
                                                ProblemCode.INCOMPATIBLE,
                                                Place.of("where").at(1, 1),
                                                "'event.name' does not apply to 'every_account', which reads 'account'; leave one of them out."),
                                        other));
        var outcome =
                new AccountSample(exports, 9)
                        .of(ASKED.withWhere("event.name = 'x'"), Caller.LOCAL, Deadline.current());

        assertThat(((AccountSample.Outcome.Rejected) outcome).problems())
                .containsExactly(
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                Place.of("where").at(1, 1),
                                "'event.name' is of rows, and accounts are compared, which have none of their own: write the condition into the metrics, as count(... where ...), or ask by an attribute of accounts."),
                        other);
    }

    @Test
    void values_ratios_and_absences_of_all_accounts_come_from_one_question() {
        var sample =
                sample(
                        taken(
                                9,
                                List.of(
                                        List.of(
                                                group("a"),
                                                group("pro"),
                                                value(3),
                                                value(1),
                                                value(1)),
                                        List.of(
                                                group("b"),
                                                group(null),
                                                none(Absence.NOT_YET),
                                                value(0),
                                                value(1)),
                                        List.of(
                                                group("c"),
                                                group("free"),
                                                ratio(1, 4),
                                                value(0),
                                                value(1)))));

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().groupBy()).containsExactly("account", "account.plan");
        assertThat(sample.accounts()).containsExactly("a", "b", "c");
        assertThat(sample.labels(0)).containsExactly("pro", "", "free");
        assertThat(sample.columns())
                .extracting(Sample.Column::key)
                .containsExactly("logins", "large");
        var logins = sample.column("logins");
        assertThat(logins.value(0)).isEqualTo(3);
        assertThat(logins.value(1)).isNaN();
        assertThat(logins.value(2)).isEqualTo(0.25);
        assertThat(logins.denominator(0)).isNaN();
        assertThat(logins.numerator(2)).isEqualTo(1);
        assertThat(logins.denominator(2)).isEqualTo(4);
        assertThat(logins.absences()).isEqualTo(Map.of(Absence.NOT_YET, 1));
        assertThat(logins.incomplete()).isOne();
        assertThat(logins.unsound()).isOne();
        assertThat(sample.column("large").value(0)).isOne();
        assertThat(sample.column("large").denominator(2)).isNaN();
        assertThat(sample.asOf()).isEqualTo(NOW);
    }

    @Test
    void facts_of_no_account_are_no_account() {
        var nobody =
                List.<Cell>of(
                        new Cell.Group(GroupValue.NO_ACCOUNT),
                        group(null),
                        value(7),
                        value(0),
                        value(0));

        assertThat(sample(taken(9, List.of(nobody))).size()).isZero();
    }

    @Test
    void more_accounts_than_are_held_are_refused() {
        var row = List.of(group("a"), group("pro"), value(3), value(1), value(1));

        assertThat(sample(taken(2, List.of(row, row))).size()).isEqualTo(2);
        assertThat(taken(2, List.of(row, row, row)))
                .isInstanceOfSatisfying(
                        AccountSample.Outcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.problems())
                                        .extracting(Problem::code)
                                        .containsExactly(ProblemCode.LIMIT));
    }

    @Test
    void what_is_wrong_with_a_segment_is_told_where_it_was_asked_for() {
        var wrong =
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD, Place.of("groupBy", "1").at(1, 5), "No field.");
        ExportUseCase refusing =
                (_, _, _, _, _) -> new ExportUseCase.Outcome.Rejected(List.of(wrong));

        var outcome = new AccountSample(refusing, 9).of(ASKED, Caller.LOCAL, Deadline.current());

        assertThat(outcome)
                .isEqualTo(
                        new AccountSample.Outcome.Rejected(
                                List.of(wrong.in(Place.of("groupBy", "0").at(1, 5)))));
    }

    @Test
    void rows_that_are_left_out_until_their_windows_are_over_leave_whole_ones() {
        var pending =
                new Cell.Value(
                        new Measured(BigDecimal.ONE, null, null, null, null),
                        Set.of(Incomplete.PENDING));
        var logins =
                sample(
                                taken(
                                        9,
                                        List.of(
                                                List.of(
                                                        group("a"),
                                                        group("pro"),
                                                        pending,
                                                        value(1),
                                                        value(1)))))
                        .column("logins");
        assertThat(logins.incomplete()).isOne();
        assertThat(logins.unsound()).isZero();
    }
}
