package dev.cairn.adapters.graphql.problem;

import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemDetails;
import dev.cairn.domain.problem.Problems;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes GraphQL errors that have a code. */
public final class Errors {
    /** Whether the whole request or one of its statements was given up. */
    public static final String TOOK_TOO_LONG =
            "This took longer than is allowed and was given up. Ask for a shorter time range, fewer groups or fewer metrics.";

    /** The member of extensions that says after how many seconds to ask again. */
    public static final String RETRY_AFTER = "retryAfterSeconds";

    private Errors() {}

    /** An error of a whole request. */
    public static GraphQLError of(ErrorCode code, String message) {
        return coded(GraphqlErrorBuilder.newError(), code, message, Map.of());
    }

    /** An error of a whole request, with more to say to programs. */
    public static GraphQLError of(ErrorCode code, String message, Map<String, Object> more) {
        return coded(GraphqlErrorBuilder.newError(), code, message, more);
    }

    /** Asked too much, and after how many seconds it may be asked again. */
    public static GraphQLError tooMany(String message, long seconds) {
        return of(ErrorCode.TOO_MANY_REQUESTS, message, Map.of(RETRY_AFTER, seconds));
    }

    static GraphQLError at(
            DataFetchingEnvironment environment,
            ErrorCode code,
            String message,
            Map<String, Object> more) {
        return coded(GraphqlErrorBuilder.newError(environment), code, message, more);
    }

    /** Problems as extensions, and the figure that a question is refused by where there is one. */
    static Map<String, Object> told(List<Problem> problems) {
        var more = new LinkedHashMap<String, Object>();
        more.put("problems", ProblemDetails.of(problems));
        Problems.rowsToRead(problems).ifPresent(rows -> more.put("rowsToRead", rows));
        return more;
    }

    /** A bug, seen at a field. */
    static GraphQLError internalAt(DataFetchingEnvironment environment, String id) {
        return coded(
                GraphqlErrorBuilder.newError(environment),
                ErrorCode.INTERNAL_ERROR,
                said(id),
                Map.of("id", id));
    }

    /** A bug that another error tells of; where it is stays, what it says does not. */
    static GraphQLError internal(GraphQLError other, String id) {
        var error = GraphqlErrorBuilder.newError();
        if (other.getPath() != null) {
            error.path(other.getPath());
        }
        if (other.getLocations() != null) {
            error.locations(other.getLocations());
        }
        return coded(error, ErrorCode.INTERNAL_ERROR, said(id), Map.of("id", id));
    }

    /** A bug that no field is at hand for. */
    static GraphQLError internal(String id) {
        return of(ErrorCode.INTERNAL_ERROR, said(id), Map.of("id", id));
    }

    private static String said(String id) {
        return "Something went wrong inside Cairn; the log has the cause under " + id + ".";
    }

    private static GraphQLError coded(
            GraphqlErrorBuilder<?> error,
            ErrorCode code,
            String message,
            Map<String, Object> more) {
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", code.name());
        extensions.putAll(more);
        // The message is no format: it may hold what the caller wrote.
        return error.message("%s", message)
                .errorType(code.classification())
                .extensions(extensions)
                .build();
    }
}
