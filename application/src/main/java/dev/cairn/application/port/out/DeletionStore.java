package dev.cairn.application.port.out;

import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Counts;
import dev.cairn.application.port.Deletion.Selection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts facts and accounts out of every answer, and brings them back or removes them for good. */
public interface DeletionStore {
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
