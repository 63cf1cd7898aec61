package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kills the database under a service, as a machine that runs out of memory does. */
class KilledDatabaseTest {
    /** Less than the 30 seconds that somebody waits for a connection. */
    private static final Duration AT_ONCE = Duration.ofSeconds(25);

    private static final String OUT_OF_REACH = "DATABASE_OUT_OF_REACH";

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void service_whose_database_is_killed_says_so_at_once_and_has_it_back_by_itself()
            throws Exception {
        try (var service = CairnProcess.start(folder, "serve")) {
            var graphql =
                    URI.create(service.lineWith("GraphQL").replaceFirst(".*(http\\S+).*", "$1"));
            var answer = ask(graphql);
            assertThat(answer.toString()).contains("enterprise").doesNotContain("errors");

            // As long as the test starts or stops the server, nobody else does.
            try (var file =
                            FileChannel.open(
                                    folder.resolve("start.lock"), StandardOpenOption.WRITE);
                    var _ = file.lock()) {
                killDatabase();
                RunningCairn.await(() -> code(ask(graphql)).equals(OUT_OF_REACH));

                assertThat(code(ask(graphql))).isEqualTo(OUT_OF_REACH);
                assertThat(ask(graphql, "{ __typename }").at("/data/__typename").asString())
                        .isEqualTo("Query");
                assertThat(doctor()).isEqualTo(1);
                assertThat(health(graphql, "/health/ready")).isEqualTo(503);
                assertThat(health(graphql, "/health/live")).isEqualTo(200);
            }

            RunningCairn.await(() -> ask(graphql).equals(answer));
            assertThat(health(graphql, "/health/ready")).isEqualTo(200);
            assertThat(doctor()).isZero();
            assertThat(String.join("\n", service.linesUpTo("The database answers again")))
                    .containsOnlyOnce("The database is out of reach")
                    .doesNotContain("\tat ", "select ", "INTERNAL");
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    private int health(URI service, String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(service.resolve(path)).timeout(AT_ONCE).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int doctor() {
        return CommandLineMain.execute(
                "doctor",
                "--data-dir",
                folder.toString(),
                "--set",
                "server.port=0",
                "--set",
                "cairn.postgres.port=0");
    }

    private static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asString();
    }

    private JsonNode ask(URI graphql) throws IOException, InterruptedException {
        return ask(graphql, Demo.QUESTION);
    }

    private JsonNode ask(URI graphql, String document) throws IOException, InterruptedException {
        var body = JsonMapper.shared().writeValueAsString(Map.of("query", document));
        return JsonMapper.shared()
                .readTree(
                        http.send(
                                        HttpRequest.newBuilder(graphql)
                                                .timeout(AT_ONCE)
                                                .header("Content-Type", "application/json")
                                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body());
    }

    private void killDatabase() throws Exception {
        long pid =
                Long.parseLong(
                        Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst());
        var server = ProcessHandle.of(pid).orElseThrow();
        var processes = Stream.concat(Stream.of(server), server.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (var process : processes) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }
}
