package dev.cairn.adapters.graphql.limit;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.Errors;
import dev.cairn.adapters.graphql.problem.Explained;
import graphql.GraphQLError;
import java.util.Locale;
import java.util.Map;

/** A request is over a limit. */
public final class OverLimit extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final int most;
    private final long actual;

    /**
     * @param actual how many there are; where counting stopped at the limit, one more than that
     * @param what is counted
     */
    OverLimit(Limit limit, int most, long actual, String what) {
        super(
                String.format(
                        Locale.ROOT,
                        "%,d %s; at most %,d are allowed. %s Nothing was executed.",
                        actual,
                        what,
                        most,
                        limit.remedy()),
                null,
                false,
                false);
        this.limit = limit;
        this.most = most;
        this.actual = actual;
    }

    @Override
    public GraphQLError error() {
        return Errors.of(
                ErrorCode.QUERY_TOO_EXPENSIVE,
                String.valueOf(getMessage()),
                Map.of("limit", most, "actual", actual, "setting", limit.setting()));
    }
}
