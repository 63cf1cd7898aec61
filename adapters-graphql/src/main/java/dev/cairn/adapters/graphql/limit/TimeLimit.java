package dev.cairn.adapters.graphql.limit;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.application.port.in.AnalyzeUseCase.Deadline;
import graphql.ExecutionResult;
import graphql.schema.DataFetchingEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/** Answers with TIMEOUT where an execution takes longer than is allowed. Whatever is done for the request has the same end, {@link #deadline}. */
public final class TimeLimit implements WebGraphQlInterceptor {
    private final Duration limit;

    public TimeLimit(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        var deadline = Deadline.in(limit, System::nanoTime);
        request.configureExecutionInput(
                (_, input) -> input.graphQLContext(Map.of(Deadline.class, deadline)).build());
        return chain.next(request)
                .timeout(limit)
                .onErrorResume(TimeoutException.class, _ -> Mono.just(timeout(request)));
    }

    /** That of the request at hand; where it did not come over the web, from now on. */
    public static Deadline deadline(DataFetchingEnvironment environment, Limits limits) {
        Deadline known = environment.getGraphQlContext().get(Deadline.class);
        return known != null ? known : Deadline.in(limits.time(), System::nanoTime);
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
