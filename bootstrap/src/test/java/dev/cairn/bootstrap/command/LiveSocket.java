package dev.cairn.bootstrap.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other end of a socket that speaks graphql-transport-ws. */
public final class LiveSocket implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PATIENCE = 180;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /** @param authorization in the payload of connection_init; null: none */
    public LiveSocket(HttpClient http, RunningCairn cairn, @Nullable String authorization) {
        var url = URI.create(cairn.url("/graphql").toString().replaceFirst("^http", "ws"));
        socket =
                http.newWebSocketBuilder()
                        .subprotocols("graphql-transport-ws")
                        .buildAsync(url, new Listener())
                        .join();
        send(
                Map.of(
                        "type",
                        "connection_init",
                        "payload",
                        authorization == null ? Map.of() : Map.of("authorization", authorization)));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }

    private void send(Map<String, ?> message) {
        socket.sendText(JSON.writeValueAsString(message), true).join();
    }

    public void subscribe(String id, String document) {
        subscribe(id, document, Map.of());
    }

    void subscribe(String id, String document, Map<String, ?> variables) {
        send(
                Map.of(
                        "id",
                        id,
                        "type",
                        "subscribe",
                        "payload",
                        Map.of("query", document, "variables", variables)));
    }

    /** The next message; waits for it. */
    public JsonNode next() throws InterruptedException {
        var text = messages.poll(PATIENCE, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("no message");
        }
        return JSON.readTree(text);
    }

    /** The code that it was closed with by the service; waits for it. */
    public int closed() {
        return closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
