package dev.cairn.bootstrap.observation;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Mono;

class GraphqlPartsTest {
    private final GraphqlParts parts = new GraphqlParts();
    private final RunningRequest running = new RunningRequest("graphql", null);

    @AfterEach
    void unbind() {
        RunningRequest.unbind();
    }

    private WebGraphQlRequest asked(@Nullable String code) {
        var request =
                new WebGraphQlRequest(
                        URI.create("http://localhost/graphql"),
                        new HttpHeaders(),
                        new LinkedMultiValueMap<>(),
                        Map.of(),
                        Map.<String, Object>of("query", "{ __typename }"),
                        "of-spring",
                        Locale.ROOT);
        parts.intercept(request, given -> Mono.just(answer(given, code))).block();
        return request;
    }

    private static WebGraphQlResponse answer(WebGraphQlRequest request, @Nullable String code) {
        var result = ExecutionResult.newExecutionResult().data(Map.of());
        if (code != null) {
            result.addError(
                    GraphqlErrorBuilder.newError()
                            .message("no")
                            .extensions(Map.of("code", code))
                            .build());
        }
        return new WebGraphQlResponse(
                new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result.build()));
    }

    @Test
    void errors_and_the_log_name_a_request_as_its_header_does() {
        running.bind();

        assertThat(asked(null).getExecutionId()).hasToString(running.id());
        assertThat(running.over(200).end()).isEqualTo("OK");
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT, TIMEOUT", "INTERNAL_ERROR, INTERNAL_ERROR", "what else, INTERNAL_ERROR"})
    void a_request_ends_by_a_code_that_is_known(String code, String end) {
        running.bind();

        asked(code);

        assertThat(running.over(200).end()).isEqualTo(end);
    }

    @Test
    void what_comes_over_a_socket_keeps_its_own_id() {
        assertThat(asked(null).getExecutionId()).isNull();
    }
}
