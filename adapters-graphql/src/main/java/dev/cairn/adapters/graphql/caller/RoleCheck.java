package dev.cairn.adapters.graphql.caller;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Role;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.FieldCollector;
import graphql.execution.FieldCollectorParameters;
import graphql.execution.MergedField;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an operation of which a field needs a role that the caller does not have. All fields are looked at before the first is answered: of a
 * request with several mutations none is made then.
 */
public final class RoleCheck extends SimplePerformantInstrumentation {
    private static final String DIRECTIVE = "requiresRole";

    @Override
    public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters,
            @Nullable InstrumentationState state) {
        var context = parameters.getExecutionContext();
        var caller = CallerInterceptor.callerOf(context.getGraphQLContext());
        var type = operationType(context);
        var refusals =
                fields(context, type).stream()
                        .map(field -> refusal(type, field, caller))
                        .flatMap(Optional::stream)
                        .toList();
        if (!refusals.isEmpty()) {
            throw new AbortExecutionException(refusals);
        }
        return null;
    }

    private static GraphQLObjectType operationType(ExecutionContext context) {
        var schema = context.getGraphQLSchema();
        return switch (context.getOperationDefinition().getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
    }

    /** Those that are going to be answered: with fragments in their places, without what {@code @skip} and {@code @include} leave out. */
    private static Collection<MergedField> fields(
            ExecutionContext context, GraphQLObjectType type) {
        return new FieldCollector()
                .collectFields(
                        FieldCollectorParameters.newParameters()
                                .schema(context.getGraphQLSchema())
                                .objectType(type)
                                .fragments(context.getFragmentsByName())
                                .variables(context.getCoercedVariables().toMap())
                                .graphQLContext(context.getGraphQLContext())
                                .build(),
                        context.getOperationDefinition().getSelectionSet())
                .getSubFieldsList();
    }

    private static Optional<GraphQLError> refusal(
            GraphQLObjectType type, MergedField selected, Caller caller) {
        var field = type.getFieldDefinition(selected.getName());
        if (field == null) {
            // Of introspection: the schema is no secret to those who may ask.
            return Optional.empty();
        }
        var needed = required(type, field);
        return caller.role().includes(needed)
                ? Optional.empty()
                : Optional.of(
                        Errors.of(
                                ErrorCode.FORBIDDEN,
                                "'%s' needs the role %s, and yours is %s. Nothing was executed."
                                        .formatted(field.getName(), needed, caller.role()),
                                Map.of(
                                        "field",
                                        field.getName(),
                                        "needs",
                                        needed.name(),
                                        "has",
                                        caller.role().name())));
    }

    /** As the schema says. Where it says nothing, what reads needs the least role, and what writes the greatest: that it was forgotten lets nobody in. */
    private static Role required(GraphQLObjectType type, GraphQLFieldDefinition field) {
        var directive = field.getAppliedDirective(DIRECTIVE);
        if (directive != null) {
            return Role.valueOf(String.valueOf(directive.getArgument("role").<Object>getValue()));
        }
        return type.getName().equals("Mutation") ? Role.ADMIN : Role.VIEWER;
    }
}
