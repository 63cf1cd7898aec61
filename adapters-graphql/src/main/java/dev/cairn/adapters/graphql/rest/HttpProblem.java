package dev.cairn.adapters.graphql.rest;

import dev.cairn.adapters.graphql.http.ErrorBody;
import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemDetails;
import graphql.GraphQLError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.ResponseError;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Why a question is not answered, as RFC 9457 writes it down, with the codes of GraphQL.
 *
 * @param more members besides those that every one has: problems, setting, limit, ...
 */
record HttpProblem(HttpStatus status, ErrorCode code, String detail, Map<String, Object> more) {
    private static final String CODE = "code";
    private static final int MOST_IN_DETAIL = 5;

    static HttpProblem of(HttpStatus status, String detail) {
        return new HttpProblem(status, ErrorCode.BAD_USER_INPUT, detail, Map.of());
    }

    /** What is wrong with the form of an input. */
    static HttpProblem ofForm(List<Problem> problems) {
        return new HttpProblem(
                HttpStatus.BAD_REQUEST,
                ErrorCode.BAD_USER_INPUT,
                message(problems.stream().map(Problem::message).toList()),
                Map.of("problems", ProblemDetails.of(problems)));
    }

    /** What is wrong with a question, as explain lists it. */
    static HttpProblem ofQuestion(List<?> problems) {
        var messages =
                problems.stream()
                        .map(problem ->
                                problem instanceof Map<?, ?> one
                                        ? String.valueOf(one.get("message"))
                                        : "")
                        .toList();
        return new HttpProblem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                ErrorCode.BAD_QUERY,
                message(messages),
                Map.of("problems", problems));
    }

    /** Some tools show nothing but this. */
    private static String message(List<String> messages) {
        if (messages.size() == 1) {
            return messages.getFirst();
        }
        return "%d problems: %s%s"
                .formatted(
                        messages.size(),
                        messages.stream().limit(MOST_IN_DETAIL).collect(Collectors.joining(" ")),
                        messages.size() > MOST_IN_DETAIL ? " ..." : "");
    }

    /** What GraphQL says to an operation, where it stands. */
    static HttpProblem of(GraphQLError error) {
        return of(
                statusOf(ErrorCode.valueOf(String.valueOf(error.getExtensions().get(CODE)))),
                error);
    }

    /** What GraphQL says to an operation. */
    static HttpProblem of(ResponseError error) {
        var more = new LinkedHashMap<>(error.getExtensions());
        var code = ErrorCode.valueOf(String.valueOf(more.get(CODE)));
        return of(statusOf(code), code, error.getMessage(), more);
    }

    /** What GraphQL says to a request. */
    static HttpProblem of(HttpStatus status, GraphQLError error) {
        var more = new LinkedHashMap<>(error.getExtensions());
        return of(
                status,
                ErrorCode.valueOf(String.valueOf(more.get(CODE))),
                error.getMessage(),
                more);
    }

    private static HttpProblem of(
            HttpStatus status,
            ErrorCode code,
            @Nullable String message,
            Map<String, Object> extensions) {
        extensions.keySet().removeAll(List.of(CODE, "classification"));
        return new HttpProblem(status, code, message == null ? "" : message, extensions);
    }

    /** 400: not of the form; 422: of the form, and still not to be answered. */
    static HttpStatus statusOf(ErrorCode code) {
        return switch (code) {
            case GRAPHQL_VALIDATION_FAILED,
                    BAD_USER_INPUT,
                    PERSISTED_QUERY_NOT_FOUND,
                    DOCUMENT_NOT_REGISTERED ->
                    HttpStatus.BAD_REQUEST;
            case BAD_QUERY, QUERY_TOO_EXPENSIVE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case TOO_MANY_REQUESTS -> HttpStatus.TOO_MANY_REQUESTS;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case DATABASE_OUT_OF_REACH, ISSUER_OUT_OF_REACH -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    ServerResponse response() {
        return ServerResponse.status(status)
                .headers(headers -> {
                    if (status == HttpStatus.TOO_MANY_REQUESTS) {
                        headers.set(
                                HttpHeaders.RETRY_AFTER,
                                String.valueOf(more.getOrDefault(Errors.RETRY_AFTER, 1)));
                    }
                })
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ErrorBody.plain(status, detail, code.name(), more));
    }
}
