package dev.cairn.adapters.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST with JSON, and nothing else: it is the defence against requests forged by other sites. */
class TransportTest extends SliceTest {
    private static final String QUERY = "{\"query\": \"{ metrics { totalCount } }\"}";

    @Test
    void post_with_json_is_answered_in_the_type_of_graphql_responses() {
        var reply =
                post(
                        QUERY,
                        "application/json",
                        "application/graphql-response+json, application/json;q=0.9");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/graphql-response+json");
        assertThat(reply.json().at("/data/metrics/totalCount").asInt()).isZero();
    }

    @Test
    void post_with_json_is_answered_in_json_when_asked() {
        assertThat(post(QUERY, "application/json", "application/json").header("Content-Type"))
                .startsWith("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/graphql"
            })
    void other_content_is_refused(String type) {
        assertThat(post(QUERY, type, "application/json").status()).isEqualTo(415);
        assertThat(catalogs.calls).isEmpty();
    }

    @Test
    void get_is_refused() {
        var reply =
                send(
                        HttpRequest.newBuilder(URI.create(url() + "?query=%7B__typename%7D"))
                                .GET()
                                .build());

        assertThat(reply.status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"query\": \"{ metrics { totalCount } }\"}]",
                "",
                "{",
                "5",
                "null",
                "\"text\"",
                "{}",
                "{\"query\": null}",
                "{\"extensions\": null}",
                "{\"query\": 5}",
                "{\"query\": true}",
                "{\"query\": 1.5}",
                "{\"query\": \"{ metrics { totalCount } }\", \"operationName\": 5}",
                "{\"query\": \"{ metrics { totalCount } }\", \"operationName\": false}",
                "{\"query\": \"{ metrics { totalCount } }\", \"variables\": []}"
            })
    void what_is_no_request_is_refused_and_told_how_to_ask(String body) {
        var reply = post(body, "application/json", "application/json");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(reply.error().path("message").asString())
                .startsWith("Send one request as a JSON object");
        assertThat(catalogs.calls).isEmpty();
    }

    @Test
    void there_is_no_page_that_loads_code_from_elsewhere() {
        var page = URI.create(url().toString().replace("/graphql", "/graphiql"));

        assertThat(send(HttpRequest.newBuilder(page).GET().build()).status()).isEqualTo(404);
    }

    @Test
    void the_schema_is_had_as_text() {
        var file = URI.create(url().toString().replace("/graphql", "/schema.graphql"));
        var reply = send(HttpRequest.newBuilder(file).GET().build());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(reply.response().body()).contains("type Query {");
    }

    @Test
    void other_sites_get_no_leave() {
        var reply =
                send(
                        HttpRequest.newBuilder(url())
                                .header("Origin", "https://elsewhere.example")
                                .header("Access-Control-Request-Method", "POST")
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build());

        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
