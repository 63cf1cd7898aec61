package dev.cairn.adapters.graphql.http;

import graphql.GraphQLError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The answer to a request that is not executed: one error. */
public final class ErrorBody {
    /** Where questions and answers are plain JSON. */
    private static final String PLAIN = "/api/";

    private ErrorBody() {}

    static Map<String, Object> of(GraphQLError error) {
        return Map.of("errors", List.of(error.toSpecification()));
    }

    /** As whoever asks reads it: GraphQL, or, where the request is for a path of plain JSON, as RFC 9457 writes it down. */
    public static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            GraphQLError error,
            JsonMapper json)
            throws IOException {
        boolean isPlain = request.getRequestURI().startsWith(PLAIN);
        response.setStatus(status.value());
        response.setContentType(
                isPlain
                        ? MediaType.APPLICATION_PROBLEM_JSON_VALUE
                        : MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), isPlain ? plain(status, error) : of(error));
    }

    private static Map<String, Object> plain(HttpStatus status, GraphQLError error) {
        var more = new LinkedHashMap<>(error.getExtensions());
        var code = more.remove("code");
        more.remove("classification");
        return plain(status, error.getMessage(), String.valueOf(code), more);
    }

    /** @param more members besides those that every problem has */
    public static Map<String, Object> plain(
            HttpStatus status, String detail, String code, Map<String, Object> more) {
        var body = new LinkedHashMap<String, Object>();
        body.put("title", status.getReasonPhrase());
        body.put("status", status.value());
        body.put("detail", detail);
        body.put("code", code);
        body.putAll(more);
        return body;
    }
}
