package dev.cairn.adapters.graphql.problem;

import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.introspection.IntrospectionDisabledError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a code to the errors that graphql-java makes itself. */
public final class ErrorCodes extends SimplePerformantInstrumentation {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorCodes.class);

    @Override
    public CompletableFuture<ExecutionResult> instrumentExecutionResult(
            ExecutionResult result,
            InstrumentationExecutionParameters parameters,
            @Nullable InstrumentationState state) {
        if (result.getErrors().stream().allMatch(ErrorCodes::isCoded)) {
            return CompletableFuture.completedFuture(result);
        }
        var id = String.valueOf(parameters.getExecutionInput().getExecutionId());
        List<GraphQLError> coded =
                result.getErrors().stream().map(error -> coded(error, id)).toList();
        return CompletableFuture.completedFuture(
                ExecutionResultImpl.newExecutionResult().from(result).errors(coded).build());
    }

    private static boolean isCoded(GraphQLError error) {
        return error.getExtensions() != null && error.getExtensions().containsKey("code");
    }

    private static GraphQLError coded(GraphQLError error, String id) {
        if (isCoded(error)) {
            return error;
        }
        if (error.getErrorType() == ErrorType.ExecutionAborted
                || error instanceof BadFaithIntrospectionError) {
            return of(error, ErrorCode.QUERY_TOO_EXPENSIVE);
        }
        if (isOfRequest(error.getErrorType()) || error instanceof IntrospectionDisabledError) {
            return of(error, ErrorCode.GRAPHQL_VALIDATION_FAILED);
        }
        LOG.error("{}: {} at {}", id, error.getMessage(), error.getPath());
        return Errors.internal(error, id);
    }

    private static boolean isOfRequest(@Nullable ErrorClassification type) {
        return type == ErrorType.InvalidSyntax
                || type == ErrorType.ValidationError
                || type == ErrorType.OperationNotSupported;
    }

    private static GraphQLError of(GraphQLError error, ErrorCode code) {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", code.name());
        if (error.getExtensions() != null) {
            extensions.putAll(error.getExtensions());
        }
        var copy =
                GraphqlErrorBuilder.newError()
                        .message("%s", error.getMessage())
                        .extensions(extensions);
        if (error.getErrorType() != null) {
            copy.errorType(error.getErrorType());
        }
        if (error.getLocations() != null) {
            copy.locations(error.getLocations());
        }
        if (error.getPath() != null) {
            copy.path(error.getPath());
        }
        return copy.build();
    }
}
