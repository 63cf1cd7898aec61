package dev.cairn.adapters.graphql.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cairn.adapters.graphql.SliceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document says what is so. */
class OpenApiDocumentTest extends SliceTest {
    private static final SchemaRegistry SCHEMAS =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private JsonNode document;

    @BeforeEach
    void read() {
        document = get("/api/openapi.json").json();
    }

    @Test
    void it_is_valid() {
        assertThat(official().validate(document)).isEmpty();
        assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    }

    @Test
    void it_is_not_sent_again_to_who_has_it() {
        var first = get("/api/openapi.json");
        var again =
                send(
                        HttpRequest.newBuilder(url().resolve("/api/openapi.json"))
                                .header("If-None-Match", first.header("ETag"))
                                .build());

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.response().body()).isEmpty();
        assertThat(first.header("ETag")).isNotEqualTo(get("/schema.graphql").header("ETag"));
    }

    @Test
    void the_check_of_it_can_fail() {
        var broken =
                JsonMapper.shared().readTree(document.toString().replace("\"url\"", "\"ulr\""));

        assertThat(official().validate(broken)).isNotEmpty();
    }

    @Test
    void each_of_its_schemas_is_one() {
        var rules =
                SCHEMAS.getSchema(
                        SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        document.at("/components/schemas")
                .properties()
                .forEach(type ->
                        assertThat(rules.validate(type.getValue())).as(type.getKey()).isEmpty());
    }

    @Test
    void its_fields_are_those_of_the_input() {
        assertThat(document.at("/components/schemas/AnalysisInput/properties").propertyNames())
                .containsExactlyElementsOf(
                        Arrays.stream(
                                        dev.cairn.adapters.graphql.analysis.AnalysisInput.class
                                                .getRecordComponents())
                                .map(java.lang.reflect.RecordComponent::getName)
                                .toList());
    }

    @Test
    void its_example_is_taken() {
        var example =
                document.at(
                        "/paths/~1api~1analyze/post/requestBody/content/application~1json/example");

        assertThat(type("AnalysisInput").validate(example)).isEmpty();
        assertThat(post(example.toString()).status()).isEqualTo(200);
    }

    @Test
    void answers_are_as_it_says() {
        assertThat(type("Answer").validate(post(OpenApiDocument.EXAMPLE).json())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"metrics\": [], \"timeRange\": {}}",
                "{\"metrics\": [], \"timeRange\": {\"last\": {\"count\": 1}}, \"grian\": \"DAY\"}",
                "{\"metrics\": [], \"timeRange\": {\"last\": {\"count\": \"1\"}}}",
                "{\"metrics\": [], \"timeRange\": {\"last\": {\"count\": 1}}, \"grain\": \"DAYS\"}",
                "{\"metrics\": [{\"metric\": {\"key\": \"a\", \"formula\": \"b\"}}], \"timeRange\": {\"last\": {\"count\": 1}}}"
            })
    void what_it_does_not_allow_is_refused_as_it_says(String body) {
        var refusal = post(body);

        assertThat(type("AnalysisInput").validate(JsonMapper.shared().readTree(body))).isNotEmpty();
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(type("Problem").validate(refusal.json())).isEmpty();
    }

    @Test
    void what_may_be_left_out_may_be_null() {
        var body =
                "{\"metrics\": [], \"timeRange\": {\"last\": {\"count\": 1, \"grain\": \"DAY\", \"calendarGrain\": null}}, \"grain\": null, \"where\": null, \"filter\": null}";

        assertThat(type("AnalysisInput").validate(JsonMapper.shared().readTree(body))).isEmpty();
        assertThat(post(body).status()).isEqualTo(200);
    }

    private Schema type(String name) {
        var schema =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("$ref", "#/components/schemas/" + name)
                        .set("components", document.path("components"));
        return SCHEMAS.getSchema(schema);
    }

    private static Schema official() {
        try (var file = OpenApiDocumentTest.class.getResourceAsStream("/openapi/schema-3.1.json")) {
            return SCHEMAS.getSchema(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Reply get(String path) {
        return send(HttpRequest.newBuilder(url().resolve(path)).GET().build());
    }

    private Reply post(Map<String, Object> body) {
        return post(JsonMapper.shared().writeValueAsString(body));
    }

    private Reply post(String body) {
        return send(
                HttpRequest.newBuilder(url().resolve("/api/analyze"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }
}
