package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The faces of one answer say the same. */
@TestInstance(Lifecycle.PER_CLASS)
class FacesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUESTION =
            """
            {
              "metrics": [{"metric": {"key": "sample_nps"}}, {"metric": {"key": "sample_active_users"}}],
              "groupBy": ["account.plan"], "grain": "MONTH",
              "timeRange": {"between": {"from": "2026-01-01", "to": "2026-07-01"}}, "asOf": "2026-07-02T00:00:00Z"
            }
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
    }

    @AfterAll
    void stop() {
        http.close();
        cairn.close();
    }

    @Test
    void plain_json_has_the_records_of_graphql() throws Exception {
        var plain = JSON.readTree(text(post("/api/analyze", QUESTION)));

        assertThat(plain.path("records")).hasSizeGreaterThan(10);
        assertThat(plain.path("records")).isEqualTo(overGraphql("records"));
        assertThat(plain.path("asOf").asString()).isEqualTo("2026-07-02T00:00:00Z");
    }

    @Test
    void the_example_of_the_openapi_document_is_answered() throws Exception {
        var document = JSON.readTree(cairn.get("/api/openapi.json").body());
        var example =
                document.at(
                        "/paths/~1api~1analyze/post/requestBody/content/application~1json/example");

        var answer = JSON.readTree(text(post("/api/analyze", example.toString())));

        assertThat(
                        answer.path("columns")
                                .valueStream()
                                .map(column -> column.path("key").asString()))
                .contains("time", "account.plan", "sample_active_users");
        assertThat(answer.path("records").isArray()).isTrue();
    }

    @Test
    void problems_are_those_of_graphql() throws Exception {
        var wrong = QUESTION.replace("sample_nps", "sample_nsp").replace("account.plan", "plann");

        var plain = JSON.readTree(text(post("/api/analyze", wrong)));

        assertThat(plain.path("status").asInt()).isEqualTo(422);
        assertThat(plain.path("problems"))
                .isNotEmpty()
                .isEqualTo(asked(wrong, "records").at("/errors/0/extensions/problems"));
    }

    private JsonNode overGraphql(String selection) {
        return asked(QUESTION, selection).at("/data/analyze").path(selection);
    }

    private JsonNode asked(String question, String selection) {
        return cairn.ask(
                "query($input: AnalysisInput!) { analyze(input: $input) { %s } }"
                        .formatted(selection),
                Map.of("input", JSON.readValue(question, Map.class)));
    }

    private HttpResponse<byte[]> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(cairn.url(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
