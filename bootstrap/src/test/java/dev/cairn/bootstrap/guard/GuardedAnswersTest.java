package dev.cairn.bootstrap.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.command.RunningCairn;
import dev.cairn.domain.analysis.Caller;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Of forty accounts twenty got their replies sooner last month, and more of their tickets came back; of the others nothing changed. */
class GuardedAnswersTest {
    private static final LocalDate UNTIL = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
    private static final int ACCOUNTS = 25;
    private static final String ASKED =
            """
            metrics: [{metric: {key: "minutes_to_reply"}} {metric: {key: "came_back"}}]
            timeRange: {between: {from: "%s", to: "%s"}}
            """
                    .formatted(UNTIL.minusMonths(1), UNTIL);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Caller MOVED = new Caller("ann", scope("moved"));
    private static final Caller STILL = new Caller("bob", scope("still"));

    private static final String DEFINITIONS =
            """
            source: request
            time: {field: at, zone: UTC}
            coverage: {from: %s, until: %s}
            account: {field: customer}
            key: [id]
            fields: {id: integer, at: timestamp, customer: text, took: integer, again: boolean}
            ---
            metric: minutes_to_reply
            label: Minutes to the reply
            of: cell
            direction: lower
            counter: came_back
            formula: avg(request.took)
            ---
            metric: came_back
            label: Came back
            of: cell
            direction: lower
            formula: "share(request : coalesce(again, false))"
            """;

    @TempDir private static Path folder;
    private static RunningCairn cairn;

    private static String scope(String kind) {
        return IntStream.range(0, ACCOUNTS)
                .mapToObj(at -> "'%s-%d'".formatted(kind, at))
                .collect(Collectors.joining(", ", "account in (", ")"));
    }

    @BeforeAll
    static void start() throws IOException {
        cairn = new RunningCairn(List.of("cairn.statistics.guards-every=1s"));
        write("definitions/a.yaml", DEFINITIONS.formatted(UNTIL.minusMonths(3), UNTIL));
        write("request.csv", requests());
        done("apply", folder.resolve("definitions").toString());
        done("import", "request", folder.resolve("request.csv").toString());
    }

    @AfterAll
    static void stop() {
        cairn.close();
    }

    private static void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private static void done(String... words) {
        var said = cairn.inside(words);
        assertThat(said.exit()).as(said.output() + said.errors()).isZero();
    }

    /** Ten a month of each account, of three months. */
    private static String requests() {
        var text = new StringBuilder("id,at,customer,took,again\n");
        var dice = new Random(7);
        int id = 0;
        for (int back = 3; back >= 1; back--) {
            for (var kind : List.of("moved", "still")) {
                boolean isMoved = back == 1 && kind.equals("moved");
                for (int account = 0; account < ACCOUNTS; account++) {
                    for (int one = 0; one < 10; one++) {
                        id++;
                        text.append(
                                "%d,%sT10:00:00Z,%s-%d,%d,%s\n"
                                        .formatted(
                                                id,
                                                UNTIL.minusMonths(back).plusDays(2 * one),
                                                kind,
                                                account,
                                                (isMoved ? 20 : 60) + id * 7 % 11,
                                                dice.nextInt(10) < (isMoved ? 5 : 1)));
                    }
                }
            }
        }
        return text.toString();
    }

    private static List<String> notices(Caller caller) {
        var answer =
                cairn.ask(
                        """
                        { analyze(input: {%s}) { records notices { code message column } } }
                        """
                                .formatted(ASKED),
                        Map.of(),
                        caller);
        assertThat(answer.path("errors").isMissingNode()).as(answer.toString()).isTrue();
        return answer.at("/data/analyze/notices")
                .valueStream()
                .filter(notice -> notice.path("code").asString().equals("COUNTER_MOVED"))
                .map(notice ->
                        notice.path("column").asString() + ": " + notice.path("message").asString())
                .toList();
    }

    /** The answer to the same question in plain JSON. */
    private static JsonNode plain() throws Exception {
        var body =
                """
                {"metrics": [{"metric": {"key": "minutes_to_reply"}}, {"metric": {"key": "came_back"}}],
                 "timeRange": {"between": {"from": "%s", "to": "%s"}}}
                """
                        .formatted(UNTIL.minusMonths(1), UNTIL);
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(cairn.url("/api/analyze"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private static List<String> codes(JsonNode notices) {
        return notices.valueStream().map(notice -> notice.path("code").asString()).toList();
    }

    private static String state(Caller caller) {
        return cairn.ask(
                        "{ metric(key: \"minutes_to_reply\") { counter guard { state since from until } } }",
                        Map.of(),
                        caller)
                .at("/data/metric/guard/state")
                .asString();
    }

    @Test
    void answers_and_the_catalogue_tell_each_caller_of_its_own_accounts() throws Exception {
        // Before the import is done it may be measured that there is not enough.
        RunningCairn.await(() -> state(Caller.LOCAL).equals("TRIPPED"));
        RunningCairn.await(() -> state(MOVED).equals("TRIPPED"));
        RunningCairn.await(() -> state(STILL).equals("QUIET"));
        assertThat(notices(Caller.LOCAL))
                .singleElement()
                .asString()
                .startsWith("minutes_to_reply: 'minutes_to_reply' got better (-")
                .contains("of 50 accounts) and its counter-metric 'came_back' worse (+0.");
        assertThat(notices(MOVED))
                .singleElement()
                .asString()
                .contains("of 25 accounts) and its counter-metric 'came_back' worse (+0.");
        assertThat(notices(STILL)).isEmpty();
        assertThat(
                        codes(
                                cairn.firstAnswer(
                                                "subscription { analysisUpdated(input: {%s}) { analysis { notices { code } } } }"
                                                        .formatted(ASKED),
                                                MOVED)
                                        .at("/data/analysisUpdated/analysis/notices")))
                .containsExactly("COUNTER_MOVED");
        assertThat(codes(plain().path("notices"))).containsExactly("COUNTER_MOVED");
        var said = cairn.inside("metrics", "minutes_to_reply");
        assertThat(said.output())
                .contains("guard          tripped since " + UNTIL.minusMonths(1) + ": ");
    }
}
