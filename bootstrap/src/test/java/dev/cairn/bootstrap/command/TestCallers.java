package dev.cairn.bootstrap.command;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** Requests of callers that a test makes up: a header names one. What signs callers in has run before. */
final class TestCallers extends OncePerRequestFilter {
    static final String HEADER = "Test-Caller";

    private static final List<Caller> KNOWN = new CopyOnWriteArrayList<>();

    static void register(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context)
                .registerBean(
                        "testCallers",
                        FilterRegistrationBean.class,
                        () -> {
                            var registration = new FilterRegistrationBean<>(new TestCallers());
                            registration.setOrder(Ordered.LOWEST_PRECEDENCE);
                            return registration;
                        });
    }

    /** What the header says of a caller. */
    static String known(Caller caller) {
        if (!KNOWN.contains(caller)) {
            KNOWN.add(caller);
        }
        return Integer.toString(KNOWN.indexOf(caller));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var number = request.getHeader(HEADER);
        if (number != null) {
            var caller = KNOWN.get(Integer.parseInt(number));
            Authority authority = () -> Optional.of(caller);
            request.setAttribute(HttpCaller.ATTRIBUTE, caller);
            request.setAttribute(Authority.ATTRIBUTE, authority);
        }
        chain.doFilter(request, response);
    }
}
