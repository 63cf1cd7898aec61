package dev.cairn.adapters.graphql.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.adapters.graphql.problem.SubscriptionErrors;
import graphql.ExecutionResult;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request of graphql-sse, in its mode of distinct connections: {@code next} for each answer, then {@code complete}. It is written on the request's own virtual thread, which asks
 * for another answer only when the one before is written: whoever reads slowly misses answers that are outdated, and nothing piles up.
 */
final class EventStream implements ServerResponse {
    private static final String COMMENT = ":\n\n";
    private static final String COMPLETE = "event: complete\ndata:\n\n";

    private final Mono<WebGraphQlResponse> coming;
    private final JsonMapper json;
    private final Duration keepAlive;
    private final EventStreams streams;
    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final Reader reader = new Reader();
    private volatile boolean goesOn;

    /** What is to be written. */
    private sealed interface Happening {
        record Next(Map<String, Object> answer) implements Happening {}

        record Complete() implements Happening {}
    }

    EventStream(
            Mono<WebGraphQlResponse> coming,
            JsonMapper json,
            Duration keepAlive,
            EventStreams streams) {
        this.coming = coming;
        this.json = json;
        this.keepAlive = keepAlive;
        this.streams = streams;
    }

    private final class Reader extends BaseSubscriber<Object> {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            subscription.request(1);
        }

        @Override
        protected void hookOnNext(Object answer) {
            happenings.add(new Happening.Next(((ExecutionResult) answer).toSpecification()));
        }

        @Override
        protected void hookOnError(Throwable failure) {
            happenings.add(new Happening.Next(Map.of("errors", SubscriptionErrors.of(failure))));
            complete();
        }

        @Override
        protected void hookOnComplete() {
            complete();
        }
    }

    private void complete() {
        happenings.add(new Happening.Complete());
    }

    private Publisher<?> answers(WebGraphQlResponse answer) {
        if (!(answer.getData() instanceof Publisher<?> many)) {
            return Flux.just(answer.getExecutionResult());
        }
        goesOn = true;
        if (streams.isClosed()) {
            complete();
        }
        return many;
    }

    /** Ends what goes on, after what is to be written already. */
    void end() {
        if (goesOn) {
            complete();
        }
    }

    @Override
    public @Nullable ModelAndView writeTo(
            HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(UTF_8.name());
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        streams.add(this);
        try {
            coming.<Object>flatMapMany(this::answers).subscribe(reader);
            write(response.getOutputStream());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            reader.cancel();
            streams.remove(this);
        }
        return null;
    }

    private void write(OutputStream output) throws IOException, InterruptedException {
        while (true) {
            switch (happenings.poll(keepAlive.toMillis(), TimeUnit.MILLISECONDS)) {
                case null -> write(output, COMMENT);
                case Happening.Next(var answer) -> {
                    write(output, "event: next\ndata: " + json.writeValueAsString(answer) + "\n\n");
                    reader.request(1);
                }
                case Happening.Complete _ -> {
                    write(output, COMPLETE);
                    return;
                }
            }
        }
    }

    private static void write(OutputStream output, String event) throws IOException {
        output.write(event.getBytes(UTF_8));
        output.flush();
    }

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatus.OK;
    }

    @Override
    public HttpHeaders headers() {
        return new HttpHeaders();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }
}
