package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.sql.RowCounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Many requests that share two connections, and tables that somebody else holds. */
@ExtendWith(OutputCaptureExtension.class)
class FewConnectionsTest {
    private static final int EVENTS_ARE_LARGE = 500;
    private static final int CALLERS = 6;

    private static final String LARGE = counted("sample_event");
    private static final String SMALL = counted("sample_survey");
    private static final List<String> OF_ACCOUNTS =
            List.of(
                    "{ accounts(first: 5) { edges { cursor } } }",
                    "{ account(key: \"a\") { key } }",
                    "{ dimension(key: \"account.plan\") { values } }",
                    counted("account"));

    private static String counted(String what) {
        return """
        { analyze(input: {metrics: [{as: "n", metric: {formula: "count(%s)"}}],
          timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}}) { records } }\
        """
                .formatted(what);
    }

    @Test
    void requests_end_with_their_deadlines_and_small_ones_pass_large_ones(CapturedOutput log)
            throws Exception {
        try (var cairn =
                        new RunningCairn(
                                List.of(
                                        "spring.datasource.hikari.maximum-pool-size=2",
                                        "cairn.limits.seconds=6",
                                        "cairn.questions.large-from=" + EVENTS_ARE_LARGE));
                var callers = Executors.newVirtualThreadPerTaskExecutor();
                var other = cairn.database().connect()) {
            SmallCompany.fill(cairn);
            cairn.bean(RowCounts.class).refresh();
            other.setAutoCommit(false);

            int asked = nothing_is_sent_after_its_deadline(cairn, callers, other);
            asked += small_ones_pass_large_ones(cairn, callers, other);

            assertThat(log.getAll().lines().filter(line -> line.contains("[TIMEOUT]")))
                    .hasSize(asked);
            assertThat(log.getAll()).doesNotContain("\tat ");
        }
    }

    /** Most of them wait for a connection until others give theirs up at the same moment. */
    private static int nothing_is_sent_after_its_deadline(
            RunningCairn cairn, ExecutorService callers, Connection other) throws Exception {
        lock(other, "account");
        var asked = new ArrayList<Future<JsonNode>>();
        for (int caller = 0; caller < CALLERS; caller++) {
            OF_ACCOUNTS.forEach(
                    document -> asked.add(callers.submit(() -> cairn.ask(document, Map.of()))));
        }
        for (var answer : asked) {
            assertThat(code(answer.get())).as(answer.get().toString()).isEqualTo("TIMEOUT");
        }
        RunningCairn.await(() -> waiting(other) == 0);
        assertThat(cairn.ask(SMALL, Map.of()).at("/data/analyze/records")).hasSize(1);
        assertThat(waiting(other)).isZero();
        other.rollback();
        return asked.size();
    }

    private static int small_ones_pass_large_ones(
            RunningCairn cairn, ExecutorService callers, Connection other) throws Exception {
        lock(other, "fact_sample_event");
        var large =
                Stream.generate(() -> callers.submit(() -> cairn.ask(LARGE, Map.of())))
                        .limit(CALLERS)
                        .toList();
        RunningCairn.await(() -> waiting(other) == 1);

        assertThat(cairn.ask(SMALL, Map.of()).at("/data/analyze/records")).hasSize(1);

        for (var answer : large) {
            assertThat(code(answer.get())).isEqualTo("TIMEOUT");
        }
        RunningCairn.await(() -> waiting(other) == 0);
        other.rollback();
        assertThat(cairn.ask(LARGE, Map.of()).at("/data/analyze/records")).hasSize(1);
        return large.size();
    }

    private static String code(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asString();
    }

    private static void lock(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("lock table %s in access exclusive mode".formatted(table));
        }
    }

    private static int waiting(Connection onlooker) throws SQLException {
        try (var statement = onlooker.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
