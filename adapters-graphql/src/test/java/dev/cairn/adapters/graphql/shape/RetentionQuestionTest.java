package dev.cairn.adapters.graphql.shape;

import static dev.cairn.adapters.graphql.Samples.bucket;
import static dev.cairn.adapters.graphql.Samples.group;
import static dev.cairn.adapters.graphql.Samples.measure;
import static dev.cairn.adapters.graphql.Samples.text;
import static dev.cairn.adapters.graphql.Samples.time;
import static dev.cairn.adapters.graphql.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.MembersQuery.Part;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionQuestionTest extends SliceTest {
    private static final String INPUT =
            "input: {frame: {timeRange: {last: {count: 1, grain: MONTH}}, grain: MONTH, groupBy: [\"account.plan\"]}, start: {facts: \"event\"}, ages: {exact: 1}}";

    private static Cell.Value share(int numerator, int denominator) {
        return new Cell.Value(
                new Measured(
                        (double) numerator / denominator,
                        BigDecimal.valueOf(numerator),
                        BigDecimal.valueOf(denominator),
                        (long) denominator,
                        null),
                Set.of());
    }

    private void answers() {
        analyses.answers(
                new AnalysisResult(
                        List.of(
                                time(),
                                group("account.plan as of start"),
                                measure("size", null),
                                measure("age_0", null),
                                measure("age_1", null)),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(
                                                bucket("2026-01-01"),
                                                text("pro"),
                                                value(BigDecimal.valueOf(4)),
                                                share(4, 4),
                                                share(1, 4)),
                                        List.of(GroupValue.of("pro")),
                                        "the-key")),
                        false,
                        null,
                        Instant.parse("2026-01-31T10:00:00Z"),
                        List.of()));
    }

    @Test
    void cohorts_have_their_group_size_and_cells_and_averages_follow() {
        answers();

        var cohort =
                "{ key start { text } groups { text key } size { exact } ages { from to cell { column number numerator } } }";
        var answer =
                ask("{ retention(%s) { cohorts %s averages %s formulas { column formula } table { records } } }"
                                .formatted(INPUT, cohort, cohort))
                        .json()
                        .at("/data/retention");

        assertThat(answer.at("/cohorts/0").toString())
                .isEqualTo(
                        "{\"key\":\"the-key\",\"start\":{\"text\":\"2026-01-01\"},\"groups\":[{\"text\":\"pro\",\"key\":\"VALUE\"}],\"size\":{\"exact\":\"4\"},\"ages\":[{\"from\":0,\"to\":0,\"cell\":{\"column\":\"age_0\",\"number\":1.0,\"numerator\":\"4\"}},{\"from\":1,\"to\":1,\"cell\":{\"column\":\"age_1\",\"number\":0.25,\"numerator\":\"1\"}}]}");
        assertThat(answer.at("/averages").size()).isEqualTo(2);
        assertThat(answer.at("/averages/1/groups/0/key").asString()).isEqualTo("TOTAL");
        assertThat(answer.at("/averages/1/key").isNull()).isTrue();
        assertThat(answer.at("/formulas/0/column").asString()).isEqualTo("size");
        assertThat(answer.at("/table/records").size()).isEqualTo(1);
    }

    @Test
    void a_cell_is_opened_by_the_key_of_its_cohort() {
        answers();

        ask(
                "{ retentionMembers(%s, key: \"the-key\", column: \"age_1\", part: NUMERATOR) { records } }"
                        .formatted(INPUT));

        var opened = analyses.opened.getLast();
        assertThat(opened.key()).isEqualTo("the-key");
        assertThat(opened.column()).isEqualTo("age_1");
        assertThat(opened.part()).isEqualTo(Part.NUMERATOR);
        assertThat(opened.question().groupBy()).containsExactly("account.plan as of start");
    }

    @Test
    void problems_stand_at_their_place_in_the_input() {
        var own =
                ask("{ retention(%s) { table { records } } }"
                                .formatted(INPUT.replace("\"event\"", "\"event where\"")))
                        .error();
        assertThat(own.at("/extensions/code").asString()).isEqualTo("BAD_QUERY");
        assertThat(own.at("/extensions/problems/0/path").toString())
                .isEqualTo("[\"start\",\"facts\"]");

        analyses.rejects(
                Problem.of(ProblemCode.BAD_RANGE, Place.of("timeRange", "last"), "Too long."));
        var ofFrame = ask("{ retention(%s) { table { records } } }".formatted(INPUT)).error();
        assertThat(ofFrame.at("/extensions/problems/0/path").toString())
                .isEqualTo("[\"frame\",\"timeRange\",\"last\"]");
    }
}
