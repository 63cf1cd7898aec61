package dev.cairn.adapters.graphql.trust;

import dev.cairn.application.port.Reads;
import graphql.execution.ResultPath;
import graphql.schema.DataFetchingEnvironment;
import java.util.Set;
import java.util.function.Supplier;

/** Answers that are made of the answers to several questions, with what those read. */
public final class SourcedAnswer {
    private SourcedAnswer() {}

    /** Where a field's sources are kept for as long as its request is answered. */
    private record Key(ResultPath field) {}

    /** Takes note of what is read; whether it can be trusted is looked at where that is selected. */
    public static <A> A of(DataFetchingEnvironment field, Supplier<A> asked) {
        var read = Reads.during(asked);
        field.getGraphQlContext()
                .put(new Key(field.getExecutionStepInfo().getPath()), read.sources());
        return read.answer();
    }

    /**
     * What was read for the answer that a field is of.
     *
     * @throws IllegalStateException where nobody took note of it
     */
    static Set<String> sources(DataFetchingEnvironment field) {
        var answer = new Key(field.getExecutionStepInfo().getParent().getPath());
        return field.getGraphQlContext()
                .<Set<String>>getOrEmpty(answer)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "nobody took note of what was read for " + answer.field()));
    }
}
