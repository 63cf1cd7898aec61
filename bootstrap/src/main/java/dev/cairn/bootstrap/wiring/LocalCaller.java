package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Where nobody signs in, every request is of the one caller there is. */
final class LocalCaller extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authority authority = () -> Optional.of(Caller.LOCAL);
        request.setAttribute(HttpCaller.ATTRIBUTE, Caller.LOCAL);
        request.setAttribute(Authority.ATTRIBUTE, authority);
        chain.doFilter(request, response);
    }
}
