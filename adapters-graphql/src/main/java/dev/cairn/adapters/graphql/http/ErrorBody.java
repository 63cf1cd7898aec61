package dev.cairn.adapters.graphql.http;

import graphql.GraphQLError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The answer to a request that is not executed: one GraphQL error. */
public final class ErrorBody {
    private ErrorBody() {}

    static Map<String, Object> of(GraphQLError error) {
        return Map.of("errors", List.of(error.toSpecification()));
    }

    public static void write(
            HttpServletResponse response, HttpStatus status, GraphQLError error, JsonMapper json)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        json.writeValue(response.getOutputStream(), of(error));
    }
}
