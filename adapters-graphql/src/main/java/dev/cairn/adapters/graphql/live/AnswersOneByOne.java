package dev.cairn.adapters.graphql.live;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQL;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.reactive.SubscriptionPublisher;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.dataloader.DataLoaderRegistry;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.execution.DataLoaderRegistrar;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Executes each answer of a subscription as a request of its own. Between two of them a subscription keeps what was asked and who asks; graphql-java by itself would
 * keep all that it made to execute the first, and what was looked up for it. A field gives what {@link #followed} makes of its stream.
 */
public final class AnswersOneByOne extends SubscriptionExecutionStrategy {
    private final Answering answering;
    private final DataLoaderRegistrar loaders;
    private final Supplier<GraphQL> graphQl;

    /** What the field of a subscription gives, as the root of its answer. */
    private record Happening(Object value) {}

    /**
     * @param loaders of what fields look up together
     * @param graphQl that this is a part of
     */
    public AnswersOneByOne(
            DataFetcherExceptionHandler failures,
            DataLoaderRegistrar loaders,
            Supplier<GraphQL> graphQl) {
        super(failures);
        this.answering = new Answering(failures);
        this.loaders = loaders;
        this.graphQl = graphQl;
    }

    /** A stream in one piece, as the only element of another; it passes for the stream, of whose elements the schema tells. */
    @SuppressWarnings("unchecked")
    static <T> Flux<T> followed(Flux<T> stream) {
        return (Flux<T>) Flux.just(stream);
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(
            ExecutionContext context, ExecutionStrategyParameters parameters) {
        if (context.getRoot() instanceof Happening) {
            return answering.execute(context, parameters);
        }
        var asked =
                context.getExecutionInput()
                        .transform(input -> input.dataLoaderRegistry(new DataLoaderRegistry()));
        return super.execute(context, parameters)
                .thenApply(begun ->
                        begun.getData() instanceof SubscriptionPublisher field
                                ? new ExecutionResultImpl(
                                        answers(happenings(field), asked), begun.getErrors())
                                : begun);
    }

    /** Spring wraps what a field gives such that all that the field was executed with is kept with it: the wrapping is opened here. Where the field was refused there are errors in it. */
    private static Publisher<?> happenings(SubscriptionPublisher field) {
        var given = Mono.from(field.getUpstreamPublisher()).block();
        return given instanceof Publisher<?> followed ? followed : Mono.justOrEmpty(given);
    }

    /** Waits for each answer, on the virtual thread that gives what happens: whatever else puts one after another keeps the last. */
    private Flux<ExecutionResult> answers(Publisher<?> happenings, ExecutionInput asked) {
        return Flux.from(happenings).map(value -> answer(asked, value));
    }

    private ExecutionResult answer(ExecutionInput asked, Object value) {
        var looked = new DataLoaderRegistry();
        loaders.registerDataLoaders(looked, asked.getGraphQLContext());
        return graphQl.get()
                .execute(
                        asked.transform(input ->
                                input.root(new Happening(value)).dataLoaderRegistry(looked)));
    }

    /** As a query whose only field has its value already. */
    private static final class Answering extends AsyncExecutionStrategy {
        Answering(DataFetcherExceptionHandler failures) {
            super(failures);
        }

        @Override
        protected @Nullable Object fetchField(
                ExecutionContext context, ExecutionStrategyParameters parameters) {
            return parameters.getPath().getLevel() == 1
                            && context.getRoot() instanceof Happening(var value)
                    ? given(context, parameters, value)
                    : super.fetchField(context, parameters);
        }

        /** Loaders look nothing up before they are told that the fields above have their values. */
        private @Nullable Object given(
                ExecutionContext context, ExecutionStrategyParameters parameters, Object value) {
            context.getDataLoaderDispatcherStrategy()
                    .fieldFetched(
                            context,
                            parameters,
                            _ -> value,
                            value,
                            () -> {
                                throw new IllegalStateException("nothing is fetched");
                            });
            return unboxPossibleDataFetcherResult(context, parameters, value);
        }
    }
}
