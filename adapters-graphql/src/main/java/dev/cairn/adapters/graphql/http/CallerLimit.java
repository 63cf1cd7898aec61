package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.http.CallerPace.Turn;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Keeps requests to the pace of their callers; who sends more is told when to come again, before anything of the request is read. */
public final class CallerLimit extends OncePerRequestFilter {
    private final CallerPace pace;
    private final JsonMapper json;

    public CallerLimit(CallerPace pace, JsonMapper json) {
        this.pace = pace;
        this.json = json;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(HttpCaller.ATTRIBUTE) instanceof Caller caller)) {
            chain.doFilter(request, response);
            return;
        }
        switch (pace.begin(caller.name())) {
            case Turn.Later later -> refuse(request, response, later);
            case Turn.Now(var over) -> {
                try {
                    chain.doFilter(request, response);
                } finally {
                    if (request.isAsyncStarted()) {
                        request.getAsyncContext().addListener(new End(over));
                    } else {
                        over.run();
                    }
                }
            }
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Turn.Later later)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(later.seconds()));
        ErrorBody.write(
                request,
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                Errors.tooMany(later.message(), later.seconds()),
                json);
    }

    /** Of an answer that goes on after the request was handled. */
    private record End(Runnable over) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            over.run();
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
