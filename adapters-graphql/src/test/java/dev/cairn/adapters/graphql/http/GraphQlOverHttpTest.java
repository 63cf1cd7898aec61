package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the specification of GraphQL over HTTP says that a server MUST and SHOULD do. */
class GraphQlOverHttpTest extends SliceTest {
    private static final String JSON = "application/json";
    private static final String GRAPHQL = "application/graphql-response+json";

    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "application/graphql-response+json, application/graphql-response+json",
        "*/*, application/json",
        ", application/json"
    })
    void the_answer_is_of_the_type_asked_for(@Nullable String accept, String type) {
        var reply = send("{\"query\": \"{ __typename }\"}", JSON, accept);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type"))
                .matches(java.util.regex.Pattern.quote(type) + "(;charset=UTF-8)?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {JSON, "application/json; charset=utf-8", "application/json;charset=UTF-8"})
    void text_is_utf_8_both_ways(String type) {
        var reply = send("{\"query\": \"{ metric(key: \\\"Ünïque→\\\") { key } Ü }\"}", type, JSON);

        assertThat(reply.json().toString()).contains("Ü");
    }

    @Test
    void a_body_without_a_type_is_refused() {
        assertThat(send("{\"query\": \"{ __typename }\"}", null, JSON).status())
                .isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"query\": \"{ __typename }\"",
                "\"query\": \"query Q { __typename }\", \"operationName\": \"Q\"",
                "\"query\": \"{ __typename }\", \"operationName\": null",
                "\"query\": \"{ __typename }\", \"variables\": null",
                "\"query\": \"{ __typename }\", \"extensions\": null",
                "\"query\": \"query Q($s: String!) { __type(name: $s) { name } }\", \"variables\": {\"s\": \"Query\"}",
                "\"query\": \"{ __typename }\", \"extensions\": {\"some\": \"value\"}"
            })
    void a_request_has_its_parts(String parts) {
        for (String accept : new String[] {JSON, GRAPHQL}) {
            var reply = send("{" + parts + "}", JSON, accept);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().has("errors")).as(reply.json().toString()).isFalse();
            assertThat(reply.json().path("data").isObject()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON, GRAPHQL})
    void what_is_no_json_is_refused(String accept) {
        assertThat(send("{ \"not a JSON", JSON, accept).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"query\": \"{\"",
                "\"query\": \"{ 8f31403dfe404bccbb0e835f2629c6a7 }\"",
                "\"query\": \"query Q($id: ID!) { node(id: $id) { id } }\", \"variables\": {\"id\": null}"
            })
    void what_cannot_be_executed_is_an_error_without_data(String parts) {
        var plain = send("{" + parts + "}", JSON, JSON);
        var typed = send("{" + parts + "}", JSON, GRAPHQL);

        assertThat(plain.status()).isEqualTo(200);
        assertThat(typed.status()).isEqualTo(400);
        assertThat(typed.json().has("data")).isFalse();
        assertThat(typed.json().path("errors")).isNotEmpty();
    }

    private Reply send(String body, @Nullable String type, @Nullable String accept) {
        var request =
                HttpRequest.newBuilder(url())
                        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (accept != null) {
            request.header("Accept", accept);
        }
        return send(request.build());
    }
}
