package dev.cairn.adapters.graphql.live;

import dev.cairn.adapters.graphql.limit.Limit;
import dev.cairn.adapters.graphql.limit.Limits;
import dev.cairn.adapters.graphql.limit.OverLimit;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Flux;

/** How many subscriptions each user has, over all sockets and streams. */
final class SubscriptionCounts {
    private final Limits limits;
    private final Map<String, Integer> counts = new HashMap<>();

    SubscriptionCounts(Limits limits) {
        this.limits = limits;
    }

    /** The same answers, counted as one subscription of a user for as long as somebody subscribes to them; fails with {@link OverLimit} where there are too many. */
    <T> Flux<T> counted(String user, Flux<T> answers) {
        return AnswersOneByOne.followed(
                Flux.defer(() -> {
                    add(user);
                    return answers.doFinally(_ -> remove(user));
                }));
    }

    private synchronized void add(String user) {
        int number = counts.getOrDefault(user, 0) + 1;
        limits.check(Limit.SUBSCRIPTIONS, number);
        counts.put(user, number);
    }

    private synchronized void remove(String user) {
        counts.computeIfPresent(user, (_, number) -> number == 1 ? null : number - 1);
    }
}
