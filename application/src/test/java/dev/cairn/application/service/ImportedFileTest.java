package dev.cairn.application.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.application.port.Records.Raw;
import dev.cairn.application.port.in.ImportUseCase.Left;
import dev.cairn.application.port.in.ImportUseCase.Overlaps;
import dev.cairn.application.port.in.ImportUseCase.Phase;
import dev.cairn.application.port.in.ImportUseCase.Progress;
import dev.cairn.application.port.in.ImportUseCase.Reject;
import dev.cairn.application.port.in.ImportUseCase.Summary;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportedFileTest extends ImportScenario {
    private static final Notation OPTIONAL =
            new Notation(
                    null, List.of(), null, null, null, null, List.of(), null, null, null, null,
                    true);

    @Test
    void malformed_records_are_rejected_and_the_totals_add_up() {
        var rows =
                List.<Raw>of(
                        new Raw.Read(2, Arrays.asList("2021-07-04", "1", "a", null, "3")),
                        new Raw.Malformed(3, 6, "6 columns, more than the 5 of the header"),
                        new Raw.Read(4, Arrays.asList("2021-07-04", "1", "a", null, "3")));

        var summary = imported("event", new Rows(HEADER, rows.iterator()), EVENT);

        assertThat(summary.read())
                .isEqualTo(3)
                .isEqualTo(summary.loaded() + summary.duplicates() + summary.rejected());
        assertThat(summary.duplicates()).isEqualTo(1);
        assertThat(rejects)
                .containsExactly(
                        new Reject(3, "6", "", "6 columns, more than the 5 of the header"));
    }

    @Test
    void a_broken_file_is_refused_whole() {
        var rows =
                List.<Raw>of(
                        new Raw.Read(2, Arrays.asList("2021-07-04", "1", "a", null, "3")),
                        new Raw.Broken(3, 5, "Bad byte."));

        var problems = problems(bring("event", new Rows(HEADER, rows.iterator()), null, EVENT));

        assertThat(problems)
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).startsWith("Bad byte.");
                    assertThat(problem.place().line()).isEqualTo(3);
                    assertThat(problem.place().column()).isEqualTo(5);
                });
        assertThat(calls).contains("close").doesNotContain("commit null");
    }

    @Test
    void a_declared_column_that_is_missing_is_told_with_the_nearest_in_the_file() {
        var problems =
                problems(
                        bring(
                                "event",
                                Rows.of(List.of("day", "numbr", "Customer", "score")),
                                null,
                                EVENT));

        assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.MISSING);
        assertThat(problems)
                .extracting(Problem::suggestions)
                .containsExactly(List.of("numbr"), List.of("Customer"), List.of());
        assertThat(calls).isEmpty();
    }

    @Test
    void a_file_may_lack_optional_columns_and_is_told_which_with_near_ones() {
        var event = EVENT.withNotation(OPTIONAL);
        var rows = List.<Raw>of(new Raw.Read(2, Arrays.asList("2021-07-04", "1", "a", "5", "3")));

        var summary =
                imported(
                        "event",
                        new Rows(
                                List.of("day", "number", "customer", "person", "scores"),
                                rows.iterator()),
                        event);

        assertThat(summary.loaded()).isEqualTo(1);
        assertThat(summary.left()).containsExactly(new Left("score", List.of("scores")));
    }

    @Test
    void what_a_row_is_told_apart_and_placed_by_is_never_optional() {
        var event = EVENT.withNotation(OPTIONAL);

        var problems = problems(bring("event", Rows.of(List.of("score")), null, event));

        assertThat(problems)
                .extracting(Problem::message)
                .containsExactly(
                        "The file has no column 'day', which source event declares.",
                        "The file has no column 'number', which source event declares.",
                        "The file has no column 'customer', which source event declares.",
                        "The file has no column 'person', which source event declares.");
    }

    @Test
    void columns_of_one_name_are_told_and_so_is_another_separator() {
        assertThat(
                        problems(
                                bring(
                                        "event",
                                        Rows.of(
                                                List.of(
                                                        "day",
                                                        "number",
                                                        "customer",
                                                        "person",
                                                        "score",
                                                        "",
                                                        "day")),
                                        null,
                                        EVENT)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.CONFLICT);
        assertThat(
                        problems(
                                        bring(
                                                "event",
                                                Rows.of(List.of("day;number;customer")),
                                                null,
                                                EVENT))
                                .getFirst()
                                .message())
                .contains("';'");
    }

    @Test
    void an_empty_file_is_told() {
        assertThat(problems(bring("event", Rows.of(List.of()), null, EVENT)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("empty"));
        var broken =
                new Rows(List.of(), List.<Raw>of(new Raw.Broken(1, 3, "Bad byte.")).iterator());
        assertThat(problems(bring("event", broken, null, EVENT)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("Bad byte"));
    }

    @Test
    void a_file_with_a_header_alone_is_an_import_of_nothing() {
        assertThat(imported("event", Rows.of(HEADER), EVENT))
                .isEqualTo(
                        new Summary(
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                Map.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                new Overlaps(0, List.of()),
                                0));
    }

    @Test
    void an_unknown_source_is_told_with_the_nearest_and_a_slice_with_its_source() {
        var slice = new Slice("paid", "", "", "event", "true");

        assertThat(problems(bring("evnt", Rows.of(HEADER), null, EVENT)).getFirst().suggestions())
                .containsExactly("event");
        assertThat(
                        problems(bring("paid", Rows.of(HEADER), null, EVENT, slice))
                                .getFirst()
                                .message())
                .contains("event");
    }

    @Test
    void complete_until_is_handed_on_and_lies_behind_the_beginning() {
        bring("event", Rows.of(HEADER), LocalDate.of(2021, 8, 1), EVENT);

        assertThat(calls).contains("commit 2021-08-01");
        assertThat(problems(bring("event", Rows.of(HEADER), LocalDate.of(2020, 1, 1), EVENT)))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.BAD_RANGE);
        assertThat(
                        problems(
                                bring(
                                        "account",
                                        Rows.of(List.of("account_key")),
                                        LocalDate.of(2020, 1, 1))))
                .hasSize(1);
    }

    @Test
    void columns_that_lead_to_the_account_or_are_read_by_what_is_needed_are_never_optional() {
        var again =
                new Notation(
                        "day", List.of(), null, null, null, null, List.of(), null, null, null, null,
                        null);
        var fields = new ArrayList<>(EVENT.fields());
        fields.add(Field.of("region", DataType.TEXT));
        fields.add(Field.of("day_as_written", DataType.TEXT).with(again));
        var event = source(fields).withNotation(OPTIONAL);

        assertThat(optional(event)).containsExactly("customer", "person", "score", "region");
        assertThat(
                        optional(
                                event.withLinks(List.of(new Link("deal", "deal", List.of("score"))))
                                        .withAccountVia("deal")))
                .containsExactly("customer", "person", "region");
        assertThat(optional(event.withAccountOf(List.of("customer", "region"))))
                .containsExactly("person", "score");
    }

    private static Source source(List<Field> fields) {
        return new Source(
                "event",
                "Event",
                "",
                "day",
                EVENT.zone(),
                EVENT.coverageFrom(),
                null,
                null,
                null,
                EVENT.key(),
                fields);
    }

    private static List<String> optional(Source source) {
        return source.optional().stream().map(Field::name).toList();
    }

    @Test
    void progress_is_told_now_and_then() {
        var lines = new String[25_000];
        Arrays.fill(lines, "2021-07-04,1,a,,3");

        imported("event", Rows.of(HEADER, lines), EVENT);

        assertThat(progress)
                .containsExactly(
                        new Progress(Phase.READING, 10_000),
                        new Progress(Phase.READING, 20_000),
                        new Progress(Phase.MERGING, 25_000));
    }

    @Test
    void rows_that_an_interrupted_import_stored_are_told_as_skipped() {
        stored = 10_000;
        var lines = new String[20_000];
        Arrays.fill(lines, "2021-07-04,1,a,,3");
        lines[0] = "x,1,a,,3";

        imported("event", Rows.of(HEADER, lines), EVENT);

        assertThat(progress)
                .containsExactly(
                        new Progress(Phase.SKIPPING, 10_000),
                        new Progress(Phase.READING, 20_000),
                        new Progress(Phase.MERGING, 20_000));
    }

    @Test
    void as_many_rejects_as_allowed_are_taken() {
        maxRejects = 2;

        var summary =
                imported(
                        "event",
                        Rows.of(HEADER, "x,1,a,,3", "x,2,a,,3", "2021-07-04,3,a,,3"),
                        EVENT);

        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(facts).hasSize(1);
    }

    @Test
    void one_reject_more_than_allowed_stops_the_import_at_its_line() {
        maxRejects = 1;

        var outcome =
                bring("event", Rows.of(HEADER, "x,1,a,,3", "x,2,a,,3", "x,3,a,,3"), null, EVENT);

        assertThat(problems(outcome))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
                    assertThat(problem.place().line()).isEqualTo(3);
                });
        assertThat(rejects).hasSize(2);
        assertThat(calls).containsExactly("begin event 2026-11-21T10:00:00Z", "close");
    }

    @Test
    void a_file_that_fails_to_be_read_leaves_the_load_closed_without_commit() {
        var rows =
                new Iterator<Raw>() {
                    @Override
                    public boolean hasNext() {
                        throw new IllegalStateException("disk gone");
                    }

                    @Override
                    public Raw next() {
                        throw new IllegalStateException("disk gone");
                    }
                };

        assertThatThrownBy(() -> bring("event", new Rows(HEADER, rows), null, EVENT))
                .hasMessage("disk gone");
        assertThat(calls).containsExactly("begin event 2026-11-21T10:00:00Z", "close");
    }
}
