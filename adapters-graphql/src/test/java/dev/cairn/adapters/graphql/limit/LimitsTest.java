package dev.cairn.adapters.graphql.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.cairn.adapters.graphql.Samples;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.domain.plan.Cancellation.Cancelled;
import graphql.introspection.IntrospectionQueryBuilder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each limit lets a request pass that is at it, and refuses one that is a step above it, with nothing executed. */
@ExtendWith(OutputCaptureExtension.class)
class LimitsTest extends SliceTest {

    /** Limits, and documents that have so many of what the limit counts. */
    static Stream<Arguments> documents() {
        return Stream.of(
                of(Limit.CHARACTERS, count -> "{ __typename } #" + "c".repeat(count - 16)),
                of(Limit.TOKENS, LimitsTest::tokens),
                of(Limit.WHITESPACE, count -> "{__typename}" + "\n".repeat(count)),
                of(Limit.GRAMMAR_DEPTH, LimitsTest::levelsOfGrammar),
                of(Limit.DEPTH, LimitsTest::levels),
                of(Limit.INTROSPECTION_DEPTH, LimitsTest::levelsOfIntrospection),
                of(Limit.FRAGMENT_DEPTH, LimitsTest::chain),
                of(Limit.ALIASES, LimitsTest::aliases),
                of(Limit.REPEATS, count -> "{ metrics { " + "totalCount ".repeat(count) + "} }"),
                of(Limit.LIST, count -> "{ metrics" + domains(count) + " }"),
                of(Limit.COST, LimitsTest::costs));
    }

