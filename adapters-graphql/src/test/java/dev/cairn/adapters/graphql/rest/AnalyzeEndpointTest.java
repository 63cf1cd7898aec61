package dev.cairn.adapters.graphql.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Questions as plain JSON. */
class AnalyzeEndpointTest extends SliceTest {
    private static final String JSON = "application/json";
    private static final String RANGE =
            "\"timeRange\": {\"between\": {\"from\": \"2026-01-01\", \"to\": \"2026-07-01\"}}";
    private static final String QUESTION =
            "{\"metrics\": [{\"metric\": {\"key\": \"nps\"}}], %s}".formatted(RANGE);

    private static final AnalysisResult RESULT =
            new AnalysisResult(
                    List.of(
                            Samples.time(),
                            Samples.group("account.plan"),
                            Samples.measure("nps", "nps")),
                    List.of(
                            Samples.row(
                                    Samples.bucket("2026-01-01"),
                                    Samples.text("pro"),
                                    Samples.value(new BigDecimal("12.50")))),
                    true,
                    "next",
                    Instant.parse("2026-01-31T10:00:00Z"),
                    List.of(new Notice("CUT_PAGE", "There are more.", null)));

    @Test
    void a_question_is_answered_with_columns_records_notices_and_page() {
        analyses.answers(RESULT);

        var reply = ask(QUESTION, JSON);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith(JSON);
        assertThat(reply.json())
                .isEqualTo(
                        read(
                                """
                                {
                                  "columns": [
                                    {"key": "time", "label": "Time", "role": "TIME", "valueType": "DATE", "unit": null, "currency": null, "direction": null, "attributesAsOf": []},
                                    {"key": "account.plan", "label": "account.plan", "role": "DIMENSION", "valueType": "TEXT", "unit": null, "currency": null, "direction": null, "attributesAsOf": []},
                                    {"key": "nps", "label": "nps", "role": "MEASURE", "valueType": "NUMBER", "unit": "COUNT", "currency": null, "direction": null, "attributesAsOf": []}
                                  ],
                                  "records": [{"time": "2026-01-01", "account.plan": "pro", "nps": 12.50}],
                                  "notices": [{"code": "CUT_PAGE", "message": "There are more.", "column": null}],
                                  "page": {"hasNextPage": true, "endCursor": "next"},
                                  "asOf": "2026-01-31T10:00:00Z",
                                  "knownAt": null
                                }
                                """));
    }

    @Test
    void it_is_the_question_that_graphql_asks_with_the_same_input() {
        var input =
                """
                {
                  "metrics": [{"metric": {"formula": "count(event)"}, "as": "events", "params": [{"name": "days", "value": "5"}]}],
                  "groupBy": ["account.plan"], "grain": "MONTH", "weekStarts": "SUNDAY",
                  "timeRange": {"last": {"count": 6, "grain": "MONTH"}}, "timeZone": "Europe/Paris",
                  "filter": {"any": [{"not": {"where": {"field": "account.plan", "op": "IN", "values": ["pro"]}}}]},
                  "compareTo": {"previous": true}, "asOf": "2026-07-01T00:00:00Z",
                  "orderBy": [{"column": "events", "order": "DESC"}], "first": 10, "top": {"groups": 3}, "where": null
                }
                """;

        ask(input, JSON);
        ask(
                "query($input: AnalysisInput!) { analyze(input: $input) { records } }",
                Map.of("input", JsonMapper.shared().readValue(input, Map.class)));

        assertThat(analyses.asked).hasSize(2);
        assertThat(analyses.asked.getFirst()).isEqualTo(analyses.asked.getLast());
        assertThat(analyses.callers).hasSize(2).containsOnly(analyses.callers.getFirst());
    }

