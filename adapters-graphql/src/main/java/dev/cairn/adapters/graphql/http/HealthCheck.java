package dev.cairn.adapters.graphql.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says whether the service lives, and whether it can answer questions. Whoever asks is told, without a sign-in and under any host name, as those who look
 * after services know neither; and is told no more than that.
 */
public final class HealthCheck extends OncePerRequestFilter {
    /** Always 200 while the process answers at all. */
    public static final String LIVE = "/health/live";

    /** 200 where questions can be answered, else 503. */
    public static final String READY = "/health/ready";

    private final BooleanSupplier ready;

    /** @param ready whether questions can be answered now; answers at once */
    public HealthCheck(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (request.getServletPath()) {
            case LIVE -> answer(request, response, HttpStatus.OK, "live");
            case READY -> {
                boolean now = ready.getAsBoolean();
                answer(
                        request,
                        response,
                        now ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                        now ? "ready" : "not ready");
            }
            default -> chain.doFilter(request, response);
        }
    }

    private static void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String state)
            throws IOException {
        boolean read =
                HttpMethod.GET.matches(request.getMethod())
                        || HttpMethod.HEAD.matches(request.getMethod());
        if (!read) {
            response.setHeader(HttpHeaders.ALLOW, "GET, HEAD");
        }
        response.setStatus((read ? status : HttpStatus.METHOD_NOT_ALLOWED).value());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write(read ? state + "\n" : "Only GET, HEAD is answered here.\n");
    }
}
