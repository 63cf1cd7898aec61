package dev.cairn.bootstrap.wiring;

import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Where nobody signs in, every request is of the one caller there is. */
final class LocalCaller extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(HttpCaller.ATTRIBUTE, Caller.LOCAL);
        chain.doFilter(request, response);
    }
}
