package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that go away, statements that take long, connections that are all in use or refused, an end under load: who is still there gets the right answer, and
 * nothing is left over.
 */
@ExtendWith(OutputCaptureExtension.class)
class FaultsTest {
    private static final int CALLERS = 5;
    private static final int CONNECTIONS = 2;

    /** The connection over which the database is looked at. */
    private static final int WATCH = 1;

    /** The same for each caller, so that every answer can be compared; a row for each account and day. */
    private static final String LARGE =
            """
            { analyze(input: {metrics: [{as: "n", metric: {formula: "count(sample_event)"}}],
              groupBy: ["account"], grain: DAY, first: 2000,
              timeRange: {between: {from: "2026-01-01", to: "2026-03-01"}}}) { records } }\
            """;

    private static final String BODY =
            JsonMapper.shared().writeValueAsString(Map.of("query", LARGE));

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void who_stays_is_answered_and_nothing_is_left_over(CapturedOutput log) throws Exception {
        try (var cairn =
                        new RunningCairn(
                                List.of(
                                        "spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS,
                                        "cairn.cache.megabytes=0",
                                        "cairn.metrics=true"));
                var callers = Executors.newVirtualThreadPerTaskExecutor();
                var other = cairn.database().connect()) {
            SmallCompany.fill(cairn);
            var answer = ask(cairn.url("/graphql"));
            assertThat(answer).contains("\"records\":[{").doesNotContain("errors");

            clients_that_go_away(cairn, callers, other);
            assertThat(ask(cairn.url("/graphql"))).isEqualTo(answer);
            nothing_is_in_use(cairn);

            all_connections_in_use(cairn, callers, other, answer);
            nothing_is_in_use(cairn);

            connections_that_the_database_refuses(cairn, callers, other, answer);
            nothing_is_in_use(cairn);

            an_end_under_load(cairn, callers, other, answer);
            // Not earlier: connections that the pool was opening may still be of that role.
            execute(other, "drop role " + crowded(cairn));
            assertThat(log.getAll()).doesNotContain("\tat ", "ERROR");
        }
    }

    /** Some before their statement is done, some while their answer is sent to them. */
    private static void clients_that_go_away(
            RunningCairn cairn, ExecutorService callers, Connection other) throws Exception {
        other.setAutoCommit(false);
        lock(other);
        var early = new ArrayList<Socket>();
        for (int client = 0; client < CALLERS; client++) {
            early.add(sent(cairn));
        }
        RunningCairn.await(() -> waiting(other) > 0);
        for (var client : early) {
            reset(client);
        }
        other.rollback();

        var late = new ArrayList<Future<?>>();
        for (int client = 0; client < CALLERS; client++) {
            late.add(
                    callers.submit(() -> {
                        var socket = sent(cairn);
                        assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
                        reset(socket);
                        return null;
                    }));
        }
        for (var client : late) {
            client.get();
        }
    }

    private void all_connections_in_use(
            RunningCairn cairn, ExecutorService callers, Connection other, String answer)
            throws Exception {
        lock(other);
        var asked = new ArrayList<Future<String>>();
        for (int caller = 0; caller < CALLERS * CONNECTIONS; caller++) {
            asked.add(callers.submit(() -> ask(cairn.url("/graphql"))));
        }
        RunningCairn.await(() -> waiting(other) == CONNECTIONS);
        assertThat(cairn.get("/health/ready").statusCode()).isEqualTo(200);
        other.rollback();
        for (var one : asked) {
            assertThat(one.get()).isEqualTo(answer);
        }
    }

