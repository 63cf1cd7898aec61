package dev.cairn.adapters.graphql.socket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The other end of a socket. */
public final class SocketClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Long, because the machine may be busy. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final WebSocket socket;

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
            closed.complete(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete("lost");
        }
    }

    public SocketClient(URI http, String protocol, String... headers) {
        var url = URI.create(http.toString().replaceFirst("^http", "ws"));
        var builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        if (!protocol.isEmpty()) {
            builder.subprotocols(protocol);
        }
        socket = builder.buildAsync(url, new Listener()).join();
    }

    /** One that is acknowledged. */
    public static SocketClient ready(URI http) {
        var client = new SocketClient(http, "graphql-transport-ws");
        client.send("{\"type\": \"connection_init\"}");
        var answer = client.next();
        if (!answer.path("type").asString().equals("connection_ack")) {
            throw new AssertionError("not acknowledged: " + answer);
        }
        return client;
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    void sendBytes(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Asks by a document without variables. */
    public void subscribe(String id, String document) {
        var request = JSON.createObjectNode().put("query", document);
        send(
                JSON.createObjectNode()
                        .put("id", id)
                        .put("type", "subscribe")
                        .set("payload", request)
                        .toString());
    }

    /** The next message; waits for it. */
    public JsonNode next() {
        try {
            var text = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("no message, " + closed.getNow("open"));
            }
            return JSON.readTree(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Code and reason; waits until it is closed by the other side. */
    public String closed() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
