package dev.cairn.adapters.graphql.shape;

import static dev.cairn.adapters.graphql.Samples.bucket;
import static dev.cairn.adapters.graphql.Samples.measure;
import static dev.cairn.adapters.graphql.Samples.time;
import static dev.cairn.adapters.graphql.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendQuestionTest extends SliceTest {
    private static final String INPUT =
            "input: {frame: {timeRange: {last: {count: 1, grain: MONTH}}, grain: MONTH}, metrics: [{metric: {key: \"seats\"}}], compareTo: {earlier: {count: 1, grain: YEAR}}}";

    private void answers() {
        analyses.answers(
                new AnalysisResult(
                        List.of(
                                time(),
                                measure("seats", null),
                                measure("seats.compared", null),
                                measure("compared_with", null),
                                measure("compared_with.compared", null)),
                        List.of(
                                new Row(
                                        RowKind.CELL,
                                        List.of(
                                                bucket("2026-01-01"),
                                                value(BigDecimal.valueOf(6)),
                                                value(BigDecimal.valueOf(4)),
                                                value(BigDecimal.valueOf(2026)),
                                                value(BigDecimal.valueOf(2025))),
                                        List.of(),
                                        "the-key")),
                        false,
                        null,
                        Instant.parse("2026-01-31T10:00:00Z"),
                        List.of()));
    }

    @Test
    void each_period_has_both_values_and_what_they_differ_by() {
        answers();

        var cells =
                "value { exact } compared { column exact } difference { column exact } change { number numerator denominator }";
        var answer =
                ask("{ trend(%s) { periods { key kind start { text } comparedWith { exact } metrics { column %s } } table { records } } }"
                                .formatted(INPUT, cells))
                        .json()
                        .at("/data/trend");

        assertThat(answer.at("/periods").toString())
                .isEqualTo(
                        "[{\"key\":\"the-key\",\"kind\":\"CELL\",\"start\":{\"text\":\"2026-01-01\"},\"comparedWith\":{\"exact\":\"2025\"},\"metrics\":[{\"column\":\"seats\",\"value\":{\"exact\":\"6\"},\"compared\":{\"column\":\"seats.compared\",\"exact\":\"4\"},\"difference\":{\"column\":\"seats.difference\",\"exact\":\"2\"},\"change\":{\"number\":0.5,\"numerator\":\"2\",\"denominator\":\"4\"}}]}]");
        assertThat(answer.at("/table/records/0/seats.change").asDouble()).isEqualTo(0.5);
    }

    @Test
    void a_value_of_either_time_is_opened_by_the_key_of_its_period() {
        answers();

        ask(
                "{ trendMembers(%s, key: \"the-key\", column: \"seats.compared\") { records } }"
                        .formatted(INPUT));

        var opened = analyses.opened.getLast();
        assertThat(opened.key()).isEqualTo("the-key");
        assertThat(opened.column()).isEqualTo("seats.compared");
        assertThat(opened.question().compareTo()).isNotNull();
    }

    @Test
    void problems_with_metrics_and_the_other_time_stand_where_they_were_written() {
        analyses.rejects(
                Problem.of(
                        ProblemCode.BAD_RANGE, Place.of("compareTo", "earlier", "count"), "Far."));

        assertThat(
                        ask("{ trend(%s) { table { records } } }".formatted(INPUT))
                                .error()
                                .at("/extensions/problems/0/path")
                                .toString())
                .isEqualTo("[\"compareTo\",\"earlier\",\"count\"]");
    }
}