    /** Others have all that the role of Cairn may have, and those of Cairn are lost. */
    private void connections_that_the_database_refuses(
            RunningCairn cairn, ExecutorService callers, Connection other, String answer)
            throws Exception {
        other.setAutoCommit(true);
        var role = crowded(cairn);
        execute(other, "create role %s login password 'crowded'".formatted(role));
        execute(other, "grant \"%s\" to %s".formatted(cairn.database().user(), role));
        execute(other, "alter role %s connection limit %d".formatted(role, CALLERS));
        var ofRole = "usename = '%s'".formatted(role);
        var end =
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename <> '%s'"
                        .formatted(role);
        var pool = pool(cairn);
        var usual = pool.getCredentials();
        pool.setCredentials(Credentials.of(role, "crowded"));
        var outside = new ArrayList<Connection>();
        for (int one = 0; one < CALLERS; one++) {
            outside.add(DriverManager.getConnection(cairn.database().url(), role, "crowded"));
        }
        execute(other, end);

        var asked = new ArrayList<Future<String>>();
        for (int caller = 0; caller < CALLERS; caller++) {
            asked.add(callers.submit(() -> ask(cairn.url("/graphql"))));
        }
        for (var one : asked) {
            assertThat(one.get()).contains("\"code\":\"DATABASE_OUT_OF_REACH\"");
        }
        RunningCairn.await(() -> count(other, ofRole) == CALLERS);

        for (var one : outside) {
            one.close();
        }
        RunningCairn.await(() -> ask(cairn.url("/graphql")).equals(answer));
        RunningCairn.await(() -> count(other, ofRole) <= CONNECTIONS + WATCH);

        pool.setCredentials(usual);
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private static String crowded(RunningCairn cairn) {
        return cairn.database().name() + "_crowded";
    }

    private static HikariDataSource pool(RunningCairn cairn) {
        return (HikariDataSource)
                Objects.requireNonNull(
                        ((DelegatingDataSource) cairn.bean(DataSource.class))
                                .getTargetDataSource());
    }

    /** An answer is whole and right, or there is none: the connection was refused or closed. */
    private void an_end_under_load(
            RunningCairn cairn, ExecutorService callers, Connection other, String answer)
            throws Exception {
        var service = cairn.url("/graphql");
        var answered = new AtomicInteger();
        var asked = new ArrayList<Future<?>>();
        for (int caller = 0; caller < CALLERS; caller++) {
            asked.add(
                    callers.submit(() -> {
                        while (true) {
                            try {
                                assertThat(ask(service)).isEqualTo(answer);
                                answered.incrementAndGet();
                            } catch (IOException ended) {
                                return null;
                            }
                        }
                    }));
        }
        RunningCairn.await(() -> answered.get() >= CALLERS);

        cairn.stop();

        for (var caller : asked) {
            caller.get();
        }
        RunningCairn.await(() -> sessions(other) == 0);
    }

    private static Socket sent(RunningCairn cairn) throws IOException {
        var url = cairn.url("/graphql");
        var socket = new Socket();
        // The answer does not fit into what is on the way: the service waits for who reads.
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
        socket.getOutputStream()
                .write(
                        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(BODY.length(), BODY)
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Closes it without reading what is on the way, so that the other side is told at once. */
    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private String ask(URI service) throws IOException, InterruptedException {
        var answer =
                http.send(
                        HttpRequest.newBuilder(service)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(BODY))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static void nothing_is_in_use(RunningCairn cairn) throws Exception {
        for (var measured :
                List.of(
                        "hikaricp_connections_active{pool=\"cairn\"} 0.0",
                        "hikaricp_connections_pending{pool=\"cairn\"} 0.0",
                        "executor_active_threads{name=\"small\"} 0.0",
                        "executor_active_threads{name=\"planning\"} 0.0",
                        "executor_queued_tasks{name=\"small\"} 0.0")) {
            RunningCairn.await(() -> cairn.get("/metrics").body().contains(measured + "\n"));
        }
    }

    private static void lock(Connection other) throws SQLException {
        execute(other, "lock table fact_sample_event in access exclusive mode");
    }

    private static void execute(Connection other, String sql) throws SQLException {
        try (var statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int waiting(Connection onlooker) throws SQLException {
        return count(onlooker, "wait_event_type = 'Lock'");
    }

    private static int sessions(Connection onlooker) throws SQLException {
        return count(onlooker, "pid <> pg_backend_pid()");
    }

    private static int count(Connection onlooker, String condition) throws SQLException {
        try (var statement = onlooker.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity where datname = current_database() and "
                                        + condition)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
