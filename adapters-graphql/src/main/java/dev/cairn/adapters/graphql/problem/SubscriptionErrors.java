package dev.cairn.adapters.graphql.problem;

import graphql.GraphQLError;
import java.util.List;
import java.util.Map;

/** What clients are told where answers end with a failure. */
public final class SubscriptionErrors {
    private SubscriptionErrors() {}

    /** As in an answer; what is not foreseen is a bug, and only the log says more. */
    public static List<Map<String, Object>> of(Throwable failure) {
        GraphQLError error =
                failure instanceof Explained known
                        ? known.error()
                        : FailureResolver.ofSubscription(failure);
        return List.of(error.toSpecification());
    }
}
