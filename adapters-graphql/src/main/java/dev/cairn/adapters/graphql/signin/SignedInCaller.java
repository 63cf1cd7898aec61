package dev.cairn.adapters.graphql.signin;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says of each request of somebody who signed in who that is; of others it says nothing. */
public final class SignedInCaller extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            request.setAttribute(HttpCaller.ATTRIBUTE, signedIn.caller());
            request.setAttribute(Authority.ATTRIBUTE, signedIn.authority());
        }
        chain.doFilter(request, response);
    }
}
