package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.http.EventStreams;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that follow what other processes do, over one running service. */
@Timeout(600)
class LiveAnswersTest {
    private static final String LIVE =
            """
            subscription { analysisUpdated(input: {
                metrics: [{metric: {%s}, as: "x"}]
                timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}
              }) { sequence cause analysis { records } } }\
            """;

    private static RunningCairn cairn;

    @TempDir private Path folder;

    @BeforeAll
    static void start() {
        cairn = new RunningCairn();
        SmallCompany.fill(cairn);
    }

    /** The service says goodbye to those who are subscribed, and does not wait for them. */
    @AfterAll
    static void stop() throws Exception {
        try (var http = HttpClient.newHttpClient();
                var socket = new LiveSocket(http, cairn, null);
                var events = subscribe("formula: \"count(sample_event)\"")) {
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            socket.subscribe("a", LIVE.formatted("formula: \"count(sample_event)\""));
            socket.next();
            events.next();
            cairn.close();
            assertThat(socket.closed()).isEqualTo(1001);
            assertThat(events.hasNext()).as("another answer").isFalse();
        }
    }

    private static Events subscribe(String metric) {
        return new Events(cairn, LIVE.formatted(metric), Map.of());
    }

    @Test
    void a_command_that_imports_facts_brings_another_answer() throws Exception {
        try (var events = subscribe("formula: \"count(sample_event)\"")) {
            var first = events.next().at("/data/analysisUpdated");
            assertThat(first.path("cause").asString()).isEqualTo("INITIAL");
            long before = first.at("/analysis/records/0/x").asLong();

            var file = folder.resolve("more.csv");
            Files.writeString(
                    file,
                    "event_id,occurred_at,account,user_key,name\n990001,2026-03-04T05:06:07Z,acct-001,u1,login\n");
            assertThat(cairn.command("import", "sample_event", file.toString())).isZero();

            var second = events.next().at("/data/analysisUpdated");
            assertThat(second.path("sequence").asInt()).isEqualTo(2);
            assertThat(second.path("cause").asString()).isEqualTo("DATA");
            assertThat(second.at("/analysis/records/0/x").asLong()).isEqualTo(before + 1);
        }
        RunningCairn.await(() -> cairn.bean(EventStreams.class).open() == 0);
    }

    @Test
    void a_definition_that_changes_brings_another_answer_and_one_that_is_retired_the_end() {
        define("count(sample_event)");
        try (var events = subscribe("key: \"watched\"")) {
            events.next();
            define("2 * count(sample_event)");
            var second = events.next().at("/data/analysisUpdated");
            assertThat(second.path("cause").asString()).isEqualTo("DEFINITIONS");
        }
    }

    /** A socket's own buffer is small. */
    @Test
    void a_long_message_is_taken_in_parts() throws Exception {
        assertThat(cairn.bean(WebSocketContainer.class).getDefaultMaxTextMessageBufferSize())
                .isLessThan(5_000);
        try (var http = HttpClient.newHttpClient();
                var socket = new LiveSocket(http, cairn, null)) {
            socket.next();
            var document = LIVE.formatted("formula: \"count(sample_event)\"");
            socket.subscribe("a", document, Map.of("unread", "é".repeat(50_000)));
            assertThat(socket.next().path("type").asString()).isEqualTo("next");
        }
    }

    private void define(String formula) {
        var file = folder.resolve("watched.yaml");
        try {
            Files.writeString(
                    file,
                    "metric: watched\nof: cell\ndirection: higher\nformula: \"%s\"\n"
                            .formatted(formula));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(cairn.command("apply", file.toString())).isZero();
    }
}
