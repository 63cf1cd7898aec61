package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a request may cost, with a database behind it. */
class RequestLimitsTest {
    private static final int ALIASES = 30;
    private static final int REQUESTS_AT_ONCE = 4;

    @Test
    void thirty_questions_in_each_of_four_requests_at_once_are_all_answered() throws Exception {
        try (var cairn = new RunningCairn();
                var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            SmallCompany.fill(cairn);
            var expected = cairn.ask(questions(1, 10), Map.of()).at("/data/a0/records");
            assertThat(expected.size()).isEqualTo(3);

            Callable<JsonNode> request = () -> cairn.ask(questions(ALIASES, 10), Map.of());
            var answers =
                    requests.invokeAll(
                            IntStream.range(0, REQUESTS_AT_ONCE).mapToObj(_ -> request).toList());

            for (var answer : answers) {
                var data = answer.get().path("data");
                assertThat(data.size()).as(answer.get().toString()).isEqualTo(ALIASES);
                data.forEach(field -> assertThat(field.path("records")).isEqualTo(expected));
            }
        }
    }

    /** 448 characters that stand for 2^40 pieces; and as many as a request may have, of other kinds. */
    @Test
    void whatever_else_is_asked_the_service_answers() throws Exception {
        try (var cairn = new RunningCairn(List.of("cairn.limits.seconds=30"));
                var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            SmallCompany.fill(cairn);
            var doubled =
                    IntStream.rangeClosed(1, 40)
                            .mapToObj(at -> ", a%d = a%d + a%d".formatted(at, at - 1, at - 1))
                            .collect(
                                    Collectors.joining(
                                            "", "let a0 = count(sample_event)", " in a40"));
            var wide = "(" + "count(sample_event)+".repeat(150) + "1)";
            var large = (wide + "+").repeat(30) + "1";
            var monsters = new ArrayList<Future<JsonNode>>();
            for (int caller = 0; caller < 8; caller++) {
                var formula = caller % 2 == 0 ? doubled : large;
                monsters.add(requests.submit(() -> cairn.ask(inline(formula), Map.of())));
            }

            assertThat(cairn.ask("{ __typename }", Map.of()).at("/data/__typename").asString())
                    .isEqualTo("Query");
            assertThat(cairn.ask(questions(1, 10), Map.of()).at("/data/a0/records")).hasSize(3);

            for (int caller = 0; caller < monsters.size(); caller++) {
                var answer = monsters.get(caller).get();
                if (caller % 2 == 0) {
                    assertThat(answer.at("/data/analyze/records/0/x").isNumber())
                            .as(answer.toString())
                            .isTrue();
                } else {
                    assertThat(answer.toString()).doesNotContain("INTERNAL_ERROR");
                }
            }
        }
    }

    private static String inline(String formula) {
        return """
        { analyze(input: {metrics: [{metric: {formula: "%s"}, as: "x"}],
          timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}}) { records } }\
        """
                .formatted(formula);
    }

    private static String questions(int count, int first) {
        return IntStream.range(0, count)
                .mapToObj(i -> "a%d: analyze(%s) { records }".formatted(i, input(first)))
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    private static String input(int first) {
        return """
        input: {metrics: [{metric: {key: "sample_nps"}}], groupBy: ["account.plan"], first: %d,
          timeRange: {between: {from: "2026-01-01", to: "2026-07-01"}}}\
        """
                .formatted(first);
    }
}
