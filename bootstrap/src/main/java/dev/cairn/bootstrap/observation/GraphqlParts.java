package dev.cairn.bootstrap.observation;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.application.port.Stage;
import graphql.execution.ExecutionId;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.language.Document;
import graphql.validation.ValidationError;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import reactor.core.publisher.Mono;

/** What GraphQL does for a request: its document is read and compared with the schema, and its answer has a code. */
final class GraphqlParts extends SimplePerformantInstrumentation implements WebGraphQlInterceptor {
    private static final String OK = "OK";

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        var running = RunningRequest.current().orElse(null);
        if (running == null) {
            return chain.next(request);
        }
        request.executionId(ExecutionId.from(running.id()));
        return chain.next(request)
                .doOnNext(response -> {
                    running.answered(end(response));
                    if (response.getData() instanceof Publisher<?>) {
                        running.goesOn();
                    }
                });
    }

    /** The code of its first error; another text, from wherever, is none. */
    private static String end(WebGraphQlResponse response) {
        return response.getErrors().stream()
                .findFirst()
                .map(error -> String.valueOf(error.getExtensions().get("code")))
                .map(code ->
                        Arrays.stream(ErrorCode.values())
                                        .anyMatch(known -> known.name().equals(code))
                                ? code
                                : ErrorCode.INTERNAL_ERROR.name())
                .orElse(OK);
    }

    @Override
    public @Nullable InstrumentationContext<Document> beginParse(
            InstrumentationExecutionParameters parameters, @Nullable InstrumentationState state) {
        return parsing();
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, @Nullable InstrumentationState state) {
        return parsing();
    }

    private static <T> @Nullable InstrumentationContext<T> parsing() {
        var running = RunningRequest.current().orElse(null);
        if (running == null) {
            return null;
        }
        long begun = System.nanoTime();
        return SimpleInstrumentationContext.whenCompleted(
                (_, _) -> running.add(Stage.PARSE, begun, System.nanoTime()));
    }
}
