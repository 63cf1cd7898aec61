package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;

/** A wrong question gets all its problems at once, with code, place and suggestions, and the service goes on. */
@TestInstance(Lifecycle.PER_CLASS)
class WrongQuestionsTest {
    private static final String ASK =
            "query($input: AnalysisInput!) { analyze(input: $input) { records } }";
    private static final Map<String, Object> HALF_A_YEAR =
            Map.of("between", Map.of("from", "2026-01-01", "to", "2026-07-01"));

    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
    }

    @AfterAll
    void stop() {
        cairn.close();
    }

    @AfterEach
    void the_service_goes_on() {
        var answer = ask(question(key("sample_nps")));
        assertThat(answer.at("/data/analyze/records/0/sample_nps").isNumber()).isTrue();
    }

    private JsonNode ask(Map<String, Object> question) {
        return cairn.ask(ASK, Map.of("input", question));
    }

    @Test
    void a_number_that_is_too_large_is_the_questions_fault() {
        var answer =
                ask(
                        question(
                                formula(
                                        "let n = 10 + 0 * count(sample_event) in power(n, 300) * power(n, 300)")));
        var error = answer.at("/errors/0");

        assertThat(error.at("/extensions/code").asString())
                .as(answer.toString())
                .isEqualTo("BAD_QUERY");
        assertThat(error.at("/extensions/problems/0/code").asString()).isEqualTo("LIMIT");
        assertThat(error.path("message").asString()).contains("larger than can be computed");
    }

    @SafeVarargs
    private static Map<String, Object> question(Map<String, Object>... metrics) {
        return new HashMap<>(Map.of("metrics", List.of(metrics), "timeRange", HALF_A_YEAR));
    }

    private static Map<String, Object> key(String key) {
        return Map.of("metric", Map.of("key", key));
    }

    private static Map<String, Object> formula(String formula) {
        return Map.of("metric", Map.of("formula", formula), "as", "x");
    }

    private static Map<String, Object> with(
            Map<String, Object> question, String field, Object value) {
        question.put(field, value);
        return question;
    }

    /** Code, place and suggestions of each problem, in a line. */
    private List<String> problems(Map<String, Object> question) {
        var answer = ask(question);
        assertThat(answer.at("/data/analyze").isNull()).as(answer.toString()).isTrue();
        assertThat(answer.at("/errors/0/extensions/code").stringValue())
                .as(answer.toString())
                .isEqualTo("BAD_QUERY");
        var lines = new ArrayList<String>();
        for (var problem : answer.at("/errors/0/extensions/problems")) {
            var path = new ArrayList<String>();
            problem.get("path").forEach(part -> path.add(part.asString()));
            var near = new ArrayList<String>();
            problem.get("suggestions").forEach(part -> near.add(part.asString()));
            lines.add(
                    "%s %s %s:%s %s"
                            .formatted(
                                    problem.get("code").stringValue(),
                                    String.join(".", path),
                                    problem.path("line").asString("-"),
                                    problem.path("column").asString("-"),
                                    near));
        }
        return lines;
    }

    @Test
    void an_unknown_metric_and_dimension_are_told_together_with_near_names() {
        assertThat(problems(with(question(key("sample_np")), "groupBy", List.of("account.plann"))))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("UNKNOWN_METRIC metrics.0.metric.key")
                                .contains("sample_nps"))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("UNKNOWN_DIMENSION groupBy.0")
                                .contains("account.plan"))
                .hasSize(2);
    }

    @Test
    void an_unknown_source_is_told_with_a_near_name() {
        assertThat(problems(question(formula("count(sample_evnt)"))))
                .singleElement()
                .asString()
                .startsWith("UNKNOWN_SOURCE metrics.0.metric.formula 1:7")
                .contains("sample_event");
    }

    @Test
    void a_syntax_error_is_told_with_its_line() {
        assertThat(
                        problems(
                                question(
                                        formula(
                                                "count(sample_event)\n / count(sample_survey\n  wher score > 3)"))))
                .anySatisfy(
                        line -> assertThat(line).startsWith("SYNTAX metrics.0.metric.formula 3:"));
    }

    @Test
    void row_and_cell_may_not_be_mixed() {
        assertThat(problems(question(formula("sum(sample_invoice : amount) + amount"))))
                .singleElement()
                .asString()
                .startsWith("LEVEL_MISMATCH metrics.0.metric.formula 1:32")
                .contains("sum(sample_invoice : amount)");
    }

    @Test
    void a_division_by_a_sum_that_is_zero_has_no_value_and_says_why() {
        var answer =
                cairn.ask(
                        """
                        query($input: AnalysisInput!) { analyze(input: $input) {
                          records rows { cells { column number absence numerator denominator } } } }\
                        """,
                        Map.of(
                                "input",
                                question(
                                        formula(
                                                "count(sample_event) / sum(sample_survey where score > 10 : score)"))));
        assertThat(answer.at("/data/analyze/records/0/x").isNull()).as(answer.toString()).isTrue();
        assertThat(answer.at("/data/analyze/rows/0/cells/0/absence").stringValue())
                .isEqualTo("ZERO_BASE");
        assertThat(answer.at("/data/analyze/rows/0/cells/0/denominator").stringValue())
                .isEqualTo("0");
    }

    @Test
    void a_dimension_that_one_metric_lacks_is_told_with_that_metric() {
        var answer =
                ask(
                        with(
                                question(key("sample_nps"), key("sample_revenue")),
                                "groupBy",
                                List.of("sample_survey.score")));
        assertThat(answer.at("/errors/0/extensions/problems/0/code").stringValue())
                .isEqualTo("INCOMPATIBLE");
        assertThat(answer.at("/errors/0/extensions/problems/0/message").stringValue())
                .contains("sample_revenue");
    }

    @Test
    void an_end_before_the_start_and_a_page_of_minus_one_are_told_together() {
        var question = with(question(key("sample_nps")), "first", -1);
        question.put(
                "timeRange", Map.of("between", Map.of("from", "2026-07-01", "to", "2026-01-01")));
        assertThat(problems(question))
                .anySatisfy(line -> assertThat(line).startsWith("BAD_RANGE timeRange.between"))
                .anySatisfy(line -> assertThat(line).startsWith("BAD_PAGE first"))
                .hasSize(2);
    }

    @Test
    void a_query_of_sixty_levels_is_refused_and_nothing_is_run() {
        String deep =
                "{ metrics "
                        + "{ edges { node { dependsOn ".repeat(20)
                        + "{ key }"
                        + " } } }".repeat(20)
                        + " }";
        var answer =
                cairn.ask(deep.replace("dependsOn { edges", "dependsOn { key edges"), Map.of());
        assertThat(answer.at("/errors/0/extensions/code").stringValue())
                .as(answer.toString())
                .isIn("QUERY_TOO_EXPENSIVE", "GRAPHQL_VALIDATION_FAILED");
        String legal =
                "{ metric(key: \"sample_nps\") "
                        + "{ dependsOn ".repeat(60)
                        + "{ key }"
                        + " }".repeat(60)
                        + " }";
        assertThat(cairn.ask(legal, Map.of()).at("/errors/0/extensions/code").stringValue())
                .isEqualTo("QUERY_TOO_EXPENSIVE");
    }

    @Test
    void a_metric_that_refers_to_itself_through_another_is_refused_and_nothing_is_written() {
        var first = define("loop_a", "count(sample_event)");
        assertThat(first.at("/problems").isEmpty()).as(first.toString()).isTrue();
        var second = define("loop_b", "loop_a + 1");
        assertThat(second.at("/problems").isEmpty()).as(second.toString()).isTrue();
        var loop =
                cairn.ask(
                        """
                        mutation($input: ReviseMetricInput!) { reviseMetric(input: $input) {
                          metric { version } problems { code message } } }\
                        """,
                        Map.of(
                                "input",
                                Map.of(
                                        "key",
                                        "loop_a",
                                        "expectedVersion",
                                        1,
                                        "formula",
                                        "loop_b + 1")));
        assertThat(loop.at("/data/reviseMetric/problems/0/code").stringValue())
                .as(loop.toString())
                .isEqualTo("CYCLE");
        assertThat(
                        cairn.ask("{ metric(key: \"loop_a\") { formula version } }", Map.of())
                                .at("/data/metric/formula")
                                .stringValue())
                .isEqualTo("count(sample_event)");
    }

    private JsonNode define(String name, String formula) {
        return cairn.ask(
                        """
                        mutation($input: DefineMetricInput!) { defineMetric(input: $input) {
                          metric { key } problems { code message } } }\
                        """,
                        Map.of(
                                "input",
                                Map.of(
                                        "key", name,
                                        "label", name,
                                        "direction", "NEUTRAL",
                                        "domain", "ADOPTION",
                                        "unit", "COUNT",
                                        "of", "CELL",
                                        "formula", formula)))
                .at("/data/defineMetric");
    }

    @Test
    void sql_in_every_string_is_only_text() {
        String sql = "'; drop table account cascade; --";
        var refused =
                with(
                        question(Map.of("metric", Map.of("key", sql), "as", "x")),
                        "groupBy",
                        List.of(sql));
        refused.put("where", sql);
        refused.put("cohort", Map.of("key", sql));
        refused.put("orderBy", List.of(Map.of("column", sql)));
        refused.put("after", sql);
        assertThat(problems(refused)).isNotEmpty();
        var asked =
                with(
                        question(
                                formula(
                                        "count(sample_event where name = '''; drop table account cascade; --')")),
                        "filter",
                        Map.of(
                                "where",
                                Map.of(
                                        "field",
                                        "account.plan",
                                        "op",
                                        "IN",
                                        "values",
                                        List.of(sql))));
        var answer = ask(asked);
        assertThat(answer.at("/data/analyze/records/0/x").intValue())
                .as(answer.toString())
                .isZero();
    }
}
