package dev.cairn.application.port.out;

import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Counts;
import dev.cairn.application.port.Deletion.Selection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Removes facts and accounts from every answer, and restores them or removes them for good. */
public interface DeletionStore {
    /** The keys of these that no existing account has. */
    Set<String> unknownAccounts(Collection<String> keys);

    /** What would be deleted now. */
    Counts count(Selection selection);

    /**
     * Removes what is selected from every answer at once; later imports do not bring it back.
     *
     * @param what in words
     * @param clock read when nobody else writes: that is when it is deleted
     * @return empty where there is nothing to delete
     */
    Optional<Deletion> delete(Selection selection, String what, InstantSource clock);

    /** The same, by a clock that stands still. */
    default Optional<Deletion> delete(Selection selection, String what, Instant at) {
        return delete(selection, what, InstantSource.fixed(at));
    }

    /** Latest first. */
    List<Deletion> deletions();

    /** Restores a pending deletion's facts and accounts as they were. */
    Restoration restore(long id, InstantSource clock);

    /** The same, by a clock that stands still. */
    default Restoration restore(long id, Instant at) {
        return restore(id, InstantSource.fixed(at));
    }

    /** Removes a pending deletion's facts with all their earlier versions, and its accounts with all their data, for good; empty where it is not pending. */
    Optional<Deletion> purge(long id, Instant at);

    /** What came of restoring. */
    sealed interface Restoration {
        record Restored(Deletion deletion) implements Restoration {}

        /** Some of its facts are of accounts that other deletions hold. */
        record Held(List<Long> by) implements Restoration {}

        /**
         * Accounts would be above themselves, as links of accounts say.
         *
         * @param accounts each the child of the next, the last that of the first
         */
        record Circular(List<String> accounts) implements Restoration {
            public Circular {
                accounts = List.copyOf(accounts);
            }
        }

        record NotPending() implements Restoration {}
    }
}
