package dev.cairn.adapters.graphql.http;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Refuses a content type with a wildcard: Spring fails on it before it looks for a route. */
public final class ContentTypeCheck extends OncePerRequestFilter {
    static final String WANTED = "Send the request as application/json, in UTF-8.";

    private final JsonMapper json;

    public ContentTypeCheck(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isPattern(request.getContentType())) {
            ErrorBody.write(
                    request,
                    response,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    Errors.of(ErrorCode.GRAPHQL_VALIDATION_FAILED, WANTED),
                    json);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPattern(@Nullable String type) {
        try {
            return type != null && !MediaType.parseMediaType(type).isConcrete();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
