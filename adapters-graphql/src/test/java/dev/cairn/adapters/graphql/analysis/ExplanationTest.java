package dev.cairn.adapters.graphql.analysis;

import static dev.cairn.adapters.graphql.Samples.measure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.in.AnalyzeUseCase.Explanation;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A dry run gives as data what analyze gives as errors. */
class ExplanationTest extends SliceTest {
    @Test
    void an_explanation_that_is_valid() {
        analyses.explains(
                new Explanation(
                        List.of(),
                        List.of(measure("n", null)),
                        List.of("Read survey.", "Count."),
                        3_000_000_000L,
                        "select 1"));

        assertThat(explain().toString())
                .isEqualTo(
                        "{\"valid\":true,\"problems\":[],\"columns\":[{\"key\":\"n\"}],"
                                + "\"cost\":{\"estimated\":71,\"limit\":5000},\"plan\":[\"Read survey.\",\"Count.\"],\"rowsToRead\":\"3000000000\",\"sql\":\"select 1\"}");
    }

    @Test
    void an_explanation_gives_problems_as_data() {
        analyses.explains(
                new Explanation(
                        List.of(
                                Problem.of(
                                                ProblemCode.UNKNOWN_METRIC,
                                                Place.of("metrics", "0", "metric", "key"),
                                                "No metric 'nsp'.")
                                        .suggesting(List.of("nps")),
                                Problem.of(
                                        ProblemCode.SYNTAX,
                                        Place.of("where").at(3, 7),
                                        "Expected ')'.")),
                        List.of(),
                        List.of(),
                        null,
                        null));

        var explanation = explain();

        assertThat(explanation.path("valid").asBoolean()).isFalse();
        assertThat(explanation.path("sql").isNull()).isTrue();
        assertThat(explanation.at("/problems/0").toString())
                .isEqualTo(
                        "{\"code\":\"UNKNOWN_METRIC\",\"message\":\"No metric 'nsp'. Did you mean 'nps'?\","
                                + "\"path\":[\"metrics\",\"0\",\"metric\",\"key\"],\"line\":null,\"column\":null,\"suggestions\":[\"nps\"]}");
        assertThat(explanation.at("/problems/1/line").asInt()).isEqualTo(3);
        assertThat(explanation.at("/problems/1/column").asInt()).isEqualTo(7);
    }

    @Test
    void an_explanation_is_not_valid_where_the_answer_would_cost_too_much() {
        var explanation = new Explanation(List.of(), List.of(), List.of(), null, "select 1");

        var affordable = new ExplanationOutput(explanation, new QueryCost(71, 71));
        var expensive = new ExplanationOutput(explanation, new QueryCost(71, 70));

        assertThat(affordable.valid()).isTrue();
        assertThat(expensive.valid()).isFalse();
        assertThat(expensive.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.LIMIT);
                    assertThat(problem.path()).containsExactly("first");
                    assertThat(problem.message())
                            .isEqualTo(
                                    "71 units of estimated cost; at most 70 are allowed. Ask for fewer rows a page.");
                });
    }

    private JsonNode explain() {
        return ask("""
        { explain(input: {metrics: [{metric: {key: "n"}}], timeRange: {last: {count: 1, grain: DAY}}}) {
          valid problems { code message path line column suggestions } columns { key } cost { estimated limit } plan rowsToRead sql } }
        """)
                .json()
                .at("/data/explain");
    }
}
