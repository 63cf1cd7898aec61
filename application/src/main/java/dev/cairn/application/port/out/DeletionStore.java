package dev.cairn.application.port.out;

import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.Expr;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts facts and accounts out of every answer, and brings them back or removes them for good. */
public interface DeletionStore {
    /** Facts or accounts to delete, of those that are in force. */
    sealed interface Selection {
        /** @param where over the fact, and the key and attributes of its account and user; true selects it */
        record Facts(Source source, Expr where) implements Selection {}

        /** @param keys as {@link FactStore.Fact#key} has them */
        record Keys(Source source, Set<String> keys) implements Selection {}

        /** Accounts with their users, their attributes and all their facts. */
        record Accounts(Set<String> keys) implements Selection {}
    }

    /** @param facts by source; none is 0 */
    record Counts(Map<String, Long> facts, long accounts, long users) {
        public Counts {
            facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
        }

        public long allFacts() {
            return facts.values().stream().mapToLong(Long::longValue).sum();
        }

        public boolean isNothing() {
            return facts.isEmpty() && accounts == 0 && users == 0;
        }
    }

    /**
     * What was deleted together.
     *
     * @param what in words, while it is pending: it may say whom it is about
     * @param restored when it came back; null: it did not
     * @param purged when it was removed for good; null: it was not
     */
    record Deletion(
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
    }

    /** Those of the keys that no account has which is there. */
    Set<String> unknownAccounts(Collection<String> keys);

    /** What would be deleted now. */
    Counts count(Selection selection);

    /**
     * Puts what is selected out of every answer at once; what is imported later does not bring it back.
     *
     * @param what in words
     * @return empty where there is nothing to delete
     */
    Optional<Deletion> delete(Selection selection, String what, Instant at);

    /** Latest first. */
    List<Deletion> deletions();

    /** Brings a pending deletion's facts and accounts back as they were. */
    Restoration restore(long id, Instant at);

    /** Removes a pending deletion's facts, with every earlier version of them, and its accounts with all that hangs on them, for good; empty where it is not pending. */
    Optional<Deletion> purge(long id, Instant at);

    /** What came of restoring. */
    sealed interface Restoration {
        record Restored(Deletion deletion) implements Restoration {}

        /** Facts of it are of accounts that other deletions hold. */
        record Held(List<Long> by) implements Restoration {}

        record NotPending() implements Restoration {}
    }
}
