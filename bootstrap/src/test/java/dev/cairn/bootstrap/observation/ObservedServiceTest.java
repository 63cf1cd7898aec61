package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** What the log and the measurements of a service tell of its requests. */
@ExtendWith(OutputCaptureExtension.class)
class ObservedServiceTest {
    /** Stands in a formula, a name and a filter, and must stand nowhere else. */
    private static final String SECRET = "xsecretx";

    private static final String QUESTION =
            """
            query %1$s { analyze(input: {
              metrics: [{as: "%1$s", metric: {formula: "count(sample_event where name != '%1$s')"}}]
              filter: {where: {field: "account.plan", op: NOT_IN, values: ["%1$s"]}}
              timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}}) { records } }\
            """
                    .formatted(SECRET);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void requests_are_told_by_log_measurements_and_traces_and_none_of_them_has_a_value(
            CapturedOutput log) throws Exception {
        try (var collector = new Collector()) {
            observed(collector, log);
        }
    }

    private void observed(Collector collector, CapturedOutput log) throws Exception {
        try (var cairn =
                new RunningCairn(
                        List.of(
                                "cairn.questions.slow=1ms",
                                "cairn.questions.slow-plan=true",
                                "cairn.cache.megabytes=0",
                                "cairn.metrics=true",
                                "cairn.traces=" + collector.url()))) {
            SmallCompany.fill(cairn);

            var answered = ask(cairn, QUESTION);
            assertThat(answered.body()).contains("\"records\":[{\"" + SECRET);
            assertThat(lineOf(log, answered, "a request took"))
                    .containsPattern(
                            "took \\d+ ms \\(OK\\): parse \\d+, plan \\d+, queue \\d+, database \\d+, encode \\d+\\. Statements: [0-9a-f]+ \\(\\d+ ms, 1 rows\\)\\.");
            RunningCairn.await(() -> log.getAll().contains("how the database goes about"));
            assertThat(log.getAll()).contains("Scan on fact_sample_event").doesNotContain(SECRET);

            var rejected = ask(cairn, QUESTION.replace("sample_event", "sample_evnt"));
            assertThat(rejected.body()).contains("BAD_QUERY");
            assertThat(lineOf(log, rejected, "a request took")).contains("(BAD_QUERY)");
            assertThat(log.getAll()).doesNotContain(SECRET, "\tat ");
            assertMeasured(cairn);
        }
        assertThat(collector.received())
                .contains(
                        "request graphql",
                        "parse",
                        "question",
                        "plan",
                        "queue",
                        "database",
                        "encode")
                .contains("cairn.statement", "BAD_QUERY")
                .doesNotContain(SECRET, "sample_event", "account.plan");
    }

    private static void assertMeasured(RunningCairn cairn) {
        assertThat(cairn.get("/no/such/path").statusCode()).isEqualTo(404);
        assertThat(cairn.get("/no/such/path-" + SECRET).statusCode()).isEqualTo(404);
        var page = cairn.get("/metrics");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValue("text/plain;version=0.0.4;charset=UTF-8");
        assertThat(page.body())
                .contains(
                        "cairn_requests_seconds_count{end=\"OK\",face=\"graphql\"} 1\n",
                        "cairn_requests_seconds_count{end=\"BAD_QUERY\",face=\"graphql\"} 1\n",
                        "cairn_requests_seconds_count{end=\"4XX\",face=\"other\"} 2\n",
                        "cairn_questions_total{end=\"answered\"} 1.0\n",
                        "cairn_questions_total{end=\"rejected\"} 1.0\n",
                        "cairn_stages_seconds_count{stage=\"database\"} 1\n",
                        "cairn_database_reachable 1.0\n",
                        "hikaricp_connections_max{pool=\"cairn\"} 10.0\n",
                        "executor_active_threads{name=\"small\"}",
                        "jvm_memory_used_bytes",
                        "logback_events_total")
                .doesNotContain(SECRET, "sample_event", "account.plan", "no/such");
        assertThat(page.body().lines().filter(line -> line.startsWith("cairn_")))
                .hasSizeBetween(20, 100);
    }

    /** Takes traces. */
    private static final class Collector implements AutoCloseable {
        private final HttpServer server;
        private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();

        Collector() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", this::take);
            server.start();
        }

        private void take(HttpExchange exchange) throws IOException {
            synchronized (bodies) {
                exchange.getRequestBody().transferTo(bodies);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        }

        String url() {
            return "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort());
        }

        /** Names stand in it as they are, between bytes that are no text. */
        String received() {
            synchronized (bodies) {
                return bodies.toString(StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static String lineOf(CapturedOutput log, HttpResponse<String> response, String said)
            throws Exception {
        var id = response.headers().firstValue("X-Request-Id").orElseThrow();
        RunningCairn.await(() -> lines(log, id, said).size() == 1);
        return lines(log, id, said).getFirst();
    }

    private static List<String> lines(CapturedOutput log, String id, String said) {
        return log.getAll()
                .lines()
                .filter(line -> line.contains(id + ": ") && line.contains(said))
                .toList();
    }

    private HttpResponse<String> ask(RunningCairn cairn, String document) throws Exception {
        return http.send(
                HttpRequest.newBuilder(cairn.url("/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        JsonMapper.shared()
                                                .writeValueAsString(Map.of("query", document))))
                        .build(),
                BodyHandlers.ofString());
    }
}
