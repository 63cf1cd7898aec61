package dev.cairn.adapters.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.Fakes.Analyses;
import dev.cairn.adapters.graphql.SliceTest;
import dev.cairn.application.port.SubscriptionEnded;
import dev.cairn.application.port.in.SubscribeUseCase.Cause;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The protocol graphql-transport-ws, message by message. */
class SocketTest extends SliceTest {
    private static final String LIVE =
            "subscription { analysisUpdated(input: {metrics: [{metric: {key: \"m\"}}], timeRange: {last: {count: 1, grain: DAY}}}) { sequence cause analysis { asOf } } }";

    @Autowired private GraphqlSockets sockets;

    @Autowired private AtomicLong socketClock;

    private SocketClient client;

    @BeforeEach
    void open() {
        client = SocketClient.ready(url());
    }

    @AfterEach
    void close() {
        client.close();
        await(() -> sockets.open() == 0);
        await(() -> subscriptions.open.isEmpty());
    }

    private SocketClient fresh() {
        client.close();
        client = new SocketClient(url(), "graphql-transport-ws");
        return client;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + SocketClient.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience is over").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void a_query_is_answered_by_next_and_complete() {
        client.subscribe("a", "{ metrics { totalCount } }");

        var next = client.next();
        assertThat(next.path("type").asString()).isEqualTo("next");
        assertThat(next.path("id").asString()).isEqualTo("a");
        assertThat(next.at("/payload/data/metrics/totalCount").asInt(-1)).isZero();
        assertThat(client.next()).hasToString("{\"id\":\"a\",\"type\":\"complete\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"documentId\": \"how-many\"}",
                "{\"documentId\": \"how-many\", \"query\": null, \"variables\": null, \"extensions\": null}"
            })
    void a_registered_document_is_asked_by_its_name(String payload) {
        client.send("{\"type\": \"subscribe\", \"id\": \"a\", \"payload\": %s}".formatted(payload));

        assertThat(client.next().at("/payload/data/metrics/totalCount").asInt(-1)).isZero();
    }

    @Test
    void a_hash_that_is_not_known_is_answered_by_the_error_clients_know() {
        client.send(
                "{\"type\": \"subscribe\", \"id\": \"a\", \"payload\": {\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"%s\"}}}}"
                        .formatted("0".repeat(64)));

        assertThat(client.next().at("/payload/0/message").asString())
                .isEqualTo("PersistedQueryNotFound");
    }

    @Test
    void a_mutation_is_made() {
        client.subscribe(
                "a",
                "mutation { defineSlice(input: {key: \"k\", source: \"s\", where: \"true\"}) { problems { code } } }");

        assertThat(client.next().path("type").asString()).isEqualTo("next");
    }

    @Test
    void an_invalid_document_is_answered_by_error() {
        client.subscribe("a", "{ nothing }");

        var error = client.next();
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/payload/0/extensions/code").asString())
                .isEqualTo("GRAPHQL_VALIDATION_FAILED");
        client.subscribe("a", "{ metrics { totalCount } }");
        assertThat(client.next().path("type").asString()).as("its id is free").isEqualTo("next");
    }

    @Test
    void what_is_over_a_limit_is_answered_by_error() {
        client.subscribe(
                "a",
                "{ metrics { edges { node { dependsOn { dependsOn { dependsOn { dependsOn { dependsOn { dependsOn { dependsOn { dependsOn { dependsOn { dependsOn { key } } } } } } } } } } } } } }");

        assertThat(client.next().at("/payload/0/extensions/code").asString())
                .isEqualTo("QUERY_TOO_EXPENSIVE");
    }

    @Test
    void a_ping_is_answered_by_pong_with_its_payload() {
        client.send("{\"type\": \"ping\", \"payload\": {\"at\": 1}}");
        assertThat(client.next()).hasToString("{\"type\":\"pong\",\"payload\":{\"at\":1}}");

        client.send("{\"type\": \"ping\"}");
        assertThat(client.next()).hasToString("{\"type\":\"pong\"}");
        client.send("{\"type\": \"pong\"}");
        client.send("{\"type\": \"ping\"}");
        assertThat(client.next()).hasToString("{\"type\":\"pong\"}");
    }

    @Test
    void a_subscription_is_answered_by_each_next() {
        client.subscribe("a", LIVE);
        assertThat(client.next().at("/payload/data/analysisUpdated"))
                .hasToString(
                        "{\"sequence\":1,\"cause\":\"INITIAL\",\"analysis\":{\"asOf\":\"2026-01-31T10:00:00Z\"}}");

        await(() -> subscriptions.open.getFirst().demand() == 1);
        subscriptions.open.getFirst().answer(Cause.DATA, Analyses.EMPTY);
        assertThat(client.next().at("/payload/data/analysisUpdated/cause").asString())
                .isEqualTo("DATA");
    }

