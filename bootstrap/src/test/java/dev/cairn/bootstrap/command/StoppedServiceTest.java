package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is told to stop, as service managers do it, while it answers. */
class StoppedServiceTest {
    private static final String ACCOUNTS =
            """
            {"query": "{ accounts(first: 5) { edges { cursor } } }"}\
            """;

    @TempDir private Path folder;

    @Test
    void question_that_runs_is_answered_and_new_ones_are_not_taken() throws Exception {
        var service = CairnProcess.start(folder, "serve", "--set", "cairn.sample=false");
        var graphql = URI.create(service.lineWith("GraphQL").replaceFirst(".*(http\\S+).*", "$1"));
        try (var http = HttpClient.newHttpClient();
                var database = database()) {
            assertThat(get(http, graphql, "/health/ready").statusCode()).isEqualTo(200);
            database.setAutoCommit(false);
            lockAccounts(database);
            var running =
                    http.sendAsync(
                            HttpRequest.newBuilder(graphql)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(ACCOUNTS))
                                    .build(),
                            BodyHandlers.ofString());
            RunningCairn.await(() -> isAnyWaiting(database));

            ProcessHandle.of(service.pid()).orElseThrow().destroy();
            RunningCairn.await(() -> isRefused(graphql));
            assertThat(isAnyWaiting(database)).isTrue();
            assertThat(running).isNotDone();
            database.rollback();

            assertThat(running.get(1, TimeUnit.MINUTES).body())
                    .isEqualTo("{\"data\":{\"accounts\":{\"edges\":[]}}}");
        }
        service.end();
        assertThat(service.rest()).doesNotContain("WARN", "ERROR", "\tat ");
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    private static HttpResponse<String> get(HttpClient http, URI service, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(service.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** By a client of its own, which has no connection yet. */
    private static boolean isRefused(URI service) throws IOException, InterruptedException {
        try (var another = HttpClient.newHttpClient()) {
            get(another, service, "/health/ready");
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    private Connection database() throws IOException, SQLException {
        var port = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/cairn".formatted(port),
                "cairn",
                Files.readString(folder.resolve("postgres-password")).strip());
    }

    private static void lockAccounts(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("lock table account in access exclusive mode");
        }
    }

    private static boolean isAnyWaiting(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select exists (select from pg_stat_activity where wait_event_type = 'Lock')")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
