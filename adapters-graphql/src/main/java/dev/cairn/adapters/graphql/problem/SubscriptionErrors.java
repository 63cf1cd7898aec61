package dev.cairn.adapters.graphql.problem;

import graphql.GraphQLError;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.execution.SubscriptionPublisherException;

/** What clients are told where answers end with a failure. */
public final class SubscriptionErrors {
    private SubscriptionErrors() {}

    /** As in an answer; what is not foreseen is a bug, and only the log says more. */
    public static List<Map<String, Object>> of(Throwable failure) {
        var errors =
                failure instanceof SubscriptionPublisherException known
                        ? known.getErrors()
                        : List.of(FailureResolver.ofSubscription(failure));
        return errors.stream().map(GraphQLError::toSpecification).toList();
    }
}
