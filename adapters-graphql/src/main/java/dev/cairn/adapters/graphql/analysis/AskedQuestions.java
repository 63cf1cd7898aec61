package dev.cairn.adapters.graphql.analysis;

import dev.cairn.application.port.in.AnalyzeUseCase.Outcome;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import graphql.GraphQLContext;
import graphql.execution.MergedField;
import graphql.schema.DataFetchingEnvironment;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the fields of one request asked, and were answered. Safe for use by several threads. */
final class AskedQuestions {
    private final Map<String, CompletableFuture<Outcome>> ahead;
    private final Map<String, Answered> answers = new ConcurrentHashMap<>();

    /** @param ahead outcomes of what was asked before its field was read, by the name of the field in the data */
    AskedQuestions(Map<String, CompletableFuture<Outcome>> ahead) {
        this.ahead = Map.copyOf(ahead);
    }

    /** A question and its answer. */
    record Answered(AnalysisQuery question, AnalysisResult result) {}

    void in(GraphQLContext context) {
        context.put(AskedQuestions.class, this);
    }

    /** The outcome of a field's question: it is asked, unless it was; once it is there it is taken note of. */
    static CompletableFuture<Outcome> outcome(
            DataFetchingEnvironment environment,
            AnalysisQuery question,
            Supplier<CompletableFuture<Outcome>> ask) {
        AskedQuestions questions = environment.getGraphQlContext().get(AskedQuestions.class);
        return questions == null
                ? ask.get()
                : questions.outcome(environment.getMergedField(), question, ask);
    }

    private CompletableFuture<Outcome> outcome(
            MergedField field, AnalysisQuery question, Supplier<CompletableFuture<Outcome>> ask) {
        var known = ahead.get(field.getResultKey());
        return (known == null ? ask.get() : known)
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Answered(var result)) {
                        answers.put(field.getResultKey(), new Answered(question, result));
                    }
                    return outcome;
                });
    }

    @Nullable Answered answer(MergedField field) {
        return answers.get(field.getResultKey());
    }
}