    @Test
    void complete_ends_a_subscription_and_frees_its_id() {
        client.subscribe("a", LIVE);
        client.next();
        client.send("{\"id\": \"a\", \"type\": \"complete\"}");
        await(() -> subscriptions.open.isEmpty());

        client.subscribe("a", LIVE);
        assertThat(client.next().path("type").asString()).isEqualTo("next");
        client.send("{\"id\": \"unknown\", \"type\": \"complete\"}");
        client.send("{\"type\": \"ping\"}");
        assertThat(client.next().path("type").asString()).isEqualTo("pong");
    }

    @Test
    void a_query_that_runs_is_cancelled_by_complete() {
        var begun = new CountDownLatch(1);
        analyses.does(_ -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("cancelled");
        });
        client.subscribe(
                "a",
                "{ analyze(input: {metrics: [{metric: {key: \"m\"}}], timeRange: {last: {count: 1, grain: DAY}}}) { asOf } }");
        await(() -> begun.getCount() == 0);
        client.send("{\"id\": \"a\", \"type\": \"complete\"}");

        client.send("{\"type\": \"ping\"}");
        assertThat(client.next().path("type").asString()).as("no answer").isEqualTo("pong");
    }

    @Test
    void a_question_that_is_not_valid_any_more_ends_with_error_and_its_problems() {
        client.subscribe("a", LIVE);
        client.next();
        subscriptions
                .open
                .getFirst()
                .fail(
                        SubscriptionEnded.invalid(
                                List.of(
                                        Problem.of(
                                                ProblemCode.UNKNOWN_METRIC,
                                                Place.of("metrics"),
                                                "No metric 'm'."))));

        var error = client.next();
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/payload/0/extensions/code").asString()).isEqualTo("BAD_QUERY");
        assertThat(error.at("/payload/0/extensions/problems/0/code").asString())
                .isEqualTo("UNKNOWN_METRIC");
    }

    @Test
    void what_a_subscription_fails_with_is_not_told() {
        client.subscribe("a", LIVE);
        client.next();
        subscriptions.open.getFirst().fail(new IllegalStateException("secret"));

        assertThat(client.next().toString()).contains("INTERNAL_ERROR").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "null",
                "5",
                "[]",
                "{}",
                "{\"type\": \"start\"}",
                "{\"type\": 5}",
                "{\"type\": \"ping\", \"type\": \"pong\"}",
                "{\"type\": \"ping\"} {}",
                "{\"type\": \"ping\", \"payload\": 5}",
                "{\"type\": \"ping\", \"payload\": {\"half\": \"\\ud800\"}}",
                "{\"type\": \"subscribe\", \"payload\": {\"query\": \"{ __typename }\"}}",
                "{\"id\": \"\", \"type\": \"subscribe\", \"payload\": {\"query\": \"{ __typename }\"}}",
                "{\"id\": \"a\", \"type\": \"subscribe\"}",
                "{\"id\": \"a\", \"type\": \"subscribe\", \"payload\": {}}",
                "{\"id\": \"a\", \"type\": \"subscribe\", \"payload\": {\"query\": 5}}",
                "{\"id\": \"a\", \"type\": \"subscribe\", \"payload\": {\"query\": \"{ __typename }\", \"variables\": []}}",
                "{\"type\": \"complete\"}"
            })
    void what_is_no_message_closes_it(String text) {
        client.send(text);

        assertThat(client.closed()).isEqualTo("4400 Invalid message received");
    }

    @Test
    void bytes_close_it() {
        client.sendBytes(new byte[] {1, 2});

        assertThat(client.closed()).startsWith("4400");
    }

    @Test
    void a_message_that_is_too_long_closes_it_and_one_below_is_taken() {
        client.send(
                "{\"type\": \"ping\", \"payload\": {\"a\": \"%s\"}}".formatted("x".repeat(90_000)));
        assertThat(client.next().path("type").asString()).isEqualTo("pong");

        client.send(
                "{\"type\": \"ping\", \"payload\": {\"a\": \"%s\"}}"
                        .formatted("x".repeat(100_001)));
        assertThat(client.closed()).startsWith("1009");
    }

    @Test
    void asking_before_it_is_acknowledged_closes_it() {
        fresh().subscribe("a", "{ __typename }");

        assertThat(client.closed()).isEqualTo("4401 Unauthorized");
    }

    @Test
    void a_second_initialisation_closes_it() {
        client.send("{\"type\": \"connection_init\"}");

        assertThat(client.closed()).isEqualTo("4429 Too many initialisation requests");
    }

    @Test
    void an_id_that_is_in_use_closes_it() {
        client.subscribe("a", LIVE);
        client.next();
        client.subscribe("a", LIVE);

        assertThat(client.closed()).isEqualTo("4409 Subscriber for a already exists");
    }

    @Test
    void one_that_says_nothing_is_closed() {
        client.close();
        await(() -> sockets.open() == 0);
        fresh();
        await(() -> sockets.open() == 1);
        socketClock.addAndGet(INITIALISATION.toNanos());

        assertThat(client.closed()).isEqualTo("4408 Connection initialisation timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "graphql-ws", "chat"})
    void another_protocol_closes_it(String protocol) {
        try (var other = new SocketClient(url(), protocol)) {
            assertThat(other.closed()).isEqualTo("4406 Subprotocol not acceptable");
        }
    }

    @Test
    void who_one_is_can_be_said_in_the_payload() {
        client.close();
        client = new SocketClient(url(), "graphql-transport-ws", "Nobody", "yes");
        client.send(
                "{\"type\": \"connection_init\", \"payload\": {\"Authorization\": \"Bearer good\"}}");
        assertThat(client.next().path("type").asString()).isEqualTo("connection_ack");

        client.subscribe("a", "{ metrics { totalCount } }");
        assertThat(client.next().path("type").asString()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"authorization\": \"Bearer bad\"}",
                "{\"authorization\": 5}",
                "{\"authorization\": \"Bearer good\", \"Authorization\": \"Bearer bad\"}",
                "{}"
            })
    void nobody_is_refused(String payload) {
        client.close();
        client = new SocketClient(url(), "graphql-transport-ws", "Nobody", "yes");
        client.send("{\"type\": \"connection_init\", \"payload\": %s}".formatted(payload));

        assertThat(client.closed()).isEqualTo("4403 Forbidden");
    }

    @Test
    void who_may_not_ask_any_more_is_closed_when_asking() {
        signIn.now = Optional.empty();
        client.subscribe("a", "{ metrics { totalCount } }");

        assertThat(client.closed()).isEqualTo("4403 Forbidden");
        assertThat(catalogs.calls).isEmpty();
    }

    @Test
    void a_subscription_whose_right_has_ended_closes_the_socket() {
        client.subscribe("a", LIVE);
        client.next();
        signIn.now = Optional.empty();
        subscriptions
                .open
                .getFirst()
                .fail(new SubscriptionEnded(SubscriptionEnded.Reason.SIGNED_OUT));

        assertThat(client.next().at("/payload/0/extensions/code").asString())
                .isEqualTo("UNAUTHENTICATED");
        assertThat(client.closed()).isEqualTo("4403 Forbidden");
    }

    @Test
    void a_right_that_cannot_be_looked_at_ends_no_other_subscription() {
        client.subscribe("a", LIVE);
        client.next();
        client.subscribe("b", LIVE);
        client.next();
        signIn.isOutOfReach = true;
        subscriptions.open.getFirst().fail(new IllegalStateException("no database"));
        assertThat(client.next().path("type").asString()).isEqualTo("error");

        client.send("{\"type\": \"ping\"}");
        assertThat(client.next().path("type").asString()).isEqualTo("pong");
        signIn.isOutOfReach = false;
        client.subscribe("c", LIVE);
        assertThat(client.next().path("type").asString()).isEqualTo("next");
        await(() -> subscriptions.open.size() == 2);
    }

    @Test
    void one_operation_too_many_is_refused_and_the_others_go_on() {
        for (var id : List.of("a", "b", "c")) {
            client.subscribe(id, LIVE);
            client.next();
        }
        client.subscribe("d", LIVE);
        var error = client.next();
        assertThat(error.path("id").asString()).isEqualTo("d");
        assertThat(error.at("/payload/0/extensions/setting").asString())
                .isEqualTo("cairn.limits.operations");

        client.send("{\"id\": \"a\", \"type\": \"complete\"}");
        client.subscribe("d", LIVE);
        assertThat(client.next().path("type").asString()).isEqualTo("next");
    }

    /** Those that are answered make room for others at once, but not in the same minute. */
    @Test
    void one_operation_too_many_of_a_caller_in_a_minute_is_refused() {
        signIn.now = Optional.of(new Caller("eager", null));
        fresh().send(
                        "{\"type\": \"connection_init\", \"payload\": {\"authorization\": \"Bearer good\"}}");
        client.next();
        for (int at = 0; at < OPERATIONS_OF_ONE; at++) {
            client.subscribe("a", "{ __typename }");
            assertThat(client.next().path("type").asString()).isEqualTo("next");
            client.next();
        }
        client.subscribe("b", LIVE);

        var error = client.next();
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/payload/0/extensions/code").asString())
                .isEqualTo("TOO_MANY_REQUESTS");
        assertThat(error.at("/payload/0/extensions/retryAfterSeconds").asInt()).isPositive();
        assertThat(error.at("/payload/0/message").asString()).contains("cairn.callers.per-minute");
        client.send("{\"type\": \"ping\"}");
        assertThat(client.next().path("type").asString()).isEqualTo("pong");
    }

    @Test
    void one_subscription_of_a_user_too_many_is_refused_over_all_sockets() {
        for (var id : List.of("a", "b", "c")) {
            client.subscribe(id, LIVE);
            client.next();
        }
        try (var other = SocketClient.ready(url())) {
            other.subscribe("a", LIVE);
            assertThat(other.next().path("type").asString()).isEqualTo("next");
            other.subscribe("b", LIVE);
            assertThat(other.next().at("/payload/0/extensions/setting").asString())
                    .isEqualTo("cairn.limits.subscriptions");
        }
        await(() -> subscriptions.open.size() == 3);
    }

    @Test
    void a_socket_that_is_lost_ends_what_ran_on_it() {
        client.subscribe("a", LIVE);
        client.next();
        client.close();

        await(() -> subscriptions.open.isEmpty());
        assertThat(sockets.open()).isZero();
    }
}
