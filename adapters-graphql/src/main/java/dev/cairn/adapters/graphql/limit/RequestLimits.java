package dev.cairn.adapters.graphql.limit;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.validation.ValidationError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Refuses a request that is over a limit, as early as it can be seen: reading, validation and execution have their price. */
public final class RequestLimits extends SimplePerformantInstrumentation {
    private final Limits limits;

    /** What documents cost whose only operation has no variables, as long as they are kept. */
    private final Map<Document, Long> costs = Collections.synchronizedMap(new WeakHashMap<>());

    public RequestLimits(Limits limits) {
        this.limits = limits;
    }

    /** What the parser reads of a document, and no more. */
    public static ParserOptions parserOptions(Limits limits) {
        return ParserOptions.getDefaultOperationParserOptions()
                .transform(options ->
                        options.maxCharacters(limits.most(Limit.CHARACTERS))
                                .maxTokens(limits.most(Limit.TOKENS))
                                .maxWhitespaceTokens(limits.most(Limit.WHITESPACE))
                                .maxRuleDepth(limits.most(Limit.GRAMMAR_DEPTH)));
    }

    @Override
    public ExecutionInput instrumentExecutionInput(
            ExecutionInput input,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        input.getGraphQLContext().put(ParserOptions.class, parserOptions(limits));
        return input;
    }

    @Override
    public InstrumentationContext<Document> beginParse(
            InstrumentationExecutionParameters parameters, @Nullable InstrumentationState state) {
        var length = parameters.getExecutionInput().getQuery().length();
        refuse(() -> limits.check(Limit.CHARACTERS, length));
        return SimpleInstrumentationContext.whenCompleted((_, failure) -> {
            var limit = limitOf(failure);
            if (limit != null) {
                refuse(() -> limits.check(limit, limits.most(limit) + 1L));
            }
        });
    }

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, @Nullable InstrumentationState state) {
        refuse(() -> DocumentCheck.check(parameters.getDocument(), limits));
        return null;
    }

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters,
            @Nullable InstrumentationState state) {
        refuse(() -> limits.check(Limit.COST, cost(parameters.getExecutionContext())));
        return null;
    }

    private long cost(ExecutionContext context) {
        var document = context.getDocument();
        var operations = document.getDefinitionsOfType(OperationDefinition.class);
        if (operations.size() != 1 || !operations.getFirst().getVariableDefinitions().isEmpty()) {
            return computed(context);
        }
        var known = costs.get(document);
        if (known != null) {
            return known;
        }
        long cost = computed(context);
        costs.put(document, cost);
        return cost;
    }

    /** Reads arguments that otherwise are read when their field runs: what cannot be read has no cost, and is refused now. */
    private long computed(ExecutionContext context) {
        try {
            return Cost.of(
                    context.getGraphQLSchema(),
                    context.getDocument(),
                    context.getExecutionInput().getOperationName(),
                    context.getCoercedVariables(),
                    limits);
        } catch (GraphQLException unreadable) {
            if (unreadable instanceof GraphQLError error) {
                throw new AbortExecutionException(List.of(error));
            }
            throw unreadable;
        }
    }

    /** Which limit made the parser give up; null where it was none. */
    private static @Nullable Limit limitOf(@Nullable Throwable failure) {
        return switch (failure) {
            case ParseCancelledTooDeepException _ -> Limit.GRAMMAR_DEPTH;
            case ParseCancelledException tokens ->
                    String.valueOf(tokens.getMessage()).contains("whitespace")
                            ? Limit.WHITESPACE
                            : Limit.TOKENS;
            case null, default -> null;
        };
    }

    private static void refuse(Runnable check) {
        try {
            check.run();
        } catch (OverLimit over) {
            throw new AbortExecutionException(List.of(over.error()));
        }
    }
}
