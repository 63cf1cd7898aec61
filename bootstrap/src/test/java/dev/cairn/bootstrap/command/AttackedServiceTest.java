package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A running service is sent what nobody should send, and answers a small question after each of it. */
class AttackedServiceTest {
    private static final String SMALL =
            "{\"query\": \"{ metric(key: \\\"sample_nps\\\") { key } }\"}";
    private static final String HEAD =
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RunningCairn cairn;

    /** @param body as it is sent; each character is a byte */
    record Attack(String name, String body) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
    }

    @AfterAll
    static void stop() {
        cairn.close();
        HTTP.close();
    }

    @AfterEach
    void a_small_question_is_answered_after_it() {
        assertThat(cairn.post(SMALL).at("/data/metric/key").asString()).isEqualTo("sample_nps");
    }

    static Stream<Attack> bodies() {
        return Stream.of(
                query("nested", "{ metrics { edges { node " + nested(5_000) + "} } }"),
                query("nested lists", "{ metric(key: " + "[".repeat(20_000) + ") }"),
                query("aliased", "{" + many(1_000, i -> " a%d: __typename".formatted(i)) + "}"),
                query("repeated", "{" + many(20_000, _ -> " __typename") + "}"),
                query("directives", "{ __typename" + many(5_000, _ -> " @skip(if: false)") + "}"),
                query("fragments", "{ ...f0 }" + many(2_000, AttackedServiceTest::fragment)),
                query(
                        "circular fragments",
                        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"),
                query("operations", many(5_000, i -> "query q%d { __typename }".formatted(i))),
                query("introspection in circles", "{ __schema { types " + circles(40) + "} }"),
                query("many questions", "{" + many(29, AttackedServiceTest::question) + "}"),
                query("long names", "{ " + "x".repeat(900_000) + " }"),
                query("comments", "#" + "x".repeat(900_000)),
                new Attack("batched", "[" + SMALL + ("," + SMALL).repeat(5_000) + "]"),
                new Attack("deep", "{\"query\":" + "[".repeat(100_000)),
                new Attack(
                        "deep variables", variables("{\"a\":".repeat(900) + "1" + "}".repeat(900))),
                new Attack(
                        "many variables",
                        variables(
                                "{" + many(100_000, i -> "\"v%d\":0,".formatted(i)) + "\"v\":0}")),
                new Attack(
                        "a huge variable", variables("{\"v\":\"" + "x".repeat(3_000_000) + "\"}")),
                new Attack("a huge number", variables("{\"v\": 1e999999999}")),
                new Attack("a long number", variables("{\"v\": " + "9".repeat(900_000) + "}")),
                new Attack(
                        "duplicate keys", "{\"query\": \"{ __typename }\", \"query\": \"{ x }\"}"),
                new Attack("keys of one hash", variables("{" + ofOneHash(12) + "\"v\":0}")),
                new Attack(
                        "no UTF-8",
                        "{\"query\": \"{ metric(key: \\\"\u00c3\u0028\\\") { key } }\"}"),
                new Attack(
                        "overlong UTF-8",
                        "{\"query\": \"{ metric(key: \\\"\u00c0\u00af\\\") { key } }\"}"),
                new Attack("UTF-16", "\u00ff\u00fe{\0\"\0q\0"),
                new Attack(
                        "half a character",
                        "{\"query\": \"{ metric(key: \\\"\\ud800\\\") { key } }\"}"),
                new Attack("a NUL", "{\"query\": \"{ metric(key: \\\"\\u0000\\\") { key } }\"}"),
                new Attack("nothing but spaces", " ".repeat(1_000_000)),
                new Attack(
                        "a hash that is no text",
                        "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": {}}}}"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_that_means_harm_is_refused_with_a_code_or_answered(Attack attack) throws Exception {
        var answer =
                HTTP.send(
                        HttpRequest.newBuilder(cairn.url("/graphql"))
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/graphql-response+json")
                                .POST(
                                        BodyPublishers.ofByteArray(
                                                attack.body()
                                                        .getBytes(StandardCharsets.ISO_8859_1)))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400, 413);
        assertThat(answer.body()).doesNotContain("INTERNAL_ERROR").hasSizeLessThan(2_000_000);
        if (answer.statusCode() != 200) {
            assertThat(answer.body()).contains("\"code\":\"");
        }
    }

    /** What the length says and what is sent are two things; one of them must not become a request of somebody else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 60\r\n\r\n",
                "Content-Length: 60\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Content-Length: +6\r\n\r\n",
                "Content-Length: 1000000\r\n\r\n",
                "Content-Length: 3\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"q\r\n-1\r\n"
            })
    void a_length_that_lies_is_refused_or_ends_the_connection(String head) throws IOException {
        try (var socket = connected()) {
            socket.getOutputStream()
                    .write((HEAD + head + SMALL).getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).doesNotContain("sample_nps", " 200 ");
        }
    }

    @Test
    void clients_that_send_a_body_byte_by_byte_hold_up_nobody() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int number = 0; number < 300; number++) {
                var socket = connected();
                slow.add(socket);
                socket.getOutputStream()
                        .write(
                                (HEAD + "Content-Length: 100000\r\n\r\n{")
                                        .getBytes(StandardCharsets.ISO_8859_1));
            }
            assertThat(cairn.post(SMALL).at("/data/metric/key").asString()).isEqualTo("sample_nps");
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void clients_that_read_no_answer_hold_up_nobody() throws IOException {
        var many =
                "{\"query\": \"{ __schema { types { name description fields { name description } } } }\"}";
        var request = HEAD + "Content-Length: " + many.length() + "\r\n\r\n" + many;
        var deaf = new ArrayList<Socket>();
        try {
            for (int number = 0; number < 60; number++) {
                var socket = connected();
                deaf.add(socket);
                socket.setReceiveBufferSize(1);
                socket.getOutputStream().write(request.repeat(3).getBytes(StandardCharsets.UTF_8));
            }
            assertThat(cairn.post(SMALL).at("/data/metric/key").asString()).isEqualTo("sample_nps");
        } finally {
            for (var socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    void a_long_answer_is_compressed_for_who_takes_that_and_a_short_one_is_not() throws Exception {
        var question = "{\"query\": \"{ __schema { types { name description } } }\"}";
        var plain = answer(question, "identity");
        var packed = answer(question, "gzip");
        var small = answer(SMALL, "gzip");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.headers().allValues("Vary"))
                .anyMatch(names -> names.toLowerCase(Locale.ROOT).contains("accept-encoding"));
        assertThat(packed.body().length).isLessThan(plain.body().length / 3);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(small.headers().firstValue("Content-Encoding")).isEmpty();
    }

    private static HttpResponse<byte[]> answer(String body, String encoding) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(cairn.url("/graphql"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/graphql-response+json")
                        .header("Accept-Encoding", encoding)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private static Socket connected() throws IOException {
        var url = cairn.url("/");
        return new Socket(url.getHost(), url.getPort());
    }

    private static Attack query(String name, String document) {
        return new Attack(name, "{\"query\": \"%s\"}".formatted(document.replace("\"", "\\\"")));
    }

    private static String variables(String variables) {
        return "{\"query\": \"query q($v: String) { metric(key: $v) { key } }\", \"variables\": %s}"
                .formatted(variables);
    }

    private static String nested(int levels) {
        return "{ dependsOn ".repeat(levels) + "{ key }" + " }".repeat(levels);
    }

    private static String circles(int levels) {
        return "{ fields { type ".repeat(levels) + "{ name }" + " } }".repeat(levels);
    }

    private static String fragment(int number) {
        return " fragment f%d on Query { ...f%d ...f%d }".formatted(number, number + 1, number + 1);
    }

    private static String question(int number) {
        return " q%d: analyze(input: {metrics: [{metric: {key: \"sample_nps\"}}], first: 10000, groupBy: [\"account\"], grain: DAY, timeRange: {last: {count: 9999, grain: DAY}}}) { rows { cells { number } } }"
                .formatted(number);
    }

    /** 2^n names that are all of one hash in Java. */
    private static String ofOneHash(int pairs) {
        return IntStream.range(0, 1 << pairs)
                .mapToObj(bits ->
                        IntStream.range(0, pairs)
                                .mapToObj(pair -> (bits >> pair & 1) == 0 ? "Aa" : "BB")
                                .collect(Collectors.joining("", "\"", "\":0,")))
                .collect(Collectors.joining());
    }

    private static String many(int times, IntFunction<String> part) {
        return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining());
    }
}
