package dev.cairn.bootstrap.observation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Follows each request over HTTP from its arrival to its end, and tells it its id. */
final class RequestWatch extends OncePerRequestFilter {
    /** The id under which the log and the answer's errors name a request. */
    static final String ID = "X-Request-Id";

    private static final Set<String> FACES = Set.of("graphql", "api");

    private final List<Consumer<ObservedRequest>> observers;

    RequestWatch(List<Consumer<ObservedRequest>> observers) {
        this.observers = List.copyOf(observers);
    }

    /** Whoever looks after the service is no work of it. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return Set.of("health", "metrics").contains(first(request));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var running = new RunningRequest(face(request), request.getHeader("traceparent"));
        response.setHeader(ID, running.id());
        running.bind();
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException failed) {
            running.brokenOff();
            throw failed;
        } finally {
            RunningRequest.unbind();
            var over = running.over(response.getStatus());
            if (!isStream(request, response)) {
                observers.forEach(observer -> observer.accept(over));
            }
        }
    }

    /** Goes on for as long as somebody listens, which is not what its request took. */
    private static boolean isStream(HttpServletRequest request, HttpServletResponse response) {
        var type = response.getContentType();
        return request.isAsyncStarted()
                || (type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE));
    }

    /** The part of the service that answers. */
    private static String face(HttpServletRequest request) {
        if (request.getServletPath().startsWith("/api/analyze.")) {
            return "export";
        }
        var first = first(request);
        return FACES.contains(first) ? first : "other";
    }

    private static String first(HttpServletRequest request) {
        return request.getServletPath().substring(1).split("/", 2)[0];
    }
}
