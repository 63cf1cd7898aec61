package dev.cairn.adapters.graphql.socket;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.http.CallerPace;
import dev.cairn.adapters.graphql.limit.Limits;
import jakarta.websocket.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;

/** All sockets that are open. */
public final class GraphqlSockets implements WebSocketHandler, SubProtocolCapable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GraphqlSockets.class);

    private static final String PROTOCOL = "graphql-transport-ws";

    /** Before the routes: they answer everything. */
    private static final int ORDER = -2;

    /** Tomcat's: how long one message may take to be sent. */
    private static final String SENDING = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private final Connection.Service service;
    private final Times times;
    private final LongSupplier nanoTime;
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService sweeping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("cairn-sockets").factory());
    private volatile boolean isClosed;

    /**
     * @param pace of those who ask, who send requests besides
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    public GraphqlSockets(
            WebGraphQlHandler requests,
            JsonMapper json,
            Limits limits,
            Credentials credentials,
            CallerPace pace,
            Times times,
            LongSupplier nanoTime) {
        this.service =
                new Connection.Service(
                        requests,
                        new SocketJson(json),
                        limits,
                        credentials,
                        pace,
                        work -> Thread.ofVirtual().name("cairn-socket").start(work));
        this.times = times;
        this.nanoTime = nanoTime;
        every(500, this::sweep);
        every(times.ping().toMillis(), Connection::ping);
    }

    /** Serves them at a path; other requests for it are for others to answer. */
    public WebSocketHandlerMapping at(String path) {
        var handler =
                new WebSocketHttpRequestHandler(
                        this, new DefaultHandshakeHandler(new SmallSockets()));
        handler.setHandshakeInterceptors(List.of(new CallerOfHandshake(service.credentials())));
        var mapping = new WebSocketHandlerMapping();
        mapping.setWebSocketUpgradeMatch(true);
        mapping.setUrlMap(Map.of(path, handler));
        mapping.setOrder(ORDER);
        return mapping;
    }

    private void every(long pause, Consumer<Connection> work) {
        var _ =
                sweeping.scheduleWithFixedDelay(
                        () -> open.values().forEach(connection -> done(work, connection)),
                        pause,
                        pause,
                        TimeUnit.MILLISECONDS);
    }

    /** What fails for one connection is not to end the rounds of all others. */
    private static void done(Consumer<Connection> work, Connection connection) {
        try {
            work.accept(connection);
        } catch (RuntimeException bug) {
            LOG.error("A socket could not be looked after.", bug);
        }
    }

    private void sweep(Connection connection) {
        connection.sweep(nanoTime.getAsLong(), times);
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(PROTOCOL);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        if (!PROTOCOL.equals(session.getAcceptedProtocol())) {
            session.close(Close.NOT_ACCEPTABLE.status());
            return;
        }
        if (session instanceof NativeWebSocketSession known) {
            var tomcat = known.getNativeSession(Session.class);
            if (tomcat != null) {
                tomcat.getUserProperties().put(SENDING, times.sending().toMillis());
            }
        }
        var connection = new Connection(session, service, nanoTime.getAsLong());
        open.put(session.getId(), connection);
        if (isClosed) {
            connection.close(Close.GOING_AWAY.status());
        }
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
        var connection = open.get(session.getId());
        if (connection == null) {
            return;
        }
        switch (message) {
            case TextMessage text ->
                    connection.receive(text.getPayload(), text.isLast(), nanoTime.getAsLong());
            case BinaryMessage _ -> connection.close(Close.BAD_REQUEST.status());
            case PongMessage _ -> connection.heard(nanoTime.getAsLong());
            default -> {
                // A ping of the socket's own, which the server answers.
            }
        }
    }

    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    /** It is told of as closed, too. */
    @Override
    public void handleTransportError(WebSocketSession session, Throwable failure) {
        leave(session);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        leave(session);
    }

    private void leave(WebSocketSession session) {
        var connection = open.remove(session.getId());
        if (connection != null) {
            connection.gone();
        }
    }

    public int open() {
        return open.size();
    }

    /** Closes all, and those still to come at once. */
    @Override
    public void close() {
        isClosed = true;
        sweeping.shutdownNow();
        open.values().forEach(connection -> connection.close(Close.GOING_AWAY.status()));
    }

    /** What a filter found out about the request that opens a socket. */
    private static final class CallerOfHandshake implements HandshakeInterceptor {
        private final Credentials credentials;

        CallerOfHandshake(Credentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            if (request instanceof ServletServerHttpRequest servlet) {
                credentials.note(servlet.getServletRequest(), attributes);
                for (var name : List.of(HttpCaller.ATTRIBUTE, Authority.ATTRIBUTE)) {
                    var value = servlet.getServletRequest().getAttribute(name);
                    if (value != null) {
                        attributes.put(name, value);
                    }
                }
            }
            return true;
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @org.jspecify.annotations.Nullable Exception failure) {
            // What is wrong has been answered.
        }
    }
}
