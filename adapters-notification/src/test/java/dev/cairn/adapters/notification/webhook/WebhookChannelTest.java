package dev.cairn.adapters.notification.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.cairn.adapters.notification.Events;
import dev.cairn.application.port.out.AlertChannel.NotDelivered;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

class WebhookChannelTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final AtomicInteger status = new AtomicInteger(204);
    private final List<Map<String, List<String>>> headers = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    headers.add(Map.copyOf(exchange.getRequestHeaders()));
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.getResponseHeaders().add("location", "/elsewhere");
                    exchange.sendResponseHeaders(status.get(), -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stopListening() {
        server.stop(0);
    }

    private WebhookChannel channel() {
        return new WebhookChannel(
                URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort())),
                WebhookSecret.read(SECRET).orElseThrow(),
                Clock.fixed(Events.NOON, ZoneOffset.UTC));
    }

    /** The example of the reference library of Standard Webhooks, of its tests: secret, id, timestamp, body and signature. */
    @Test
    void a_signature_is_that_of_the_published_example() {
        assertThat(
                        WebhookSecret.read(SECRET)
                                .orElseThrow()
                                .signature()
                                .of(
                                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                        1614265330,
                                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void an_event_is_posted_once_with_its_number_as_id_and_signed() throws Exception {
        channel().tell(Events.churn());

        var sent = headers.getFirst();
        var expected =
                WebhookSecret.read(SECRET)
                        .orElseThrow()
                        .signature()
                        .of("alert_42", Events.NOON.getEpochSecond(), bodies.getFirst());
        assertThat(bodies).hasSize(1);
        assertThat(sent.get("Webhook-id")).containsExactly("alert_42");
        assertThat(sent.get("Webhook-timestamp")).containsExactly("1772625600");
        assertThat(sent.get("Webhook-signature")).containsExactly(expected);
        assertThat(sent.get("Content-type")).containsExactly("application/json");
    }

    @Test
    void the_body_has_the_figures_and_the_accounts_of_each_group() throws Exception {
        channel().tell(Events.churn());

        var body = JsonMapper.shared().readTree(bodies.getFirst());
        assertThat(body.get("type").stringValue()).isEqualTo("alert.raised");
        assertThat(body.at("/data/alert").stringValue()).isEqualTo("churn_by_segment");
        assertThat(body.at("/data/reasons/0/figures/0/value").stringValue()).isEqualTo("0.057");
        assertThat(body.at("/data/reasons/0/accounts/1").stringValue()).isEqualTo("globex");
        assertThat(body.at("/data/reasons/1/keys/0/value").isNull()).isTrue();
        assertThat(body.at("/data/more").intValue()).isEqualTo(3);
    }

    @Test
    void what_is_answered_otherwise_than_with_success_is_not_delivered() {
        status.set(503);

        assertThatThrownBy(() -> channel().tell(Events.churn()))
                .isInstanceOf(NotDelivered.class)
                .hasMessage("It was answered with HTTP 503.");
    }

    @Test
    @Timeout(60)
    void an_answer_that_does_not_end_is_not_waited_for() throws Exception {
        var isTold = new CountDownLatch(1);
        server.createContext(
                "/hook",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    try {
                        isTold.await();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });

        try {
            channel().tell(Events.churn());
        } finally {
            isTold.countDown();
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        status.set(307);

        assertThatThrownBy(() -> channel().tell(Events.churn()))
                .isInstanceOf(NotDelivered.class)
                .hasMessage("It was answered with HTTP 307.");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void where_nobody_listens_it_is_not_delivered() {
        var channel = channel();
        server.stop(0);

        assertThatThrownBy(() -> channel.tell(Events.churn()))
                .isInstanceOf(NotDelivered.class)
                .hasMessage("It could not be sent: ConnectException.");
    }

    @Test
    void a_secret_is_long_and_shows_itself_to_nobody() {
        assertThat(WebhookSecret.read("whsec_c2hvcnQ=")).isEmpty();
        assertThat(WebhookSecret.read("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isEmpty();
        assertThat(WebhookSecret.read("whsec_!")).isEmpty();
        assertThat(WebhookSecret.read(SECRET).orElseThrow()).hasToString("whsec_...");
    }
}
