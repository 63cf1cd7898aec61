package dev.cairn.adapters.graphql.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.Flux;
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
        var answers =
                coming.<Object>flatMapMany(answer ->
                        answer.getData() instanceof Publisher<?> many
                                ? many
                                : Flux.just(answer.getExecutionResult()));
        return new EventStream(answers, json, keepAlive, this);
    }

    void add(EventStream stream) {
        open.add(stream);
        if (isClosed) {
            stream.complete();
        }
    }

    void remove(EventStream stream) {
        open.remove(stream);
    }

    public int open() {
        return open.size();
    }

    /** Completes all that are open, and those still to come at once. */
    @Override
    public void close() {
        isClosed = true;
        open.forEach(EventStream::complete);
    }
}
