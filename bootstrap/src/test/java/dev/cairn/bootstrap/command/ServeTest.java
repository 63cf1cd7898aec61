package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.demo.Demo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The service in a process of its own: what starts, what stays, what stops. */
class ServeTest {
    /** One for all tests: making a database takes seconds. */
    @TempDir private static Path folder;

    @Test
    void answers_are_for_the_asker_only_and_an_interrupt_stops_the_database_too() throws Exception {
        var service = CairnProcess.start(folder, "serve");
        URI graphql = graphql(service);
        try (var client = HttpClient.newHttpClient()) {
            var answer =
                    client.send(
                            HttpRequest.newBuilder(graphql).build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(graphql).hasHost("127.0.0.1").hasPath("/graphql");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        }
        assertThat(postmaster()).exists();

        service.interrupt();

        assertThat(postmaster()).doesNotExist();
    }

    @Test
    void told_to_stop_while_it_starts_it_leaves_nothing_running_and_says_so_in_a_line(
            @TempDir Path own) throws Exception {
        var service = CairnProcess.start(own, "serve");
        service.lineWith("Making a database");

        service.interrupt();

        assertThat(service.rest()).isEqualTo("Stopped while it was starting.\n");
        assertThat(own.resolve("postgres").resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void beside_a_running_service_commands_work_and_a_second_service_is_refused() throws Exception {
        try (var first = CairnProcess.start(folder)) {
            first.lineWith("GraphQL");
            String port = portOfDatabase();

            try (var command = CairnProcess.start(folder, "database")) {
                assertThat(command.lineWith("url")).endsWith("127.0.0.1:%s/cairn".formatted(port));
                command.lineWith("size");
            }
            try (var second = CairnProcess.start(folder, "serve")) {
                assertThat(second.lineWith("A Cairn service runs on"))
                        .contains("process " + first.pid());
                second.lineWith("Stop that one first");
                assertThat(second.end()).isEqualTo(3);
            }

            assertThat(portOfDatabase()).isEqualTo(port);
        }
        assertThat(postmaster()).doesNotExist();
    }

    @Test
    void database_of_a_killed_service_is_taken_over_and_a_killed_database_recovers()
            throws Exception {
        String answer;
        String port;
        try (var service = CairnProcess.start(folder, "serve")) {
            answer = ask(graphql(service));
            assertThat(answer).contains("enterprise");
            port = portOfDatabase();
            service.kill();
        }
        try (var service = CairnProcess.start(folder, "serve")) {
            assertThat(ask(graphql(service))).isEqualTo(answer);
            assertThat(portOfDatabase()).isEqualTo(port);
            service.kill();
            killDatabase();
        }
        assertThat(postmaster()).exists();

        try (var service = CairnProcess.start(folder, "serve")) {
            assertThat(ask(graphql(service))).isEqualTo(answer);
        }
        assertThat(postmaster()).doesNotExist();
    }

    @Test
    void ordinary_user_gets_an_answer(@TempDir Path own) throws Exception {
        try (var service =
                CairnProcess.startAsOrdinaryUser(own, "serve", "--set", "cairn.sample=false")) {
            assertThat(ask(graphql(service), "{ __typename }")).contains("Query");
        }
    }

    @Test
    void folder_that_may_not_be_written_is_refused(@TempDir Path closed) throws Exception {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));

        try (var service = CairnProcess.startAsOrdinaryUser(closed, "serve")) {
            assertThat(service.lineWith("may not be written")).contains(closed.toString());
            service.lineWith("cairn.data-dir");
            assertThat(service.end()).isEqualTo(3);
        }
        assertThat(closed).isEmptyDirectory();
    }

    @Test
    void other_address_is_refused_before_anything_starts(@TempDir Path untouched) throws Exception {
        try (var service =
                CairnProcess.start(untouched, "serve", "--set", "server.address=0.0.0.0")) {
            assertThat(service.lineWith("server.address")).contains("no authentication");
        }
        assertThat(untouched).isEmptyDirectory();
    }

    private static URI graphql(CairnProcess service) throws IOException {
        return URI.create(service.lineWith("GraphQL").replaceFirst(".*(http\\S+).*", "$1"));
    }

    private static String ask(URI graphql) throws IOException, InterruptedException {
        return ask(graphql, Demo.QUESTION);
    }

    private static String ask(URI graphql, String document)
            throws IOException, InterruptedException {
        String body = JsonMapper.shared().writeValueAsString(Map.of("query", document));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(graphql)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** As when the machine fails. */
    private static void killDatabase() throws Exception {
        long pid = Long.parseLong(Files.readAllLines(postmaster()).getFirst());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : processes) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
    }

    private static Path postmaster() {
        return folder.resolve("postgres/postmaster.pid");
    }

    private static String portOfDatabase() throws IOException {
        return Files.readAllLines(postmaster()).get(3);
    }
}
