package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.bootstrap.sample.Sample;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
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
            cairn.bean(Sample.class).fillIfEmpty();
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
