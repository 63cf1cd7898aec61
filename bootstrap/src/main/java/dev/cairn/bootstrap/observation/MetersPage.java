package dev.cairn.bootstrap.observation;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives measurements to administrators: after all checks of who asks. */
final class MetersPage extends OncePerRequestFilter {
    private static final String PATH = "/metrics";

    private final Supplier<String> meters;

    MetersPage(Supplier<String> meters) {
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getServletPath().equals(PATH)) {
            chain.doFilter(request, response);
            return;
        }
        response.setContentType("text/plain;version=0.0.4");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        if (!HttpMethod.GET.matches(request.getMethod())) {
            response.setHeader(HttpHeaders.ALLOW, "GET");
            refuse(response, HttpStatus.METHOD_NOT_ALLOWED, "Only GET is answered here.");
        } else if (request.getAttribute(HttpCaller.ATTRIBUTE) instanceof Caller caller
                && caller.role().includes(Role.ADMIN)) {
            response.getWriter().write(meters.get());
        } else {
            refuse(response, HttpStatus.FORBIDDEN, "Measurements are for administrators.");
        }
    }

    private static void refuse(HttpServletResponse response, HttpStatus status, String reason)
            throws IOException {
        response.setStatus(status.value());
        response.getWriter().write(reason + "\n");
    }
}
