package dev.cairn.adapters.graphql.analysis;

import static dev.cairn.adapters.graphql.Samples.bucket;
import static dev.cairn.adapters.graphql.Samples.measure;
import static dev.cairn.adapters.graphql.Samples.time;
import static dev.cairn.adapters.graphql.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.MembersQuery;
import dev.cairn.domain.analysis.MembersQuery.By;
import dev.cairn.domain.analysis.MembersQuery.Part;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cells are opened from an answer, and later by the key that it gave. */
class MembersTest extends SliceTest {
    private static final String INPUT =
            "input: {metrics: [{metric: {key: \"n\"}}], timeRange: {last: {count: 1, grain: DAY}}}";

    private void answersWithAKey() {
        analyses.answers(
                new AnalysisResult(
                        List.of(time(), measure("n", null)),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(bucket("2026-01-01"), value(BigDecimal.TEN)),
                                        List.of(),
                                        "the-key")),
                        false,
                        null,
                        Instant.parse("2026-01-31T10:00:00Z"),
                        List.of()));
    }

    @Test
    void a_row_gives_the_key_that_opens_it() {
        answersWithAKey();

        var rows = ask("{ analyze(%s) { rows { key } } }".formatted(INPUT)).json();
        var opened =
                ask("{ members(%s, key: \"the-key\", column: \"n\") { records } }".formatted(INPUT))
                        .json();

        assertThat(rows.at("/data/analyze/rows/0/key").asString()).isEqualTo("the-key");
        assertThat(opened.at("/data/members/records/0/n").asInt()).isEqualTo(10);
        var asked = analyses.opened.getLast();
        assertThat(asked).isEqualTo(MembersQuery.of(analyses.asked.getLast(), "the-key", "n"));
    }

    @Test
    void keys_of_rows_are_made_only_where_they_are_needed() {
        answersWithAKey();

        for (String selected :
                List.of("records", "rows { kind cells { column } }", "columns { key }")) {
            ask("{ analyze(%s) { %s } }".formatted(INPUT, selected));
            assertThat(analyses.asked.getLast().keys()).as(selected).isFalse();
        }
        for (String selected :
                List.of(
                        "rows { key }",
                        "rows { row: key }",
                        "rows { cells { members { asOf } } }")) {
            ask(
                    "{ analyze(%s) { %s } }"
                            .formatted(
                                    INPUT.replace("timeRange", "first: 2, timeRange"), selected));
            assertThat(analyses.asked.getLast().keys()).as(selected).isTrue();
        }
    }

    @Test
    void every_argument_is_passed_on() {
        ask(
                "{ members(%s, key: \"k\", column: \"n\", by: ROW, part: NUMERATOR, order: ASC, first: 7, after: \"c\") { pageInfo { hasPreviousPage } } }"
                        .formatted(INPUT));

        var asked = analyses.opened.getLast();
        assertThat(asked.by()).isEqualTo(By.ROW);
        assertThat(asked.part()).isEqualTo(Part.NUMERATOR);
        assertThat(asked.descending()).isFalse();
        assertThat(asked.first()).isEqualTo(7);
        assertThat(asked.after()).isEqualTo("c");
    }

    @Test
    void a_cell_is_opened_where_it_stands() {
        answersWithAKey();

        var answer =
                ask("{ analyze(%s) { rows { cells { members(by: USER) { records } } } } }"
                                .formatted(INPUT.replace("timeRange", "first: 2, timeRange")))
                        .json();

        assertThat(answer.path("errors")).as(answer.toString()).isEmpty();
        var cells = answer.at("/data/analyze/rows/0/cells");
        assertThat(cells.get(0).path("members").isNull()).isTrue();
        assertThat(cells.get(1).at("/members/records/0/n").asInt()).isEqualTo(10);
        assertThat(analyses.opened).hasSize(1);
        assertThat(analyses.opened.getFirst().by()).isEqualTo(By.USER);
        assertThat(analyses.opened.getFirst().key()).isEqualTo("the-key");
    }

    @Test
    void what_is_wrong_is_said_as_for_a_question() {
        analyses.rejects(Problem.of(ProblemCode.BAD_KEY, Place.of("key"), "No key."));

        var reply = ask("{ members(%s, key: \"k\", column: \"n\") { records } }".formatted(INPUT));

        assertThat(reply.code()).isEqualTo("BAD_QUERY");
        assertThat(reply.error().at("/extensions/problems/0/code").asString()).isEqualTo("BAD_KEY");
        assertThat(reply.error().at("/extensions/problems/0/path/0").asString()).isEqualTo("key");
    }

    @Test
    void cells_of_large_pages_are_not_opened_in_place() {
        answersWithAKey();

        var document =
                "{ analyze(%s) { rows { cells { members { records } } } } }".formatted(INPUT);

        assertThat(ask(document).code()).isEqualTo("QUERY_TOO_EXPENSIVE");
        assertThat(analyses.asked).isEmpty();
    }
}
