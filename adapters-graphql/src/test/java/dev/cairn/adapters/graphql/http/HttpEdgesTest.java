package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.adapters.graphql.relay.OpaqueKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests as no client of GraphQL sends them. Each is answered briefly, and none leaves a stack trace in the log. */
@ExtendWith(OutputCaptureExtension.class)
class HttpEdgesTest extends SliceTest {
    private static final String QUERY = "{\"query\": \"{ metrics { totalCount } }\"}";
    private static final Pattern PAGE = Pattern.compile("(?i)<html|<h1|whitelabel|tomcat");

    @AfterEach
    void nothing_of_it_is_in_the_log(CapturedOutput output) {
        assertThat(output.getAll()).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "QUERY"})
    void other_methods_are_not_allowed_and_told_which_is(String method) {
        var reply =
                send(
                        HttpRequest.newBuilder(url())
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        method.equals("HEAD")
                                                ? BodyPublishers.noBody()
                                                : BodyPublishers.ofString(QUERY))
                                .build());

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(catalogs.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; charset=no-such",
                "application/json; charset=\"",
                "application/json, text/plain",
                "json",
                "/",
                ";",
                "application/graphql"
            })
    void content_that_is_not_told_to_be_json_in_utf_8_is_refused(String type) {
        var reply = post(QUERY, type, "application/json");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(catalogs.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/*", "nonsense", "a/b/c"})
    void an_answer_that_cannot_be_given_is_refused_with_a_code(String accept) {
        var reply = post(QUERY, "application/json", accept);

        assertThat(reply.status()).isEqualTo(406);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(catalogs.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream, application/json",
                "multipart/mixed, application/*",
                "text/html, */*;q=0.1"
            })
    void one_answer_of_several_that_can_be_given_is_given(String accept) {
        assertThat(post(QUERY, "application/json", accept).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\": \"{ metrics { totalCount } }\", \"query\": \"{ __typename }\"}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": 1, \"a\": 2}}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": {\"b\": 1, \"\\u0062\": 2}}}",
                "{\"query\": \"{ __typename }\"} {\"query\": \"{ __typename }\"}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": \"\\ud800\"}}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": [\"\\udc00\\ud800\"]}}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"\\ud800\": 1}}",
                "{\"query\": \"{ __typename } # \\ud800\"}",
                "{\"query\": \"{ __typename }\", \"operationName\": \"\\ud800\"}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": NaN}}",
                "{\"query\": [\"{ __typename }\"]}",
                "{\"query\": \"{ __typename }\", \"operationName\": {}}",
                "[{\"query\": \"{ __typename }\"}]",
                "[{\"query\": \"{ __typename }\"}, {\"query\": \"{ metrics { totalCount } }\"}]",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": Infinity}}",
                "{\"query\": \"{ __typename }\", \"variables\": {\"a\": 01}}",
                "{\"query\": \"{ __typename }\", \"variables\": []}",
                "{\"query\": \"{ __typename }\", \"variables\": \"{}\"}",
                "{\"query\": \"{ __typename }\", \"extensions\": 5}",
                "\uFEFF{"
            })
    void a_body_of_two_meanings_or_none_is_refused(String body) {
        refuses(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_body_that_is_not_in_utf_8_is_refused() {
        refuses(
                "{\"query\": \"{ metric(key: \\\"é\\\") { key } }\"}"
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void a_body_that_is_nested_without_end_is_refused(String level) {
        refuses(
                ("{\"query\": \"{ __typename }\", \"variables\": {\"a\": " + level.repeat(50_000))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "x"})
    void a_body_that_is_packed_is_refused(String encoding) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(QUERY.getBytes(StandardCharsets.UTF_8));
        }
        var reply =
                send(
                        HttpRequest.newBuilder(url())
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", encoding)
                                .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                                .build());

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.header("Accept-Encoding")).isEqualTo("identity");
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(catalogs.calls).isEmpty();
    }

    @Test
    void a_question_in_the_address_is_not_taken() {
        var reply =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(url() + "?query=%7Bmetrics%7BtotalCount%7D%7D"))
                                .build());

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertThat(catalogs.calls).isEmpty();
    }

    /** {@code N} stands for the number. */
    static Stream<String> argumentsThatAreNumbers() {
        return Stream.of(
                "{ metrics(first: N) { totalCount } }",
                "{ metric(key: N) { key } }",
                "{ accounts(filter: {where: {field: \"account.plan\", op: IN, values: [N]}}) { edges { cursor } } }",
                "{ explain(input: {metrics: [], first: N, timeRange: {last: {count: N, grain: DAY}}}) { valid } }",
                "{ explain(input: {metrics: [], timeZone: N, timeRange: {between: {from: N, to: N}}}) { valid } }",
                "mutation { defineMetric(input: {key: \"n\", label: N, direction: N, of: CELL, formula: \"1\"}) { problems { code } } }");
    }

    @ParameterizedTest
    @MethodSource("argumentsThatAreNumbers")
    void a_number_that_nothing_holds_is_refused_wherever_it_stands(String document) {
        for (var number :
                List.of("1e400", "-1e400", "1e999999999", "1e-999999999", "1" + "0".repeat(900))) {
            assertIsRefused(ask(document.replace("N", number)), number);
        }
    }

    @ParameterizedTest
    @CsvSource({"Int, metrics(first: $v) { totalCount }", "String!, metric(key: $v) { key }"})
    void a_number_that_nothing_holds_is_refused_as_a_variable(String type, String field) {
        for (var number :
                List.of(
                        "1e400",
                        "-1e400",
                        "1e20000000",
                        "1e999999999",
                        "1e99999999999",
                        "1e-999999999",
                        "1.5",
                        "1" + "0".repeat(900),
                        "1" + "0".repeat(5_000))) {
            var body =
                    "{\"query\": \"query($v: %s) { %s }\", \"variables\": {\"v\": %s}}"
                            .formatted(type, field, number);
            assertIsRefused(
                    post(body, "application/json", "application/graphql-response+json"), number);
        }
    }

    private void assertIsRefused(Reply reply, String number) {
        assertThat(reply.status()).as(number + ": " + reply.response().body()).isEqualTo(400);
        assertThat(reply.response().body())
                .contains("GRAPHQL_VALIDATION_FAILED")
                .hasSizeLessThan(20_000);
        assertThat(catalogs.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 200, 480, 900})
    void a_variable_that_is_nested_deeply_is_answered_or_refused(int levels) {
        var filter =
                "{\"not\": ".repeat(levels)
                        + "{\"where\": {\"field\": \"account.plan\", \"op\": \"IS_NULL\"}}"
                        + "}".repeat(levels);
        var body =
                "{\"query\": \"query($f: FilterInput) { accounts(filter: $f) { edges { cursor } } }\", \"variables\": {\"f\": %s}}"
                        .formatted(filter);

        var reply = post(body, "application/json", "application/graphql-response+json");

        assertThat(reply.status()).as(reply.response().body()).isIn(200, 400);
        assertThat(reply.response().body()).doesNotContain("INTERNAL_ERROR");
    }

    private void refuses(byte[] body) {
        var reply =
                send(
                        HttpRequest.newBuilder(url())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body))
                                .build());

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(catalogs.calls).isEmpty();
    }

    /** {@code T} stands for the text. */
    static Stream<String> argumentsOfText() {
        return Stream.of(
                "{ metric(key: T) { key } }",
                "{ account(key: T) { key } }",
                "{ node(id: T) { id } }",
                "{ metrics(after: T) { totalCount } }",
                "{ accounts(after: T) { edges { cursor } } }",
                "{ accounts(filter: {where: {field: \"plan\", op: EQ, values: [T]}}) { edges { cursor } } }",
                "{ dimensionValues(dimension: T) { values } }",
                "{ dimensionValues(dimension: \"d\", startsWith: T) { values } }",
                "{ explain(input: {metrics: [{formula: T}], timeRange: {last: {count: 1, grain: DAY}}}) { valid } }",
                "{ analyze(input: {metrics: [{metric: {key: \"n\"}}], after: T, timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }",
                "mutation { defineMetric(input: {key: \"k\", label: T, formula: \"count(x)\"}) { problems { code } } }");
    }

    @ParameterizedTest
    @MethodSource("argumentsOfText")
    void text_that_no_database_holds_is_refused_wherever_it_stands(String document) {
        for (String escape : new String[] {"\\u0000", "a\\u0000b"}) {
            var reply = ask(document.replace("T", "\"" + escape + "\""));

            assertThat(reply.status()).as(reply.response().body()).isEqualTo(400);
            assertThat(reply.json().toString())
                    .contains("GRAPHQL_VALIDATION_FAILED", "a NUL character")
                    .doesNotContain("INTERNAL_ERROR");
        }
        assertThat(ask(document.replace("T", "\"\\ud800\"")).status()).isEqualTo(400);
        assertThat(catalogs.calls).isEmpty();
    }

    @Test
    void text_of_a_variable_is_no_other() {
        var reply = ask("query($k: String!) { metric(key: $k) { key } }", Map.of("k", "a\0b"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("GRAPHQL_VALIDATION_FAILED");
        assertThat(reply.error().path("message").asString())
                .contains("a NUL character at position 2");
    }

    @Test
    void whole_characters_of_any_plane_are_text() {
        assertThat(ask("{ metric(key: \"\\ud83d\\ude00\") { key } }").json().has("errors"))
                .isFalse();
        assertThat(ask("{ metric(key: \"\\u{1F600} 😀\") { key } }").json().has("errors"))
                .isFalse();
    }

    @Test
    void a_cursor_of_a_key_that_there_cannot_be_is_no_cursor() {
        var reply =
                ask(
                        "query($c: String!) { accounts(after: $c) { edges { cursor } } }",
                        Map.of("c", new OpaqueKey("after Account", "a\0").text()));

        assertThat(reply.code()).isEqualTo("BAD_USER_INPUT");
    }

    @Test
    void an_id_of_a_key_that_there_cannot_be_is_of_no_node() {
        var reply =
                ask(
                        "query($i: ID!) { node(id: $i) { id } }",
                        Map.of("i", new OpaqueKey("Account", "a\0").text()));

        assertThat(reply.json().at("/data/node").isNull()).as(reply.response().body()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/, GET",
        "/error, GET",
        "/error, POST",
        "/nothing, POST",
        "/graphql/, POST",
        "/graphql/x, GET",
        "/favicon.ico, GET",
        "/actuator, GET",
        "/graphql/schema, GET",
        "/GRAPHQL, POST"
    })
    void where_there_is_nothing_a_line_says_where_there_is_something(String path, String method) {
        var reply =
                send(
                        HttpRequest.newBuilder(
                                        URI.create(url().toString().replace("/graphql", path)))
                                .header("Accept", "text/html")
                                .header("Content-Type", "application/json")
                                .method(method, BodyPublishers.ofString(QUERY))
                                .build());

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("text/plain");
        assertThat(reply.response().body()).contains("/graphql").doesNotContainPattern(PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /{x} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "DELETE /%2e%2e/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /..%2f HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /graphql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n\r\n"
            })
    void what_is_hardly_http_is_refused_in_a_line(String request) throws IOException {
        var answer = raw(request);

        assertThat(answer)
                .containsPattern("^HTTP/1.1 (4\\d\\d|50[15]) ")
                .doesNotContainPattern(PAGE);
    }

    @Test
    void a_header_without_end_is_refused_in_a_line() throws IOException {
        var answer =
                raw(
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n"
                                .formatted("x".repeat(20_000)));

        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContainPattern(PAGE);
    }

    @Test
    void a_caller_who_goes_away_in_the_middle_leaves_nothing_behind() throws IOException {
        try (var socket = new Socket(url().getHost(), url().getPort())) {
            socket.getOutputStream()
                    .write(
                            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"query\""
                                    .getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotContainPattern(PAGE);
        }
        assertThat(ask("{ __typename }").status()).isEqualTo(200);
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(url().getHost(), url().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
