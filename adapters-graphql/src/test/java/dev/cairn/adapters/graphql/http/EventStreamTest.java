package dev.cairn.adapters.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes.Analyses;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.application.port.in.SubscribeUseCase.Cause;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events, in the mode of distinct connections. */
@Timeout(180)
class EventStreamTest extends SliceTest {
    private static final String LIVE =
            "subscription { analysisUpdated(input: {metrics: [{metric: {key: \"m\"}}], timeRange: {last: {count: 1, grain: DAY}}}) { sequence cause } }";

    @Autowired private EventStreams streams;

    /** A stream that is read line by line. */
    private final class Stream implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpResponse<java.io.InputStream> response;
        private final BufferedReader lines;

        Stream(String document) throws IOException, InterruptedException {
            response =
                    http.send(
                            HttpRequest.newBuilder(url())
                                    .header("Content-Type", "application/json")
                                    .header("Accept", "text/event-stream")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    JsonMapper.shared()
                                                            .createObjectNode()
                                                            .put("query", document)
                                                            .toString()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The lines of the next event, without comments. */
        List<String> next() throws IOException {
            var event = lines.readLine();
            while (event.isEmpty() || event.startsWith(":")) {
                event = lines.readLine();
            }
            return List.of(event, lines.readLine());
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }

    @AfterEach
    void everything_is_freed() {
        await(() -> streams.open() == 0);
        await(() -> subscriptions.open.isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience is over").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void who_selects_trust_is_given_another_answer_where_it_changes() throws Exception {
        try (var stream = new Stream(LIVE)) {
            stream.next();
            assertThat(subscriptions.isWithTrust).isFalse();
        }
        try (var stream = new Stream(LIVE.replace("cause", "analysis { trust { grade } }"))) {
            stream.next();
            assertThat(subscriptions.isWithTrust).isTrue();
        }
    }

    @Test
    void each_answer_is_an_event() throws Exception {
        try (var stream = new Stream(LIVE)) {
            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(stream.response.headers().firstValue("Content-Type"))
                    .hasValue("text/event-stream;charset=UTF-8");
            assertThat(stream.next())
                    .containsExactly(
                            "event: next",
                            "data: {\"data\":{\"analysisUpdated\":{\"sequence\":1,\"cause\":\"INITIAL\"}}}");

            await(() -> subscriptions.open.getFirst().demand() == 1);
            subscriptions.open.getFirst().answer(Cause.DATA, Analyses.EMPTY);
            assertThat(stream.next().getLast()).contains("\"sequence\":2,\"cause\":\"DATA\"");
        }
    }

    @Test
    void what_is_looked_up_together_is_there_in_each_answer() throws Exception {
        var columns =
                List.of(
                        new Column(
                                "m",
                                "M",
                                Role.MEASURE,
                                ValueType.NUMBER,
                                null,
                                null,
                                "m",
                                Direction.HIGHER));
        var empty = Analyses.EMPTY;
        var answer =
                new AnalysisResult(
                        columns, empty.rows(), false, null, empty.asOf(), null, List.of());
        try (var stream =
                new Stream(
                        LIVE.replace(
                                "sequence cause",
                                "sequence analysis { columns { key metric { key } } }"))) {
            stream.next();
            await(() -> subscriptions.open.getFirst().demand() == 1);
            subscriptions.open.getFirst().answer(Cause.DATA, answer);
            assertThat(stream.next().getLast())
                    .contains("\"columns\":[{\"key\":\"m\",\"metric\":null}]");
        }
    }

    @Test
    void headers_and_comments_come_before_the_first_answer() throws Exception {
        subscriptions.waits();
        try (var stream = new Stream(LIVE)) {
            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(stream.lines.readLine()).isEqualTo(":");
        }
    }

    @Test
    void a_question_that_is_not_valid_any_more_ends_with_its_problems() throws Exception {
        try (var stream = new Stream(LIVE)) {
            stream.next();
            subscriptions
                    .open
                    .getFirst()
                    .fail(
                            SubscriptionEnded.invalid(
                                    List.of(
                                            Problem.of(
                                                    ProblemCode.UNKNOWN_METRIC,
                                                    Place.of("metrics"),
                                                    "No metric 'm'."))));

            assertThat(stream.next().getLast()).contains("BAD_QUERY", "UNKNOWN_METRIC");
            assertThat(stream.next()).containsExactly("event: complete", "data:");
        }
    }

    @Test
    void a_query_is_answered_by_one_event_where_json_is_not_taken() throws Exception {
        try (var stream = new Stream("{ metrics { totalCount } }")) {
            assertThat(stream.next())
                    .containsExactly(
                            "event: next", "data: {\"data\":{\"metrics\":{\"totalCount\":0}}}");
            assertThat(stream.next()).containsExactly("event: complete", "data:");
        }
    }

    @Test
    void headers_and_comments_of_a_query_come_while_it_runs() throws Exception {
        var release = new CountDownLatch(1);
        analyses.does(_ -> {
            try {
                release.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return new Outcome.Answered(Analyses.EMPTY);
        });
        try (var stream =
                new Stream(
                        "{ analyze(input: {metrics: [{metric: {key: \"m\"}}], timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }")) {
            assertThat(stream.response.statusCode()).isEqualTo(200);
            assertThat(stream.lines.readLine()).isEqualTo(":");
            release.countDown();
            assertThat(stream.next().getLast()).contains("2026-01-31T10:00:00Z");
            assertThat(stream.next()).containsExactly("event: complete", "data:");
        } finally {
            release.countDown();
        }
    }

    @Test
    void an_invalid_document_is_one_event_with_errors() throws Exception {
        try (var stream = new Stream("{ nothing }")) {
            assertThat(stream.next().getLast()).contains("GRAPHQL_VALIDATION_FAILED");
            assertThat(stream.next()).containsExactly("event: complete", "data:");
        }
    }

    @Test
    void who_takes_json_only_is_told_how_to_subscribe() {
        var reply = ask(LIVE);

        assertThat(reply.status()).isEqualTo(406);
        assertThat(reply.error().path("message").asString()).contains("text/event-stream");
        assertThat(subscriptions.open).isEmpty();
    }
}
