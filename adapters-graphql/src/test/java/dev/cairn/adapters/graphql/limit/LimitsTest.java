package dev.cairn.adapters.graphql.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import graphql.introspection.IntrospectionQueryBuilder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each limit refuses a request over it with nothing executed, and lets pass what is just below. */
class LimitsTest extends SliceTest {
    @Test
    void twelve_levels_pass() {
        catalogs.has(Samples.metric("n", "n"));

        assertThat(ask(nested(12)).json().path("errors")).isEmpty();
    }

    @Test
    void thirteen_levels_do_not() {
        refuses(nested(13), "13 levels deep");
    }

    @Test
    void sixty_levels_do_not() {
        refuses(nested(60), "60 levels deep");
    }

    @Test
    void thirty_aliases_pass() {
        assertThat(ask(aliased(30)).json().path("errors")).isEmpty();
    }

    @Test
    void thirty_one_aliases_do_not() {
        refuses(aliased(31), "too many aliases");
    }

    @Test
    void five_hundred_repetitions_pass() {
        assertThat(ask("{ metrics { " + "totalCount ".repeat(500) + "} }").json().path("errors"))
                .isEmpty();
    }

    @Test
    void five_hundred_and_one_do_not() {
        refuses("{ metrics { " + "totalCount ".repeat(501) + "} }", "selected too often");
    }

    @Test
    void more_tokens_than_the_parser_takes_are_refused() {
        var reply = ask("{ metrics { " + "totalCount ".repeat(15_001) + "} }");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asString()).contains("15,000");
        assertThat(catalogs.calls).isEmpty();
    }

    @Test
    void introspection_by_the_usual_query_works() {
        var query =
                IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions());

        var reply = ask(query);

        assertThat(reply.json().path("errors")).isEmpty();
        assertThat(reply.json().at("/data/__schema/queryType/name").asString()).isEqualTo("Query");
    }

    @Test
    void introspection_in_circles_is_refused() {
        var reply =
                ask(
                        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }");

        assertThat(reply.json().has("data")).isFalse();
        assertThat(reply.code()).isEqualTo("QUERY_TOO_EXPENSIVE");
    }

    @Test
    void an_execution_that_takes_too_long_is_given_up() throws InterruptedException {
        var interruptedOrReleased = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        analyses.does(_ -> {
            try {
                release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            interruptedOrReleased.countDown();
            throw new IllegalStateException("nobody waits for this any more");
        });

        var reply =
                ask(
                        "{ analyze(input: {metrics: [], timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }");
        release.countDown();

        assertThat(reply.code()).isEqualTo("TIMEOUT");
        assertThat(reply.error().at("/extensions/classification").asString())
                .isEqualTo("ExecutionAborted");
        assertThat(reply.error().path("message").asString()).contains("longer than 2 seconds");
        assertThat(reply.json().path("data").isNull()).isTrue();
        assertThat(interruptedOrReleased.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private void refuses(String document, String why) {
        var reply = ask(document);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("QUERY_TOO_EXPENSIVE");
        assertThat(reply.error().at("/extensions/classification").asString())
                .isEqualTo("ExecutionAborted");
        assertThat(reply.error().path("message").asString())
                .contains(why)
                .contains("Nothing was executed.");
        assertThat(reply.json().has("data")).isFalse();
        assertThat(catalogs.calls).isEmpty();
    }

    /** {@code { metric { dependsOn { ... { key } } } }} */
    private static String nested(int levels) {
        return "{ metric(key: \"n\") { "
                + "dependsOn { ".repeat(levels - 2)
                + "key"
                + " }".repeat(levels);
    }

    private static String aliased(int count) {
        return IntStream.range(0, count)
                .mapToObj("m%d: metric(key: \"n\") { key }"::formatted)
                .collect(Collectors.joining(" ", "{ ", " }"));
    }
}
