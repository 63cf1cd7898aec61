package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.in.ImportUseCase.Complete;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.out.AccountDirectory.ContradictoryHistory;
import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportedHistoryTest extends ImportScenario {
    private static final Entity PLAIN =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "id",
                    List.of(new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE)));
    private static final Entity INTERVALS = PLAIN.with(new History.Intervals("from", "to"));
    private static final Entity SNAPSHOTS = PLAIN.with(new History.Snapshots("ds"));
    private static final Entity OF_FILES = PLAIN.with(new History.OfFiles());

    private static Member held(String plan, @Nullable String from, @Nullable String until) {
        return new Member(
                "a", null, null, null, List.of(plan), new Held(day(from), day(until), false));
    }

    private static Member seen(String plan, String on) {
        return new Member("a", null, null, null, List.of(plan), new Held(day(on), null, true));
    }

    private static @Nullable LocalDate day(@Nullable String day) {
        return day == null ? null : LocalDate.parse(day);
    }

    private ProblemCode refused(Entity entity, String... header) {
        return problems(bring("account", Rows.of(List.of(header)), null, entity)).getFirst().code();
    }

    @Test
    void rows_hold_from_one_column_until_another_and_not_backwards() {
        imported(
                "account",
                Rows.of(
                        List.of("id", "plan", "from", "to"),
                        "a,free,,2026-02-01",
                        "a,pro,2026-02-01,",
                        "a,odd,2026-02-02,2026-02-01",
                        "a,odd,soon,"),
                INTERVALS);

        assertThat(members)
                .containsExactly(held("free", null, "2026-02-01"), held("pro", "2026-02-01", null));
        assertThat(rejects)
                .containsExactly(
                        new Reject(
                                4,
                                "to",
                                "2026-02-01",
                                "it ends before it begins, which is 2026-02-02"),
                        new Reject(
                                5,
                                "from",
                                "soon",
                                "not a date (2026-01-31); another form is declared by format"));
    }

    @Test
    void codes_that_stand_in_place_of_a_day_are_none() {
        imported(
                "account",
                Rows.of(
                        List.of("id", "plan", "from", "to"),
                        "a,free,\\N,2026-02-01",
                        "a,pro,2026-02-01,9999-12-31"),
                PLAIN.with(new History.Intervals("from", "to", List.of("\\N", "9999-12-31"))));

        assertThat(rejects).isEmpty();
        assertThat(members)
                .containsExactly(held("free", null, "2026-02-01"), held("pro", "2026-02-01", null));
    }

    @Test
    void snapshots_are_of_the_day_in_their_column_or_of_that_of_the_file() {
        imported(
                "account",
                Rows.of(List.of("id", "plan", "ds"), "a,free,2026-01-01", "a,pro,"),
                SNAPSHOTS);
        assertThat(rejects)
                .containsExactly(new Reject(3, "ds", "", "a snapshot says of which day it is"));

        asOf = LocalDate.parse("2026-03-01");
        imported("account", Rows.of(List.of("id", "plan"), "a,pro"), OF_FILES);
        imported("account", Rows.of(List.of("id", "plan"), "a,max"), INTERVALS);

        assertThat(members)
                .containsExactly(
                        seen("free", "2026-01-01"),
                        seen("pro", "2026-03-01"),
                        seen("max", "2026-03-01"));
    }

    @Test
    void a_file_that_does_not_say_when_or_says_it_twice_or_in_vain_is_refused() {
        assertThat(refused(INTERVALS, "id", "plan", "from")).isEqualTo(ProblemCode.MISSING);
        assertThat(refused(OF_FILES, "id", "plan")).isEqualTo(ProblemCode.MISSING);
        asOf = LocalDate.parse("2026-03-01");
        assertThat(refused(SNAPSHOTS, "id", "plan", "ds")).isEqualTo(ProblemCode.CONFLICT);
        assertThat(refused(PLAIN, "id", "plan")).isEqualTo(ProblemCode.BAD_VALUE);
        assertThat(problems(bring("event", Rows.of(HEADER), null, EVENT)).getFirst().code())
                .isEqualTo(ProblemCode.BAD_VALUE);
        assertThat(members).isEmpty();
    }

    @Test
    void a_file_that_contradicts_itself_is_refused_with_how_often_and_where() {
        contradiction = new ContradictoryHistory("account", 3, 2);
        asOf = LocalDate.parse("2026-03-01");

        assertThat(
                        problems(
                                bring(
                                        "account",
                                        Rows.of(
                                                List.of("id", "plan"),
                                                "a,pro",
                                                ",pro",
                                                ",pro",
                                                "a,free"),
                                        null,
                                        OF_FILES)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT);
                    assertThat(problem.message())
                            .isEqualTo(
                                    "The file contradicts itself: 3 of its rows say of a day what an earlier row of the same key says otherwise; the first of them is on line 5. Nothing was imported.");
                });
    }

    @Test
    void a_complete_file_closes_as_of_its_day_of_each_snapshot_or_as_of_the_import() {
        complete = new Complete(7L);
        imported("account", Rows.of(List.of("id", "plan", "from", "to"), "a,x,,"), INTERVALS);
        imported("account", Rows.of(List.of("id", "plan", "ds"), "a,x,2026-01-01"), SNAPSHOTS);
        complete = new Complete(null);
        isTrial = true;
        asOf = LocalDate.parse("2026-03-01");
        imported("account", Rows.of(List.of("id", "plan"), "a,x"), OF_FILES);

        assertThat(calls)
                .contains(
                        // 00:00 of the 22nd where a day begins first
                        new Closing(LocalDate.parse("2026-11-22"), false, 7L).toString(),
                        new Closing(null, true, 7L).toString(),
                        "try " + new Closing(LocalDate.parse("2026-03-01"), true, null));
    }

    @Test
    void what_cannot_be_complete_is_refused() {
        complete = new Complete(null);

        var plain = problems(bring("account", Rows.of(List.of("id", "plan")), null, PLAIN));
        var facts = problems(bring("event", Rows.of(HEADER), null, EVENT));
        assertThat(plain)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.INCOMPATIBLE);
                    assertThat(problem.message()).contains("no history");
                });
        assertThat(facts)
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("happen and stay"));
        assertThat(calls).isEmpty();
    }

    @Test
    void a_complete_file_with_rejected_rows_says_not_all_and_closes_nothing() {
        complete = new Complete(null);

        var problems =
                problems(
                        bring(
                                "account",
                                Rows.of(List.of("id", "plan", "ds"), "a,x,2026-01-01", "b,x,"),
                                null,
                                SNAPSHOTS));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT);
                    assertThat(problem.message()).contains("1 rows were rejected");
                });
        assertThat(calls).noneMatch(call -> call.startsWith("commit"));
    }

    @Test
    void a_closing_that_is_refused_is_a_problem_with_its_code() {
        complete = new Complete(null);
        asOf = LocalDate.parse("2026-03-01");
        refused = new ClosingRefused(ProblemCode.LIMIT, "Too many.");

        assertThat(
                        problems(
                                bring(
                                        "account",
                                        Rows.of(List.of("id", "plan"), "a,x"),
                                        null,
                                        OF_FILES)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
                    assertThat(problem.message()).isEqualTo("Too many. Nothing was imported.");
                });
    }

    private static Source listing(History history, Field day) {
        return Source.entity(
                "listing",
                "listing",
                "",
                List.of("id"),
                List.of(Field.of("id", DataType.TEXT), Field.of("beds", DataType.INTEGER), day),
                Notation.STANDARD,
                List.of(),
                history);
    }

    @Test
    void file_of_an_entity_of_ones_own_is_of_the_day_that_the_import_says() {
        var listing = listing(new History.OfFiles(), Field.of("as_of", DataType.DATE));
        var header = List.of("id", "beds");

        assertThat(problems(bring("listing", Rows.of(header, "flat,2"), null, listing)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.MISSING);
        asOf = LocalDate.parse("2026-03-01");
        imported("listing", Rows.of(header, "flat,2"), listing);
        assertThat(facts.getFirst().values()).startsWith("flat", 2L, LocalDate.parse("2026-03-01"));
        var dated = Rows.of(List.of("id", "beds", "as_of"), "flat,2,2026-01-01");
        assertThat(problems(bring("listing", dated, null, listing)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.CONFLICT);
    }

    @Test
    void row_of_an_entity_of_ones_own_does_not_end_before_it_begins() {
        var listing =
                Source.entity(
                        "listing",
                        "listing",
                        "",
                        List.of("id"),
                        List.of(
                                Field.of("id", DataType.TEXT),
                                Field.of("since", DataType.DATE),
                                Field.of("until", DataType.DATE)),
                        Notation.STANDARD,
                        List.of(),
                        new History.Intervals("since", "until"));
        imported(
                "listing",
                Rows.of(
                        List.of("id", "since", "until"),
                        "flat,2026-01-01,",
                        "flat,2026-02-02,2026-02-01",
                        "hut,,2026-02-01"),
                listing);

        assertThat(facts).hasSize(1);
        assertThat(rejects).extracting(Reject::column).containsExactly("until", "since");
    }
}
