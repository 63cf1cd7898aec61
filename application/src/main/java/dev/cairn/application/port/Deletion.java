package dev.cairn.application.port;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was deleted together.
 *
 * @param what in words, while it is pending: it may name accounts
 * @param restored when it came back; null: it did not
 * @param purged when it was removed for good; null: it was not
 */
public record Deletion(
        long id,
        Instant at,
        String what,
        Counts counts,
        @Nullable Instant restored,
        @Nullable Instant purged) {
    /** Neither restored nor purged. */
    public boolean isPending() {
        return restored == null && purged == null;
    }

    /**
     * How much a deletion holds.
     *
     * @param facts by source; none is 0
     */
    public record Counts(Map<String, Long> facts, long accounts, long users) {
        public Counts {
            facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        }

        public boolean isNothing() {
            return facts.isEmpty() && accounts == 0 && users == 0;
        }
    }

    /** Facts or accounts to delete, of those that are in force. */
    public sealed interface Selection {
        /** @param where over the fact, and the key and attributes of its account and user; true selects it */
        record Facts(Source source, Expr where) implements Selection {}

        /** @param keys the stored keys of facts */
        record Keys(Source source, Set<String> keys) implements Selection {}

        /** Accounts with their users, their attributes and all their facts. */
        record Accounts(Set<String> keys) implements Selection {}
    }
}