    private static Arguments of(Limit limit, IntFunction<String> document) {
        return argumentSet(limit.key(), limit, document);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_at_the_limit_passes(Limit limit, IntFunction<String> document) {
        catalogs.has(Samples.metric("n", "n"));

        var reply = ask(document.apply(limit.standard()));

        assertThat(reply.json().path("errors")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_document_above_the_limit_is_refused(Limit limit, IntFunction<String> document) {
        var reply = ask(document.apply(limit.standard() + 1));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().has("data")).isFalse();
        assertIsOver(limit, reply);
    }

    @Test
    void a_body_at_the_limit_passes() {
        assertThat(
                        post(body(Limit.BODY.standard()), "application/json", "application/json")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_body_above_the_limit_is_refused() {
        var reply = post(body(Limit.BODY.standard() + 1), "application/json", "application/json");

        assertThat(reply.status()).isEqualTo(413);
        assertIsOver(Limit.BODY, reply);
    }

    @Test
    void every_limit_has_its_test() {
        assertThat(
                        Stream.concat(
                                documents().map(arguments -> arguments.get()[0]),
                                Stream.of(
                                        Limit.BODY,
                                        Limit.SECONDS,
                                        // SocketTest
                                        Limit.MESSAGE,
                                        Limit.OPERATIONS,
                                        Limit.SUBSCRIPTIONS,
                                        Limit.IDLE)))
                .containsExactlyInAnyOrder((Object[]) Limit.values());
    }

    @Test
    void a_refusal_costs_what_explain_says() {
        var input = "input: {metrics: [], first: 9999, timeRange: {last: {count: 1, grain: DAY}}}";
        var estimate =
                ask("{ explain(" + input + ") { cost { estimated limit } } }")
                        .json()
                        .at("/data/explain/cost");
        var refusal =
                ask(
                        IntStream.range(0, 20)
                                .mapToObj(i -> "a" + i + ": analyze(" + input + ") { records }")
                                .collect(Collectors.joining(" ", "{ ", " }")));

        // A page of 9999 rows costs 520.95: the estimate of one question is rounded, and so is that
        // of the request.
        assertThat(estimate.path("estimated").asInt()).isEqualTo(521);
        assertThat(refusal.error().at("/extensions/actual").asInt()).isEqualTo(10_419);
        assertThat(refusal.error().at("/extensions/limit")).isEqualTo(estimate.path("limit"));
    }

    @Test
    void what_is_behind_cells_costs_as_much_as_the_question_has_metrics() {
        // 21 for the question, 0.05 for each row, and 21 for each of 2 cells of a metric in each
        // row.
        assertThat(ask(openingCells(1, 100)).json().has("errors")).isFalse();
        assertThat(costOf(openingCells(1, 200))).isEqualTo(21 + 10 + 200 * 2 * 21);
        assertThat(ask(openingCells(20, 5)).json().has("errors")).isFalse();
        assertThat(costOf(openingCells(20, 20))).isEqualTo(21 + 1 + 20 * 40 * 21);
    }

    @Test
    void curves_cost_as_many_steps_as_a_cell_is_taken_to_have() {
        // 21 for the question, 0.05 for each row, and 0.02 for each of 100 steps of 2 cells of a
        // metric in each row.
        assertThat(ask(cells(1, 1000, "survival { steps { time } }")).json().has("errors"))
                .isFalse();
        assertThat(costOf(cells(2, 1000, "survival { steps { time } }")))
                .isEqualTo(21 + 50 + 1000 * 4 * 2);
    }

    private static String openingCells(int metrics, int rows) {
        return cells(metrics, rows, "members { asOf }");
    }

    private static String cells(int metrics, int rows, String selected) {
        return "{ analyze(input: {metrics: [%s], first: %d, timeRange: {last: {count: 1, grain: DAY}}}) { rows { cells { %s } } } }"
                .formatted(
                        IntStream.range(0, metrics)
                                .mapToObj(at -> "{metric: {key: \"n%d\"}}".formatted(at))
                                .collect(Collectors.joining(", ")),
                        rows,
                        selected);
    }

    private int costOf(String refused) {
        return ask(refused).error().at("/extensions/actual").asInt();
    }

    @Test
    void ninety_nine_errors_are_told_and_then_it_is_enough() {
        var all = ask("{ " + unknownFields(99) + "}").json().path("errors");
        var cut = ask("{ " + unknownFields(150) + "}").json().path("errors");

        assertThat(all).hasSize(99);
        assertThat(cut).hasSize(100);
        assertThat(cut.get(99).path("message").asString())
                .contains("maximum number of validation errors has been reached. (100)");
        assertThat(cut.get(99).at("/extensions/code").asString())
                .isEqualTo("GRAPHQL_VALIDATION_FAILED");
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
    void an_execution_that_takes_too_long_is_given_up(CapturedOutput log)
            throws InterruptedException {
        var interruptedOrReleased = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        analyses.does(_ -> {
            try {
                release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            interruptedOrReleased.countDown();
            throw new Cancelled();
        });

        var reply =
                askInAHurry(
                        "{ analyze(input: {metrics: [], timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }");
        release.countDown();

        assertThat(reply.code()).isEqualTo("TIMEOUT");
        assertThat(reply.error().at("/extensions/classification").asString())
                .isEqualTo("ExecutionAborted");
        assertThat(reply.error().at("/extensions/limit").asInt()).isEqualTo(2);
        assertThat(reply.error().path("message").asString()).contains("longer than is allowed");
        assertThat(reply.json().path("data").isNull()).isTrue();
        // On a machine that stands still it may be given up before it has begun.
        assertThat(analyses.asked.isEmpty() || interruptedOrReleased.await(1, TimeUnit.MINUTES))
                .isTrue();
        assertThat(log.getAll().lines()).singleElement().asString().contains("[TIMEOUT]");
    }

    private void assertIsOver(Limit limit, Reply reply) {
        var extensions = reply.error().path("extensions");
        assertThat(reply.code()).isEqualTo("QUERY_TOO_EXPENSIVE");
        assertThat(extensions.path("classification").asString()).isEqualTo("ExecutionAborted");
        assertThat(extensions.path("setting").asString()).isEqualTo(limit.setting());
        assertThat(extensions.path("limit").asInt()).isEqualTo(limit.standard());
        assertThat(extensions.path("actual").asInt()).isEqualTo(limit.standard() + 1);
        assertThat(reply.error().path("message").asString())
                .contains(limit.what())
                .contains(limit.remedy())
                .endsWith("Nothing was executed.");
        assertThat(catalogs.calls).isEmpty();
        assertThat(analyses.asked).isEmpty();
    }

    private static String body(int bytes) {
        var request = "{\"query\": \"{ __typename }\"}";
        return request + " ".repeat(bytes - request.length());
    }

    /** 17 tokens, the end among them, and a word for each further one. */
    private static String tokens(int count) {
        int half = (count - 33) / 2;
        return "{ metrics" + domains(half) + " b: metrics" + domains(count - 33 - half) + " }";
    }

    private static String domains(int count) {
        return "(filter: {domains: [" + "HEALTH ".repeat(count) + "]}) { totalCount }";
    }

    /** {@code { metric { dependsOn { ... { key } } } }}; what is not included costs nothing, but is there. */
    private static String levels(int count) {
        return "{ metric(key: \"n\") { key dependsOn @include(if: false) { "
                + "dependsOn { ".repeat(count - 3)
                + "key"
                + " }".repeat(count);
    }

    /** 21 levels of rules, three more for each object in an object, and two more than that for a list between them. */
    private static String levelsOfGrammar(int count) {
        int more = count - 21;
        int lists = more % 3 == 0 ? 0 : more % 3 == 2 ? 1 : 2;
        int negations = (more - 5 * lists) / 3;
        return "{ explain(input: {metrics: [], timeRange: {last: {count: 1, grain: DAY}}, filter: "
                + "{not: ".repeat(negations)
                + "{all: [".repeat(lists)
                + "{where: {field: \"a\", op: IS_NULL}}"
                + "]}".repeat(lists)
                + "}".repeat(negations)
                + "}) { valid } }";
    }

    private static String levelsOfIntrospection(int count) {
        return "{ __type(name: \"Query\") { "
                + "ofType { ".repeat(count - 2)
                + "name"
                + " }".repeat(count);
    }

    private static String chain(int count) {
        return "{ ...F1 } "
                + IntStream.rangeClosed(1, count)
                        .mapToObj(i ->
                                "fragment F%d on Query { %s }"
                                        .formatted(i, i == count ? "__typename" : "...F" + (i + 1)))
                        .collect(Collectors.joining(" "));
    }

    private static String aliases(int count) {
        return IntStream.range(0, count)
                .mapToObj("m%d: metric(key: \"n\") { key }"::formatted)
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    /** An analysis costs 21, and every twenty rows of its page one more: the last page is as large as is left. */
    private static String costs(int count) {
        int largest = 21 + 500;
        int whole = (count - 22) / largest;
        int left = 20 * (count - whole * largest - 21);
        return IntStream.rangeClosed(0, whole)
                .mapToObj(i ->
                        "a%d: analyze(input: {metrics: [], first: %d, timeRange: {last: {count: 1, grain: DAY}}}) { records }"
                                .formatted(i, i == whole ? left : 10_000))
                .collect(Collectors.joining(" ", "{ ", " }"));
    }

    private static String unknownFields(int count) {
        return IntStream.range(0, count)
                .mapToObj("unknown%d "::formatted)
                .collect(Collectors.joining());
    }
}
