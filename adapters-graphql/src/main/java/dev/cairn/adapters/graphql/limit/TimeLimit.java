package dev.cairn.adapters.graphql.limit;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.application.port.Deadline;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import io.micrometer.context.ContextRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.ResponseError;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/** Answers with TIMEOUT where an execution takes longer than is allowed. Whatever is done for the request has the same deadline, on whatever thread. */
public final class TimeLimit implements WebGraphQlInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);
    private static final String DEADLINE = Deadline.class.getName();

    static {
        // Spring hands it on to the threads that fields are read on.
        ContextRegistry.getInstance()
                .registerThreadLocalAccessor(
                        DEADLINE,
                        Deadline::current,
                        Deadline::bind,
                        () -> Deadline.bind(Deadline.NEVER));
    }

    private final Duration limit;

    public TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** Gives what is done for a request from now on the whole time again: a subscription goes on answering. */
    public static void begin(GraphQLContext context, Duration limit) {
        context.put(DEADLINE, Deadline.in(limit, System::nanoTime));
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        var deadline = Deadline.in(limit, System::nanoTime);
        return chain.next(request)
                .contextWrite(context -> context.put(DEADLINE, deadline))
                .timeout(limit)
                .onErrorResume(TimeoutException.class, _ -> Mono.just(timeout(request)))
                .doOnNext(this::log);
    }

    /** One line, however many of its fields gave up. */
    private void log(WebGraphQlResponse response) {
        if (response.getErrors().stream().anyMatch(TimeLimit::isTimeout)) {
            LOG.warn(
                    "{}: a request was given up after {} s ({}). [{}]",
                    response.getExecutionInput().getExecutionId(),
                    limit.toSeconds(),
                    Limit.SECONDS.setting(),
                    ErrorCode.TIMEOUT);
        }
    }

    private static boolean isTimeout(ResponseError error) {
        return ErrorCode.TIMEOUT.name().equals(error.getExtensions().get("code"));
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
