package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.graphql.socket.GraphqlSockets;
import dev.cairn.application.service.SubscribeService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a thousand subscriptions cost while nothing changes; the clients' ends are in the same process, and counted. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IdleSubscriptionsTest {
    private static final Logger LOG = LoggerFactory.getLogger(IdleSubscriptionsTest.class);
    private static final int SUBSCRIPTIONS = 1_000;
    private static final int QUESTIONS = 20;

    /** As of a dashboard. */
    private static final int TOGETHER = 10;

    /** Of all that a service does by itself: it looks at all versions, and at the database, once a second each. */
    private static final int STATEMENTS = 20;

    private static final Duration LEAST = Duration.ofSeconds(5);

    /** Caches of the server keep some of what closed sockets had. */
    private static final long SPARE_BYTES = 3_000_000;

    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private static final Pattern TAKEN =
            Pattern.compile("(?m)^hikaricp_connections_usage_seconds_count\\S* (\\d+)");

    private static final String LIVE =
            """
            subscription Live($input: AnalysisInput!) { analysisUpdated(input: $input) {
              sequence cause analysis { asOf records columns { key label unit } notices { code message } } } }\
            """;

    private static final List<IdleSocket> SOCKETS = new ArrayList<>();
    private static RunningCairn cairn;
    private static long empty;

    @BeforeAll
    static void start() throws Exception {
        cairn = new RunningCairn(List.of("cairn.limits.subscriptions=10000", "cairn.metrics=true"));
        SmallCompany.fill(cairn);
        open(2 * QUESTIONS, TOGETHER);
        open(2 * QUESTIONS, 1);
        leave();
        empty = held();
    }

    @AfterAll
    static void stop() throws Exception {
        leave();
        cairn.close();
    }

    @Test
    @Order(1)
    void each_on_a_socket_of_its_own_takes_less_than_20_kB() throws Exception {
        assertThat(bytesOfEach(1)).isLessThan(20_000);
    }

    /** One statement a second serves all of them. */
    @Test
    @Order(3)
    void none_sends_a_statement() throws Exception {
        assertThat(SOCKETS).hasSize(SUBSCRIPTIONS);
        long before = borrowed();
        long begun = System.nanoTime();
        RunningCairn.await(() -> borrowed() >= before + STATEMENTS);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LEAST);
    }

    /** What was taken before is free again, too. */
    @Test
    @Order(3)
    void ten_on_each_socket_take_less_than_10_kB_each() throws Exception {
        leave();
        RunningCairn.await(() -> held() < empty + SPARE_BYTES);
        assertThat(bytesOfEach(TOGETHER)).isLessThan(10_000);
    }

    private static long bytesOfEach(int together) throws Exception {
        long before = held();
        open(SUBSCRIPTIONS, together);
        long each = (held() - before) / SUBSCRIPTIONS;
        LOG.info("{} on a socket: {} bytes for each subscription", together, each);
        return each;
    }

    private static void open(int subscriptions, int together) throws IOException {
        for (int number = 0; number < subscriptions; number += together) {
            var socket = new IdleSocket(cairn.url("/graphql"));
            SOCKETS.add(socket);
            socket.send(Map.of("type", "connection_init"));
            assertThat(socket.next().path("type").asString()).isEqualTo("connection_ack");
            for (int one = 0; one < together; one++) {
                socket.send(subscribe(number + one));
                assertThat(socket.next().path("type").asString()).isEqualTo("next");
            }
        }
    }

    private static Map<String, ?> subscribe(int number) {
        var metric =
                Map.of(
                        "metric",
                        Map.of("formula", "count(sample_event)"),
                        "as",
                        "x" + number % QUESTIONS);
        var input =
                Map.of(
                        "metrics",
                        List.of(metric),
                        "groupBy",
                        List.of("account.plan"),
                        "timeRange",
                        Map.of("between", Map.of("from", "2026-01-01", "to", "2026-07-01")));
        return Map.of(
                "id",
                "s" + number,
                "type",
                "subscribe",
                "payload",
                Map.of("query", LIVE, "variables", Map.of("input", input)));
    }

    private static void leave() throws Exception {
        SOCKETS.forEach(IdleSocket::close);
        SOCKETS.clear();
        RunningCairn.await(() ->
                cairn.bean(GraphqlSockets.class).open() == 0
                        && cairn.bean(SubscribeService.class).questions() == 0);
    }

    /** Connections to the database that were taken so far. */
    private static long borrowed() {
        var taken = TAKEN.matcher(cairn.get("/metrics").body());
        assertThat(taken.find()).isTrue();
        return Long.parseLong(taken.group(1));
    }

    /** Bytes of all objects that are alive. */
    private static long held() throws JMException {
        var histogram =
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "gcClassHistogram",
                                new Object[] {new String[0]},
                                new String[] {String[].class.getName()});
        var total = LIVE_BYTES.matcher(histogram.toString());
        assertThat(total.find()).isTrue();
        return Long.parseLong(total.group(1));
    }
}
