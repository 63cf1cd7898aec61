package dev.cairn.adapters.graphql.socket;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.document.DocumentRequest;
import dev.cairn.adapters.graphql.http.CallerPace;
import dev.cairn.adapters.graphql.http.CallerPace.Turn;
import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.OverLimit;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import graphql.GraphQLError;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/** One socket: who is at its other end, and which operations run. Messages come one after another; answers are sent from many threads. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** What all connections share. */
    record Service(
            org.springframework.graphql.server.WebGraphQlHandler requests,
            SocketJson json,
            Limits limits,
            Credentials credentials,
            CallerPace pace,
            Executor threads) {}

    private final WebSocketSession session;
    private final Service service;
    private final Map<String, Operation> operations = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final ReentrantLock sending = new ReentrantLock();
    private final StringBuilder received = new StringBuilder();
    private volatile boolean isInitialised;
    private volatile boolean isAcknowledged;
    private volatile Authority authority;

    /** When something last happened, by the clock of whoever sweeps. */
    private volatile long begun;

    private volatile long heard;
    private volatile long busy;

    Connection(WebSocketSession session, Service service, long now) {
        this.session = session;
        this.service = service;
        this.authority = Authority.orEnded(session.getAttributes());
        this.begun = now;
        this.heard = now;
        this.busy = now;
    }

    Executor threads() {
        return service.threads();
    }

    /** Takes a part of a message. */
    void receive(String part, boolean isLast, long now) {
        heard = now;
        if (received.length() + part.length() > service.limits().most(Limit.MESSAGE)) {
            close(Close.TOO_LARGE.status());
            return;
        }
        received.append(part);
        if (isLast) {
            var text = received.toString();
            received.setLength(0);
            received.trimToSize();
            try {
                take(text);
            } catch (RuntimeException unknown) {
                // Who asks cannot be looked at: the database is out of reach.
                LOG.debug("{}: a message could not be taken", session.getId(), unknown);
                close(CloseStatus.SERVICE_OVERLOAD);
            }
        }
    }

    void heard(long now) {
        heard = now;
    }

    private void take(String text) {
        var message = service.json().read(text).flatMap(ClientMessage::of);
        if (message.isEmpty()) {
            close(Close.BAD_REQUEST.status());
            return;
        }
        switch (message.get()) {
            case ClientMessage.ConnectionInit(var payload) -> initialise(payload);
            case ClientMessage.Ping(var payload) -> send(ServerMessage.pong(payload));
            case ClientMessage.Pong _ -> {
                // It was heard.
            }
            case ClientMessage.Subscribe(var id, var request) -> subscribe(id, request);
            case ClientMessage.Complete(var id) -> {
                var ended = operations.remove(id);
                if (ended != null) {
                    ended.cancel();
                }
            }
        }
    }

    private void initialise(Map<String, Object> payload) {
        if (isInitialised) {
            close(Close.TOO_MANY_INITIALISATIONS.status());
            return;
        }
        isInitialised = true;
        var given = service.credentials().authority(payload, session.getAttributes());
        if (given.isEmpty() || given.get().now().isEmpty()) {
            close(Close.FORBIDDEN.status());
            return;
        }
        authority = given.get();
        isAcknowledged = true;
        send(ServerMessage.ACKNOWLEDGED);
    }

    private void subscribe(String id, Map<String, Object> request) {
        if (!isAcknowledged) {
            close(Close.UNAUTHORIZED.status());
            return;
        }
        var caller = authority.now();
        if (caller.isEmpty()) {
            close(Close.FORBIDDEN.status());
            return;
        }
        var operation = new Operation(id, this);
        if (operations.putIfAbsent(id, operation) != null) {
            close(Close.ALREADY_EXISTS.status(id));
            return;
        }
        try {
            service.limits().check(Limit.OPERATIONS, operations.size());
        } catch (OverLimit over) {
            refuse(id, operation, over.error());
            return;
        }
        var attributes = new HashMap<>(session.getAttributes());
        attributes.put(HttpCaller.ATTRIBUTE, caller.get());
        attributes.put(Authority.ATTRIBUTE, authority);
        switch (service.pace().begin(caller.get().name())) {
            case Turn.Later(var seconds, var message) ->
                    refuse(id, operation, Errors.tooMany(message, seconds));
            case Turn.Now(var over) ->
                    threads().execute(() -> run(id, operation, request, attributes, over));
        }
    }

    private void run(
            String id,
            Operation operation,
            Map<String, Object> request,
            Map<String, Object> attributes,
            Runnable over) {
        try {
            operation.run(service.requests(), request(request, attributes), over);
        } catch (ServerWebInputException unreadable) {
            over.run();
            refuse(
                    id,
                    operation,
                    Errors.of(
                            ErrorCode.GRAPHQL_VALIDATION_FAILED,
                            "The payload of subscribe is a request: query as a string, variables as an object."));
        } catch (RuntimeException | Error bug) {
            over.run();
            LOG.error("{}: an operation could not begin", session.getId(), bug);
            close(CloseStatus.SERVER_ERROR);
        }
    }

    private WebGraphQlRequest request(Map<String, Object> body, Map<String, Object> attributes) {
        URI uri = session.getUri() == null ? URI.create("/") : session.getUri();
        return new WebGraphQlRequest(
                uri,
                session.getHandshakeHeaders(),
                new LinkedMultiValueMap<>(),
                session.getRemoteAddress(),
                attributes,
                DocumentRequest.of(body),
                session.getId() + "-" + numbers.incrementAndGet(),
                Locale.ROOT);
    }

    private void refuse(String id, Operation operation, GraphQLError error) {
        if (finish(id, operation)) {
            send(new ServerMessage(id, "error", List.of(error.toSpecification())));
        }
    }

    /** Whether it was running until now. */
    boolean finish(String id, Operation operation) {
        return operations.remove(id, operation);
    }

    /** Closes it where the right to ask has ended. Where that cannot be seen now, what else runs goes on: nothing is answered without another look. */
    void review() {
        try {
            if (isAcknowledged && authority.now().isEmpty()) {
                close(Close.FORBIDDEN.status());
            }
        } catch (RuntimeException unknown) {
            LOG.debug("{}: who asks cannot be looked at", session.getId(), unknown);
        }
    }

    /** Waits until it is sent, as long as the server lets a client take; one that takes longer is gone. */
    void send(ServerMessage message) {
        var text = new TextMessage(service.json().write(message));
        sending.lock();
        try {
            session.sendMessage(text);
        } catch (IOException | IllegalStateException lost) {
            LOG.debug("{}: a message could not be sent", session.getId(), lost);
            close(Close.LOST.status());
        } finally {
            sending.unlock();
        }
    }

    /** Ends all that runs. */
    void gone() {
        operations.values().forEach(Operation::cancel);
        operations.clear();
    }

    /** Never waits for a client that does not read. */
    void close(CloseStatus status) {
        gone();
        threads()
                .execute(() -> {
                    try {
                        session.close(status);
                    } catch (IOException | IllegalStateException lost) {
                        LOG.debug("{}: was lost before it was closed", session.getId(), lost);
                    }
                });
    }

    /** Closes it where nothing came of it; else shows that this side is there. */
    void sweep(long now, Times times) {
        if (!operations.isEmpty()) {
            busy = now;
        }
        if (!isAcknowledged && now - begun >= times.initialisation().toNanos()) {
            close(Close.INITIALISATION_TIMEOUT.status());
        } else if (now - heard >= times.silence().toNanos()) {
            close(Close.LOST.status());
        } else if (now - busy >= times.idle().toNanos()) {
            close(Close.IDLE.status());
        }
    }

    /** What every client answers by itself, so that one that is gone is noticed, and proxies keep the socket open. */
    void ping() {
        threads()
                .execute(() -> {
                    if (sending.tryLock()) {
                        try {
                            session.sendMessage(new PingMessage());
                        } catch (IOException | IllegalStateException lost) {
                            close(Close.LOST.status());
                        } finally {
                            sending.unlock();
                        }
                    }
                });
    }

    int operations() {
        return operations.size();
    }
}
