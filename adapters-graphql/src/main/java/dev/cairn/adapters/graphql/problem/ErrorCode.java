package dev.cairn.adapters.graphql.problem;

import graphql.ErrorClassification;

/** What a GraphQL error is, as {@code extensions.code}; clients branch on it, so a code is never renamed. */
public enum ErrorCode {
    GRAPHQL_VALIDATION_FAILED(
            "The request is no valid GraphQL, or its variables cannot be read.",
            "Look at the message and its line and column; the schema says what can be asked."),
    BAD_QUERY(
            "A question that cannot be answered as asked.",
            "Put right what 'extensions.problems' lists; 'explain' lists the same without running anything."),
    BAD_USER_INPUT(
            "Arguments that cannot be used: cursors, page sizes, filters.",
            "Put right what 'extensions.problems' lists."),
    QUERY_TOO_EXPENSIVE(
            "Over a limit; nothing was executed.",
            "Ask for less at once, as the message says; docs/limits.md tells how to change the limit that 'extensions.setting' names."),
    UNAUTHENTICATED(
            "Nobody that this service knows sent this; nothing was executed.",
            "Send 'Authorization: Bearer ...' with a key ('cairn key create') or a token of the provider that is configured; docs/security.md tells more."),
    FORBIDDEN(
            "A field needs a role that the caller does not have, or the request was sent to a name that is not known for this service, or by a page of another site; nothing was executed.",
            "The schema says which role a field needs (@requiresRole); have somebody ask who has it, or have it given to you. Ask at 127.0.0.1 or localhost, or list the name in cairn.hosts where a proxy passes requests on."),
    PERSISTED_QUERY_NOT_FOUND(
            "The document of this hash is not known: it was not sent yet, or was let go.",
            "Send the query together with its hash, as clients of Apollo and urql do by themselves."),
    DOCUMENT_NOT_REGISTERED(
            "There is no registered document of this text, hash or name; nothing was executed.",
            "Ask for a registered one, or have it put into the folder that cairn.documents-dir names; where cairn.documents is 'registered' nothing else runs: docs/api.md."),
    TOO_MANY_REQUESTS(
            "More at once, or in a short time, than one caller or all together may ask; nothing was executed.",
            "Ask again after the seconds that the header 'Retry-After' names, or in a moment, with fewer questions at once; docs/operations.md tells of the settings below cairn.callers."),
    TIMEOUT(
            "It took longer than is allowed, and was cancelled.",
            "Ask for a shorter time range, fewer groups or fewer metrics, or raise cairn.limits.seconds. After a mutation look whether it was made: what was just being finished may have been."),
    DATABASE_OUT_OF_REACH(
            "The database does not answer, or lacks disk or memory; what was asked is not to blame.",
            "Ask again in a moment: a service starts its embedded PostgreSQL again by itself. 'cairn doctor' and the log tell more. A mutation was not made, unless the message says that it may have been."),
    ISSUER_OUT_OF_REACH(
            "The provider that issues tokens does not answer, so they cannot be looked at; keys of Cairn go on working.",
            "Ask again in a moment. The log of the service tells what is wrong: cairn.auth.oidc.issuer may be another than the provider says of itself, or its certificate not be trusted."),
    INTERNAL_ERROR(
            "A bug in Cairn, not in what was asked.",
            "Look into the log for the id that is told, and report what stands there.");

    private final String meaning;
    private final String remedy;

    ErrorCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public String meaning() {
        return meaning;
    }

    /** What can be done about it. */
    public String remedy() {
        return remedy;
    }

    /** What graphql-java or Spring calls it, as {@code extensions.classification}. */
    ErrorClassification classification() {
        return switch (this) {
            case GRAPHQL_VALIDATION_FAILED -> graphql.ErrorType.ValidationError;
            case PERSISTED_QUERY_NOT_FOUND, DOCUMENT_NOT_REGISTERED ->
                    org.springframework.graphql.execution.ErrorType.NOT_FOUND;
            case BAD_QUERY, BAD_USER_INPUT ->
                    org.springframework.graphql.execution.ErrorType.BAD_REQUEST;
            case UNAUTHENTICATED -> org.springframework.graphql.execution.ErrorType.UNAUTHORIZED;
            case FORBIDDEN -> org.springframework.graphql.execution.ErrorType.FORBIDDEN;
            case QUERY_TOO_EXPENSIVE,
                    TOO_MANY_REQUESTS,
                    TIMEOUT,
                    DATABASE_OUT_OF_REACH,
                    ISSUER_OUT_OF_REACH ->
                    graphql.ErrorType.ExecutionAborted;
            case INTERNAL_ERROR -> org.springframework.graphql.execution.ErrorType.INTERNAL_ERROR;
        };
    }
}
