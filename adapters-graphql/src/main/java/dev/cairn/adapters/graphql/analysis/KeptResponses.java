package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.analysis.KeptResponses.Known.Made;
import dev.cairn.adapters.graphql.analysis.KeptResponses.Known.Seen;
import dev.cairn.adapters.graphql.analysis.KeptResponses.Known.Unfit;
import dev.cairn.adapters.graphql.caller.CallerInterceptor;
import dev.cairn.application.port.Kept;
import dev.cairn.application.port.in.AnalyzeUseCase;
import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.Caller;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.execution.AsyncExecutionStrategy;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.ExecutionContext;
import graphql.execution.ExecutionStrategyParameters;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Executes queries. The response to one that asks questions and nothing else is kept with the answers it was made of. Where it is sent again by the same caller its
 * questions are asked again, as ever: by the use case, which looks them up, limits them, writes them down and says beside them what is to be said now. Where all answers
 * are what they were, the response is; nothing is read, bound or completed for it. Where one is not, the answers are those that the fields get.
 */
public final class KeptResponses extends AsyncExecutionStrategy {
    private static final String QUESTION = "analyze";
    private static final String TYPE_NAME = "__typename";
    private static final long BYTES_OF_ANY = 1_000;
    private static final long BYTES_OF_CHARACTER = 2;

    private final Tiles tiles;
    private final long most;
    private final Kept<Request, Known> kept;
    private final LongAdder found = new LongAdder();
    private final LongAdder made = new LongAdder();

    /** @param most bytes that responses take, about; 0: each is made by itself */
    public KeptResponses(DataFetcherExceptionHandler failures, AnalyzeUseCase analyses, long most) {
        super(failures);
        this.tiles = new Tiles(analyses);
        this.most = most;
        this.kept = new Kept<>(most, entry -> entry.getKey().bytes() + entry.getValue().bytes());
    }

    /**
     * Of queries that ask questions and nothing else, since the start.
     *
     * @param found whose response was kept
     * @param made whose response was made
     * @param bytes that are kept now, about
     */
    public record Counts(long found, long made, long bytes) {}

    public Counts counts() {
        return new Counts(found.sum(), made.sum(), kept.weight());
    }

    /** All that a response depends on, besides the answers. */
    private record Request(
            String document,
            @Nullable String operation,
            Map<String, @Nullable Object> variables,
            Caller caller) {
        static Request of(ExecutionContext context) {
            var input = context.getExecutionInput();
            return new Request(
                    input.getQuery(),
                    input.getOperationName(),
                    context.getCoercedVariables().toMap(),
                    CallerInterceptor.callerOf(context.getGraphQLContext()));
        }

        long bytes() {
            return BYTES_OF_ANY
                    + BYTES_OF_CHARACTER
                            * (document.length()
                                    + (variables.isEmpty() ? 0 : variables.toString().length()));
        }
    }

    /** What is known of a request. */
    sealed interface Known {
        long bytes();

        /** Sent before: worth the memory if it is sent again. */
        record Seen() implements Known {
            @Override
            public long bytes() {
                return 0;
            }
        }

        /** It tells something beside its answers, which is looked up each time. */
        record Unfit() implements Known {
            @Override
            public long bytes() {
                return 0;
            }
        }

        /** @param parts by the names under which the answers stand in the data */
        record Made(Map<String, KeptAnalysis> parts, Map<String, Object> data, long bytes)
                implements Known {
            /** The data with answers of now; null where one of them is another. */
            @Nullable Map<String, Object> of(
                    Map<String, CompletableFuture<Outcome>> outcomes, ExecutionContext context) {
                var now = new LinkedHashMap<>(data);
                for (var part : parts.entrySet()) {
                    var outcome = outcomes.get(part.getKey());
                    var told =
                            outcome == null || outcome.isCompletedExceptionally()
                                    ? null
                                    : part.getValue()
                                            .of(outcome.join(), data.get(part.getKey()), context);
                    if (told == null) {
                        return null;
                    }
                    now.put(part.getKey(), told);
                }
                return now;
            }
        }
    }

    @Override
    public CompletableFuture<ExecutionResult> execute(
            ExecutionContext context, ExecutionStrategyParameters parameters) {
        if (most == 0 || !asksOnlyQuestions(parameters)) {
            return super.execute(context, parameters);
        }
        var request = Request.of(context);
        var known = kept.find(request).orElse(null);
        var ahead = new HashMap<String, CompletableFuture<Outcome>>();
        if (known instanceof Made response) {
            ahead.putAll(asked(response, request.caller(), context));
            var data = response.of(ahead, context);
            if (data != null) {
                found.increment();
                return CompletableFuture.completedFuture(new ExecutionResultImpl(data, List.of()));
            }
        }
        made.increment();
        var questions = new AskedQuestions(ahead);
        questions.in(context.getGraphQLContext());
        return super.execute(context, parameters)
                .thenApply(result -> {
                    note(request, known, result, questions, context, parameters);
                    return result;
                });
    }

    private static boolean asksOnlyQuestions(ExecutionStrategyParameters parameters) {
        boolean asks = false;
        for (var field : parameters.getFields().getSubFieldsList()) {
            if (field.getName().equals(QUESTION)) {
                asks = true;
            } else if (!field.getName().equals(TYPE_NAME)) {
                return false;
            }
        }
        return asks;
    }

    /** Of all parts, when they are there: on threads of their own, with all that the threads of fields have. */
    private Map<String, CompletableFuture<Outcome>> asked(
            Made response, Caller caller, ExecutionContext context) {
        var outcomes = new HashMap<String, CompletableFuture<Outcome>>();
        var parts = List.copyOf(response.parts().entrySet());
        try (var _ =
                ContextSnapshotFactory.builder()
                        .build()
                        .captureFrom(context.getGraphQLContext())
                        .setThreadLocals()) {
            var asked =
                    tiles.asked(
                            parts.stream()
                                    .map(part -> new Tiles.Tile(part.getValue().question(), caller))
                                    .toList());
            for (int at = 0; at < parts.size(); at++) {
                outcomes.put(parts.get(at).getKey(), asked.get(at).outcome());
            }
        }
        try {
            CompletableFuture.allOf(outcomes.values().toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException _) {
            // The field that gets the outcome says so.
        }
        return outcomes;
    }

    /** The second time it is sent with the same answers it is made for the third; one of moving answers is made each time. */
    private void note(
            Request request,
            @Nullable Known before,
            ExecutionResult result,
            AskedQuestions questions,
            ExecutionContext context,
            ExecutionStrategyParameters parameters) {
        if (before instanceof Unfit
                || !result.getErrors().isEmpty()
                || !(result.getData() instanceof Map<?, ?> data)) {
            return;
        }
        kept.put(
                request,
                before instanceof Seen ? made(data, questions, context, parameters) : new Seen());
    }

    private static Known made(
            Map<?, ?> given,
            AskedQuestions questions,
            ExecutionContext context,
            ExecutionStrategyParameters parameters) {
        var parts = new LinkedHashMap<String, KeptAnalysis>();
        for (var field : parameters.getFields().getSubFieldsList()) {
            if (field.getName().equals(QUESTION)) {
                var part = KeptAnalysis.of(field, questions.answer(field), context);
                if (part == null) {
                    return new Unfit();
                }
                parts.put(field.getResultKey(), part);
            }
        }
        var data = new LinkedHashMap<String, Object>();
        given.forEach((name, value) -> data.put(String.valueOf(name), value));
        long bytes = DataBytes.of(data);
        for (var part : parts.values()) {
            bytes += part.bytes();
        }
        return new Made(parts, data, bytes);
    }
}
