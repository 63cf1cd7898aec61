package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.application.port.Kept;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** How many requests one caller sends at once, and in a minute; who sends more is told when to come again, before anything of the request is read. */
public final class CallerLimit extends OncePerRequestFilter {
    /** Whoever has not asked for longest is forgotten first, as one who has not asked yet. */
    private static final long MOST_KNOWN = 10_000;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int atOnce;
    private final int perMinute;
    private final LongSupplier nanoTime;
    private final JsonMapper json;
    private final Kept<String, Asked> callers = new Kept<>(MOST_KNOWN, _ -> 1);

    /**
     * @param atOnce requests of one caller that are not answered yet, at most
     * @param perMinute on average; a minute's at once
     * @param nanoTime a monotonic clock
     */
    public CallerLimit(int atOnce, int perMinute, LongSupplier nanoTime, JsonMapper json) {
        this.atOnce = atOnce;
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
        this.json = json;
    }

    /** What one caller asked. */
    private final class Asked {
        private int running;

        /** When all that was asked would have been asked at an even pace. */
        private long paidUntil = nanoTime.getAsLong();

        /** Seconds to wait; 0: it may begin. */
        synchronized long begin() {
            long now = nanoTime.getAsLong();
            long paid = Math.max(0, paidUntil - now) + MINUTE / perMinute;
            if (paid > MINUTE) {
                return Math.ceilDiv(paid - MINUTE, SECOND);
            }
            if (running >= atOnce) {
                return 1;
            }
            running++;
            paidUntil = now + paid;
            return 0;
        }

        synchronized void end() {
            running--;
        }
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(HttpCaller.ATTRIBUTE) instanceof Caller caller)) {
            chain.doFilter(request, response);
            return;
        }
        var asked = asked(caller);
        long wait = asked.begin();
        if (wait > 0) {
            refuse(response, wait);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new End(asked));
            } else {
                asked.end();
            }
        }
    }

    private synchronized Asked asked(Caller caller) {
        return callers.find(caller.name())
                .orElseGet(() -> {
                    var first = new Asked();
                    callers.put(caller.name(), first);
                    return first;
                });
    }

    private void refuse(HttpServletResponse response, long wait) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
        ErrorBody.write(
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                Errors.of(
                        ErrorCode.TOO_MANY_REQUESTS,
                        "One caller sends at most %d requests at once (cairn.callers.at-once) and %d in a minute (cairn.callers.per-minute). Ask again in %d s."
                                .formatted(atOnce, perMinute, wait),
                        Map.of("retryAfter", wait)),
                json);
    }

    /** Of an answer that goes on after the request was handled. */
    private record End(CallerLimit.Asked asked) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            asked.end();
        }

        /** Completes. */
        @Override
        public void onTimeout(AsyncEvent event) {}

        /** Completes. */
        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
