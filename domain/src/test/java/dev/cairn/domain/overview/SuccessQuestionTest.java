package dev.cairn.domain.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Success.Window;
import dev.cairn.domain.overview.SuccessOfAccount.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Today is July 1: the last day that has begun is June 30. */
class SuccessQuestionTest {
    private static final Subject SUBJECT =
            new Subject(
                    "a-17",
                    List.of(),
                    ZoneOffset.UTC,
                    null,
                    Instant.parse("2026-07-01T00:00:00Z"),
                    null);

    private static Success success(String name, @Nullable Window window) {
        return new Success(name, name, "", null, "exists(contract)", window, null);
    }

    private static Window dates(String from, String until) {
        return new Window.Dates(LocalDate.parse(from), LocalDate.parse(until));
    }

    private static List<State> states(SuccessQuestion asked, @Nullable Object... values) {
        return states(asked, Set.of(), values);
    }

    private static List<State> states(
            SuccessQuestion asked, Set<Incomplete> reasons, @Nullable Object... values) {
        var cells =
                Stream.concat(Arrays.stream(values), Stream.of(1))
                        .<Cell>map(value ->
                                new Cell.Value(
                                        new Measured(
                                                value,
                                                null,
                                                null,
                                                null,
                                                value == null ? Absence.NO_DATA : null),
                                        reasons))
                        .toList();
        var answer =
                new AnalysisResult(
                        List.of(),
                        List.of(new Row(RowKind.CELL, cells, List.of())),
                        false,
                        null,
                        SUBJECT.asOf(),
                        List.of());
        return asked.folded(answer).stream().map(SuccessOfAccount::state).toList();
    }

    private static SuccessQuestion asked(Window window) {
        return new SuccessQuestion(SUBJECT, List.of(success("renewed", window)));
    }

    @Test
    void there_is_one_question_for_each_time_in_which_some_are_decided() {
        var questions =
                SuccessQuestion.of(
                        SUBJECT,
                        List.of(
                                success("one", dates("2026-04-01", "2026-07-01")),
                                success("two", new Window.Days("begins_on", 0, 90)),
                                success("three", dates("2026-04-01", "2026-07-01")),
                                success("four", new Window.Days("begins_on", 28, 269)),
                                success("five", null)));

        assertThat(questions)
                .extracting(question -> question.successes().stream().map(Success::name).toList())
                .containsExactly(List.of("one", "three"), List.of("two", "four"), List.of("five"));
    }

    @Test
    void a_time_that_is_over_has_decided_it() {
        var over = asked(dates("2026-04-01", "2026-07-01"));
        assertThat(Objects.requireNonNull(over.question()).range())
                .isEqualTo(
                        new AskedRange.Between(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 7, 1)));
        assertThat(states(over, 1.0)).containsExactly(State.SUCCEEDED);
        assertThat(states(over, 0.0)).containsExactly(State.NOT_SUCCEEDED);
        assertThat(states(over, (Object) null)).containsExactly(State.NOT_COUNTED);
    }

    @Test
    void a_time_that_is_not_over_has_not_whatever_holds_so_far() {
        var open = asked(dates("2026-04-01", "2026-07-02"));
        assertThat(states(open, 1.0)).containsExactly(State.UNDECIDED);
        assertThat(states(open, 0.0)).containsExactly(State.UNDECIDED);
    }

    @Test
    void a_time_that_is_over_has_decided_nothing_where_data_is_not_complete_until_then() {
        var over = asked(dates("2026-04-01", "2026-07-01"));
        var late = Set.of(Incomplete.BEYOND_COVERAGE);
        assertThat(states(over, late, 0.0)).containsExactly(State.UNDECIDED);
        assertThat(states(over, late, 1.0)).containsExactly(State.UNDECIDED);
        assertThat(states(over, late, (Object) null)).containsExactly(State.NOT_COUNTED);
        assertThat(states(over, Set.of(Incomplete.BEFORE_COVERAGE), 0.0))
                .containsExactly(State.NOT_SUCCEEDED);
    }

    @Test
    void broken_data_has_decided_nothing() {
        var broken = Set.of(Incomplete.BROKEN_DATA);
        var over = asked(dates("2026-04-01", "2026-07-01"));
        assertThat(states(over, broken, 1.0)).containsExactly(State.UNDECIDED);
        assertThat(states(over, broken, (Object) null)).containsExactly(State.NOT_COUNTED);
        var now = new SuccessQuestion(SUBJECT, List.of(success("renewed", null)));
        assertThat(states(now, broken, 1.0)).containsExactly(State.UNDECIDED);
        assertThat(states(now, Set.of(Incomplete.BUCKET_NOT_OVER), 1.0))
                .containsExactly(State.SUCCEEDED);
    }

    @Test
    void a_time_that_has_not_begun_is_not_asked_about() {
        var ahead = asked(dates("2026-07-01", "2026-10-01"));
        assertThat(ahead.question()).isNull();
        assertThat(ahead.folded(null))
                .extracting(SuccessOfAccount::state)
                .containsExactly(State.UNDECIDED);
    }

    @Test
    void days_are_counted_from_the_date_of_the_account() {
        var days = asked(new Window.Days("begins_on", 28, 91));

        // 91 days from April 1 are over with July 1, from April 2 they are not.
        assertThat(states(days, 1.0, LocalDate.of(2026, 4, 1))).containsExactly(State.SUCCEEDED);
        assertThat(states(days, 1.0, LocalDate.of(2026, 4, 2))).containsExactly(State.UNDECIDED);
        assertThat(states(days, 1.0, null)).containsExactly(State.NOT_COUNTED);
    }

    @Test
    void days_without_a_value_yet_have_not_decided_it_and_what_holds_so_far_is_asked() {
        var days = asked(new Window.Days("begins_on", 0, 30));
        var pending = Set.of(Incomplete.BUCKET_NOT_OVER, Incomplete.PENDING);

        // By the calendar they are over on July 1; their data is not there until then.
        assertThat(states(days, pending, null, LocalDate.of(2026, 6, 1)))
                .containsExactly(State.UNDECIDED);
        assertThat(states(days, Set.of(), null, LocalDate.of(2026, 6, 1)))
                .containsExactly(State.NOT_COUNTED);

        var open =
                new SuccessOfAccount(
                        success("renewed", new Window.Days("begins_on", 0, 30)),
                        LocalDate.of(2026, 6, 15),
                        LocalDate.of(2026, 7, 15),
                        State.UNDECIDED,
                        false);
        assertThat(SuccessQuestion.soFar(SUBJECT, List.of(open)))
                .extracting(question -> Objects.requireNonNull(question.question()).range())
                .containsExactly(
                        new AskedRange.Between(
                                LocalDate.of(2026, 6, 15), LocalDate.of(2026, 7, 15)));
        assertThat(SuccessQuestion.soFar(SUBJECT, List.of(open.holding(true))))
                .singleElement()
                .extracting(question -> Objects.requireNonNull(question.question()).metrics())
                .asString()
                .doesNotContain("over");
    }

    @Test
    void facts_are_read_over_the_days_where_it_is_decided_from_the_date_on() {
        assertThat(column(new Window.Days("begins_on", 0, 90)))
                .contains("over 90 days from begins_on");
        assertThat(column(new Window.Days("begins_on", 28, 90))).doesNotContain("over");
    }

    private static String column(Window window) {
        return Objects.requireNonNull(asked(window).question())
                .metrics()
                .getFirst()
                .metric()
                .toString();
    }
}
