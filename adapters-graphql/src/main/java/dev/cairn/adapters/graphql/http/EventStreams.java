package dev.cairn.adapters.graphql.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers as server-sent events, one connection for each request, and all that are open. */
public final class EventStreams implements AutoCloseable {
    private final JsonMapper json;
    private final Duration keepAlive;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /** @param keepAlive how long nothing is sent at most */
    public EventStreams(JsonMapper json, Duration keepAlive) {
        this.json = json;
        this.keepAlive = keepAlive;
    }

    /** One answer, or many, as soon as there is one. */
    ServerResponse of(Mono<WebGraphQlResponse> coming) {
        return new EventStream(coming, json, keepAlive, this);
    }

    void add(EventStream stream) {
        open.add(stream);
    }

    void remove(EventStream stream) {
        open.remove(stream);
    }

    public int open() {
        return open.size();
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Completes all that go on, and those still to come at once; one answer that is still to come is sent. */
    @Override
    public void close() {
        isClosed = true;
        open.forEach(EventStream::end);
    }
}
