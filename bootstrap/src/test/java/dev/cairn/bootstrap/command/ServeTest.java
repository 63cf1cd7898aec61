package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service in a process of its own: what starts, what stays, what stops. */
class ServeTest {
    /** One for all tests: making a database takes seconds. */
    @TempDir private static Path folder;

    @Test
    void answers_over_http_are_for_the_asker_only() throws Exception {
        try (var service = CairnProcess.start(folder, "serve");
                var client = HttpClient.newHttpClient()) {
            URI graphql =
                    URI.create(service.lineWith("GraphQL").replaceFirst(".*(http\\S+).*", "$1"));

            var answer =
                    client.send(
                            HttpRequest.newBuilder(graphql).build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(graphql).hasHost("127.0.0.1").hasPath("/graphql");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-store");
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void command_works_on_the_database_of_the_running_service_and_leaves_it_running()
            throws Exception {
        try (var service = CairnProcess.start(folder)) {
            service.lineWith("GraphQL");
            String port = portOfDatabase();

            try (var command = CairnProcess.start(folder, "database")) {
                assertThat(command.lineWith("url")).endsWith("127.0.0.1:%s/cairn".formatted(port));
                command.lineWith("size");
            }

            assertThat(portOfDatabase()).isEqualTo(port);
        }
    }

    @Test
    void database_of_a_killed_service_is_taken_over_and_stopped_in_the_end() throws Exception {
        String port;
        try (var service = CairnProcess.start(folder, "serve")) {
            service.lineWith("GraphQL");
            port = portOfDatabase();
            service.kill();
        }

        try (var service = CairnProcess.start(folder, "serve")) {
            service.lineWith("GraphQL");
            assertThat(portOfDatabase()).isEqualTo(port);
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void other_address_is_refused_before_anything_starts(@TempDir Path untouched) throws Exception {
        try (var service =
                CairnProcess.start(untouched, "serve", "--set", "server.address=0.0.0.0")) {
            assertThat(service.lineWith("server.address")).contains("no authentication");
        }
        assertThat(untouched).isEmptyDirectory();
    }

    private String portOfDatabase() throws IOException {
        return Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3);
    }
}
