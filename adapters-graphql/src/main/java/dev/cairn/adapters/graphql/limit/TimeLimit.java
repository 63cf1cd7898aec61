package dev.cairn.adapters.graphql.limit;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import graphql.ExecutionResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/** Answers with TIMEOUT where an execution takes longer than is allowed. Statements have the same limit and are cancelled by it. */
public final class TimeLimit implements WebGraphQlInterceptor {
    private final Duration limit;

    public TimeLimit(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request)
                .timeout(limit)
                .onErrorResume(TimeoutException.class, _ -> Mono.just(timeout(request)));
    }

    private WebGraphQlResponse timeout(WebGraphQlRequest request) {
        var result =
                ExecutionResult.newExecutionResult()
                        .data(null)
                        .addError(
                                Errors.of(
                                        ErrorCode.TIMEOUT,
                                        Errors.TOOK_TOO_LONG,
                                        Map.of(
                                                "limit",
                                                limit.toSeconds(),
                                                "setting",
                                                Limit.SECONDS.setting())))
                        .build();
        return new WebGraphQlResponse(
                new DefaultExecutionGraphQlResponse(request.toExecutionInput(), result));
    }
}
