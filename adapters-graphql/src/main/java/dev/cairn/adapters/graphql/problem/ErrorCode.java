package dev.cairn.adapters.graphql.problem;

import graphql.ErrorClassification;

/** What a GraphQL error is, as {@code extensions.code}; clients branch on it, so a code is never renamed. */
public enum ErrorCode {
    /** Syntax, validation or the coercion of variables. */
    GRAPHQL_VALIDATION_FAILED,
    /** A question that cannot be answered as asked; {@code extensions.problems} says why. */
    BAD_QUERY,
    /** Arguments that cannot be used: cursors, page sizes, filters. */
    BAD_USER_INPUT,
    /** Over a limit; nothing was executed. */
    QUERY_TOO_EXPENSIVE,
    TIMEOUT,
    /** A bug; {@code extensions.id} is in the log. */
    INTERNAL_ERROR;

    /** What graphql-java or Spring calls it, as {@code extensions.classification}. */
    ErrorClassification classification() {
        return switch (this) {
            case GRAPHQL_VALIDATION_FAILED -> graphql.ErrorType.ValidationError;
            case BAD_QUERY, BAD_USER_INPUT ->
                    org.springframework.graphql.execution.ErrorType.BAD_REQUEST;
            case QUERY_TOO_EXPENSIVE, TIMEOUT -> graphql.ErrorType.ExecutionAborted;
            case INTERNAL_ERROR -> org.springframework.graphql.execution.ErrorType.INTERNAL_ERROR;
        };
    }
}
