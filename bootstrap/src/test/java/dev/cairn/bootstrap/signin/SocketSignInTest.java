package dev.cairn.bootstrap.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.bootstrap.command.RunningCairn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.json.JsonMapper;

/** Sockets of a service where everybody signs in: by a header, or, as browsers have to, by the first message. */
@TestInstance(Lifecycle.PER_CLASS)
class SocketSignInTest {
    private static final String FORBIDDEN = "closed 4403";
    private static final String SUBSCRIBE =
            "{\"type\":\"subscribe\",\"id\":\"%s\",\"payload\":{\"query\":\"{ metrics { totalCount } }\"}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private RunningCairn cairn;

    @BeforeAll
    void start() {
        cairn = new RunningCairn(List.of("cairn.auth.keys=true"));
    }

    @AfterAll
    void stop() {
        // Sockets are open: to wait for their end would be to wait for ever.
        http.shutdownNow();
        cairn.close();
    }

    private String key(String name) {
        var made =
                cairn.inside(
                        "key", "create", name, "--role=viewer", "--everything", "--format=json");
        return JsonMapper.shared().readTree(made.output()).path("key").asString();
    }

    /** What a socket heard, in order. */
    private static final class Heard implements WebSocket.Listener {
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder begun = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence part, boolean isLast) {
            begun.append(part);
            if (isLast) {
                messages.add(begun.toString());
                begun.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("closed " + code);
            return null;
        }

        String next() throws InterruptedException {
            var message = messages.poll(1, TimeUnit.MINUTES);
            return message == null ? "nothing" : message;
        }
    }

    private WebSocket open(Heard heard, @Nullable String credential) throws Exception {
        var builder = http.newWebSocketBuilder().subprotocols("graphql-transport-ws");
        if (credential != null) {
            builder.header("Authorization", "Bearer " + credential);
        }
        var url = URI.create(cairn.url("/graphql").toString().replace("http:", "ws:"));
        return builder.buildAsync(url, heard).get(1, TimeUnit.MINUTES);
    }

    private static String init(String authorization) {
        return "{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"%s\"}}"
                .formatted(authorization);
    }

    @Test
    void a_key_in_the_first_message_is_answered_until_it_is_revoked() throws Exception {
        var heard = new Heard();
        var socket = open(heard, null);
        socket.sendText(init("Bearer " + key("first")), true).get();
        assertThat(heard.next()).contains("connection_ack");
        socket.sendText(SUBSCRIBE.formatted("a"), true).get();
        assertThat(heard.next()).contains("\"next\"", "\"totalCount\":0");
        assertThat(heard.next()).contains("\"complete\"");

        cairn.inside("key", "revoke", "first");

        socket.sendText(SUBSCRIBE.formatted("b"), true).get();
        assertThat(heard.next()).isEqualTo(FORBIDDEN);
    }

    @Test
    void a_key_in_the_header_is_answered_and_another_in_the_message_counts_instead()
            throws Exception {
        var heard = new Heard();
        open(heard, key("header")).sendText("{\"type\":\"connection_init\"}", true).get();
        assertThat(heard.next()).contains("connection_ack");

        var other = new Heard();
        open(other, key("header-2")).sendText(init("Bearer cairn_x"), true).get();
        assertThat(other.next()).isEqualTo(FORBIDDEN);
    }

    @Test
    void who_says_nothing_or_something_else_is_let_go() throws Exception {
        for (String first :
                List.of(
                        "{\"type\":\"connection_init\"}",
                        init(""),
                        init("Bearer"),
                        init("Bearer cairn_x"),
                        init("Basic YTpi"),
                        init(key("bare")))) {
            var heard = new Heard();
            open(heard, null).sendText(first, true).get();
            assertThat(heard.next()).as(first).isEqualTo(FORBIDDEN);
        }
        assertThat(cairn.inside("audit", "--since", "1h").output())
                .as("refused sign-ins")
                .contains("The header Authorization cannot be read");
        var hasty = new Heard();
        open(hasty, null).sendText(SUBSCRIBE.formatted("a"), true).get();
        assertThat(hasty.next()).isEqualTo("closed 4401");
    }

    @Test
    void a_wrong_key_in_the_header_opens_no_socket() {
        assertThatThrownBy(() -> open(new Heard(), "cairn_x"))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
}
