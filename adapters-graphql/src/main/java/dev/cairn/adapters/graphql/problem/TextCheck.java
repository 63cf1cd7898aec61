package dev.cairn.adapters.graphql.problem;

import dev.cairn.domain.model.TextRule;
import graphql.ExecutionResult;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.instrumentation.parameters.InstrumentationValidationParameters;
import graphql.language.Node;
import graphql.language.StringValue;
import graphql.validation.ValidationError;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses texts that PostgreSQL cannot store (NUL, unpaired surrogates) in any argument, and variables that are numbers of digits without end (1e20000000), so
 * that nothing behind it has to check.
 */
public final class TextCheck extends SimplePerformantInstrumentation {
    /** More than any number that is taken has; to write one out takes minutes. */
    private static final int MOST_DIGITS = 1_000;

    @Override
    public @Nullable InstrumentationContext<List<ValidationError>> beginValidation(
            InstrumentationValidationParameters parameters, @Nullable InstrumentationState state) {
        checkLiterals(parameters.getDocument());
        return null;
    }

    /** Of each request: a document that was read before is not validated again. */
    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecution(
            InstrumentationExecutionParameters parameters, @Nullable InstrumentationState state) {
        checkVariables(parameters.getExecutionInput().getRawVariables().toMap());
        return null;
    }

    private static void checkLiterals(Node<?> document) {
        var open = new ArrayDeque<Node<?>>(List.of(document));
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node instanceof StringValue literal && literal.getValue() != null) {
                var at = literal.getSourceLocation();
                objection(literal.getValue())
                        .ifPresent(objection ->
                                refuse(
                                        at == null
                                                ? objection
                                                : "Line %d, column %d: %s"
                                                        .formatted(
                                                                at.getLine(),
                                                                at.getColumn(),
                                                                objection)));
            }
            node.getChildren().forEach(open::push);
        }
    }

    private static void checkVariables(Map<String, ?> variables) {
        variables.forEach((name, given) -> {
            var open = new ArrayDeque<Object>();
            push(open, given);
            while (!open.isEmpty()) {
                switch (open.pop()) {
                    case String text ->
                            objection(text)
                                    .ifPresent(objection ->
                                            refuse("Variable $%s: %s".formatted(name, objection)));
                    case BigDecimal number -> {
                        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
                            refuse(
                                    "Variable $%s: A number has at most %d digits."
                                            .formatted(name, MOST_DIGITS));
                        }
                    }
                    case Map<?, ?> map -> map.values().forEach(value -> push(open, value));
                    case Iterable<?> list -> list.forEach(value -> push(open, value));
                    default -> {
                        // Other numbers and truth values.
                    }
                }
            }
        });
    }

    private static void push(ArrayDeque<Object> open, @Nullable Object value) {
        if (value != null) {
            open.push(value);
        }
    }

    private static Optional<String> objection(String text) {
        return TextRule.objection(text).map("There is %s of this text."::formatted);
    }

    private static void refuse(String message) {
        throw new AbortExecutionException(
                List.of(Errors.of(ErrorCode.GRAPHQL_VALIDATION_FAILED, message)));
    }
}
