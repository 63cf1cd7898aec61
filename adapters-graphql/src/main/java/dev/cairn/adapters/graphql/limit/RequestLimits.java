package dev.cairn.adapters.graphql.limit;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.validation.ValidationError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a document that is over a limit, before it is validated: validation has a price too. */
public final class RequestLimits extends SimplePerformantInstrumentation {
    private final DocumentLimits limits;

    public RequestLimits(DocumentLimits limits) {
        this.limits = limits;
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, @Nullable InstrumentationState state) {
        try {
            DocumentCheck.check(parameters.getDocument(), limits);
        } catch (OverLimit over) {
            throw new AbortExecutionException(
                    List.of(
                            Errors.of(
                                    ErrorCode.QUERY_TOO_EXPENSIVE,
                                    String.valueOf(over.getMessage()))));
        }
        return null;
    }
}
