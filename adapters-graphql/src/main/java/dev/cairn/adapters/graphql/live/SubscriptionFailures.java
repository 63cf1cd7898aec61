package dev.cairn.adapters.graphql.live;

import dev.cairn.adapters.graphql.limit.OverLimit;
import dev.cairn.adapters.graphql.problem.FailureResolver;
import graphql.GraphQLError;
import org.springframework.graphql.execution.SubscriptionExceptionResolverAdapter;

/** Maps what a subscription ends with. */
public final class SubscriptionFailures extends SubscriptionExceptionResolverAdapter {
    @Override
    protected GraphQLError resolveToSingleError(Throwable failure) {
        return failure instanceof OverLimit over
                ? over.error()
                : FailureResolver.ofSubscription(failure);
    }
}