    @Test
    void everything_wrong_with_the_form_is_said_at_once_with_near_names() {
        var reply =
                ask(
                        """
                        {
                          "metrics": [{"metric": {"key": "nps", "formula": "1"}, "sa": "x"}, 5],
                          "grian": "MONTH", "grain": "MONTHS", "first": "ten", "groupBy": "account.plan",
                          "timeRange": {"between": {"from": "2026-13-01"}}, "timeZone": "Europe/Pariss",
                          "orderBy": [{}], "where": "a\\u0000b", "top": {"groups": 1e2000}, "cohort": {}
                        }
                        """,
                        JSON);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("code").asString()).isEqualTo("BAD_USER_INPUT");
        assertThat(problems(reply))
                .containsExactlyInAnyOrder(
                        "CONFLICT metrics.0.metric []",
                        "UNKNOWN_KEY metrics.0.sa [as]",
                        "BAD_VALUE metrics.1 []",
                        "UNKNOWN_KEY grian [grain]",
                        "BAD_VALUE grain [MONTH]",
                        "BAD_VALUE first []",
                        "BAD_VALUE groupBy []",
                        "BAD_VALUE timeRange.between.from []",
                        "MISSING timeRange.between.to []",
                        "BAD_VALUE timeZone []",
                        "MISSING orderBy.0.column []",
                        "BAD_VALUE where []",
                        "BAD_VALUE top.groups []",
                        "MISSING cohort []");
        assertThat(analyses.asked).isEmpty();
    }

    @Test
    void what_is_required_is_asked_for() {
        assertThat(problems(ask("{}", JSON)))
                .containsExactly("MISSING metrics []", "MISSING timeRange []");
        assertThat(problems(ask("{\"metrics\": null, %s}".formatted(RANGE), JSON)))
                .containsExactly("MISSING metrics []");
    }

    @Test
    void no_more_is_listed_than_anybody_reads() {
        var fields = Stream.iterate(1, at -> at + 1).limit(5_000).map("\"x%d\": 1"::formatted);

        var reply = ask("{%s}".formatted(String.join(",", fields.toList())), JSON);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("problems")).hasSizeLessThanOrEqualTo(101);
    }

    @Test
    void a_question_that_cannot_be_answered_has_the_problems_of_graphql() {
        analyses.rejects(
                Problem.of(ProblemCode.UNKNOWN_METRIC, Place.of("metrics", "0"), "No metric 'nsp'.")
                        .suggesting(List.of("nps")));

        var reply = ask(QUESTION, JSON);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json())
                .isEqualTo(
                        read(
                                """
                                {
                                  "title": "Unprocessable Content", "status": 422, "code": "BAD_QUERY",
                                  "detail": "No metric 'nsp'. Did you mean 'nps'?",
                                  "problems": [{"code": "UNKNOWN_METRIC", "message": "No metric 'nsp'. Did you mean 'nps'?", "path": ["metrics", "0"], "line": null, "column": null, "suggestions": ["nps"]}]
                                }
                                """));
    }

    @Test
    void a_page_over_the_limit_of_cost_is_refused_before_anything_runs() {
        var reply = ask(QUESTION.replaceFirst("\\{", "{\"first\": 1000000,"), JSON);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().path("code").asString()).isEqualTo("QUERY_TOO_EXPENSIVE");
        assertThat(reply.json().path("setting").asString()).isEqualTo("cairn.limits.cost");
        assertThat(analyses.asked).isEmpty();
    }

    @Test
    void a_body_over_the_limit_is_refused() {
        var reply = ask("{\"where\": \"%s\"}".formatted("a".repeat(5_000_000)), JSON);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().path("setting").asString()).isEqualTo("cairn.limits.body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "5",
                "{",
                "{\"first\": 1, \"first\": 2}",
                "{\"where\": \"\\ud800\"}",
                "{} {}"
            })
    void what_is_no_json_object_is_refused(String body) {
        var reply = ask(body, JSON);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(analyses.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, application/json, 415",
        "application/x-www-form-urlencoded, application/json, 415",
        "application/json;charset=latin1, application/json, 415",
        "application/json, text/html, 406",
        "application/json, */*, 200"
    })
    void only_json_is_taken_and_given(String type, String accept, int status) {
        assertThat(send(request(QUESTION, type).setHeader("Accept", accept).build()).status())
                .isEqualTo(status);
    }

    @Test
    void a_packed_body_is_refused() {
        assertThat(
                        send(request(QUESTION, JSON).header("Content-Encoding", "gzip").build())
                                .status())
                .isEqualTo(415);
    }

    @Test
    void nothing_but_post_is_taken() {
        var reply = send(HttpRequest.newBuilder(url().resolve("/api/analyze")).GET().build());

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @Test
    void a_bug_is_told_by_its_id_alone() {
        analyses.does(_ -> {
            throw new IllegalStateException("secret");
        });

        var reply = ask(QUESTION, JSON);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.json().path("code").asString()).isEqualTo("INTERNAL_ERROR");
        assertThat(reply.json().path("id").asString()).isNotEmpty();
        assertThat(reply.response().body()).doesNotContain("secret");
    }

    private Reply ask(String body, String type) {
        return send(request(body, type).build());
    }

    private HttpRequest.Builder request(String body, String type) {
        return HttpRequest.newBuilder(url().resolve("/api/analyze"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body));
    }

    private static List<String> problems(Reply reply) {
        return reply.json().path("problems").valueStream().map(AnalyzeEndpointTest::told).toList();
    }

    private static String told(JsonNode problem) {
        var path = problem.path("path").valueStream().map(JsonNode::asString).toList();
        var near = problem.path("suggestions").valueStream().map(JsonNode::asString).toList();
        return "%s %s %s".formatted(problem.path("code").asString(), String.join(".", path), near);
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
