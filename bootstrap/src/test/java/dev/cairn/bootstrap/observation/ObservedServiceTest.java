package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.bootstrap.command.SmallCompany;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
    void slow_requests_are_told_under_the_id_that_the_caller_has_and_without_its_values(
            CapturedOutput log) throws Exception {
        try (var cairn =
                new RunningCairn(
                        List.of(
                                "cairn.questions.slow=1ms",
                                "cairn.questions.slow-plan=true",
                                "cairn.limits.seconds=5"))) {
            SmallCompany.fill(cairn);

            var answered = ask(cairn);
            assertThat(answered.body()).contains("\"records\":[{\"" + SECRET);
            assertThat(lineOf(log, answered, "a request took"))
                    .containsPattern(
                            "took \\d+ ms \\(OK\\): parse \\d+, plan \\d+, queue \\d+, database \\d+, encode \\d+\\. Statements: [0-9a-f]+ \\(\\d+ ms, 1 rows\\)\\.");
            RunningCairn.await(() -> log.getAll().contains("how the database goes about"));
            assertThat(log.getAll()).contains("Scan on fact_sample_event").doesNotContain(SECRET);

            try (var other = cairn.database().connect();
                    var statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table fact_sample_event in access exclusive mode");
                var late = ask(cairn);
                assertThat(late.body()).contains("TIMEOUT");
                assertThat(lineOf(log, late, "was given up")).contains("[TIMEOUT]");
                assertThat(lineOf(log, late, "a request took")).contains("(TIMEOUT)");
            }
            assertThat(log.getAll()).doesNotContain(SECRET, "\tat ");
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

    private HttpResponse<String> ask(RunningCairn cairn) throws Exception {
        return http.send(
                HttpRequest.newBuilder(cairn.url("/graphql"))
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        JsonMapper.shared()
                                                .writeValueAsString(Map.of("query", QUESTION))))
                        .build(),
                BodyHandlers.ofString());
    }
}
