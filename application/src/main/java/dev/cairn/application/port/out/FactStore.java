package dev.cairn.application.port.out;

import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.domain.change.Rereading;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores facts and knows until when they are complete. */
public interface FactStore {
    /**
     * Begins to write facts of a source; nothing is visible before {@link Load#commit}.
     *
     * @param clock read once, when the load is committed: that is when its facts are recorded
     */
    Load begin(Source source, InstantSource clock);

    /** The same, by a clock that stands still. */
    default Load begin(Source source, Instant recordedAt) {
        return begin(source, InstantSource.fixed(recordedAt));
    }

    /** Grows with every committed change of the source's facts; 0 before the first. */
    long dataVersion(String source);

    /**
     * One load, of one thread. Closed without commit it leaves nothing visible; a load of the same facts may continue from what it stored.
     *
     * <p>Every method may throw {@link StoreFailed}.
     */
    interface Load extends AutoCloseable {
        /**
         * @throws IllegalArgumentException where the fact cannot be kept (a NUL character in a text, a number of too many digits, a year beyond 9999, a key
         *     of an account or user beyond 2,000 bytes, a value of another type); it is not in the load then, and the load goes on
         */
        void add(Fact fact);

        /** Withdraws the fact of this key, unless one is added later; does nothing where there is none. For sources that declare a key. */
        void withdraw(String key);

        /**
         * How many facts and withdrawals, from the first on, need not be stored again because an interrupted load of the same facts stored them; an estimate until one differs.
         */
        default long stored() {
            return 0;
        }

        /**
         * Known key and content: nothing happens. Known key, other content (another account too): the old row is superseded. Unknown accounts and
         * users are created. All or nothing.
         *
         * @param completeUntil moves the source's complete-until; null: as declared, or the day after the last fact
         * @throws DeclaredAnew where the source is not declared any more as it was when the load began
         */
        default Loaded commit(@Nullable LocalDate completeUntil) {
            return commit(completeUntil, null, false);
        }

        /**
         * The same.
         *
         * @param ending closes what the load does not say, of a source with a key and a validity; null: it stays
         * @param isTrial tells what would come of it, and leaves everything as it is
         * @throws ClosingRefused where too many rows would be closed, or one cannot be
         */
        Loaded commit(@Nullable LocalDate completeUntil, @Nullable Ending ending, boolean isTrial);

        @Override
        void close();
    }

    /**
     * One fact.
     *
     * @param occurred the instant of its time field; a date's is the start of the day in the source's zone
     * @param key what identifies it within the source, as text; null where the source declares no key: then content and occurrence decide
     * @param account key of its account; null: of no account
     * @param user key of its user; null: of no user
     * @param values one per field of the source, in order: String, Long (integer), BigDecimal, Boolean, LocalDate or Instant
     */
    record Fact(
            Instant occurred,
            @Nullable String key,
            @Nullable String account,
            @Nullable String user,
            List<@Nullable Object> values) {}

    /**
     * How rows in force end that a load does not say.
     *
     * @param rereading computes what follows from their end
     */
    record Ending(Closing closing, Rereading rereading) {}

    /**
     * Rows added = loaded + duplicates + deleted.
     *
     * @param superseded rows that were in force before, or came into force by this load, and are not any more; withdrawn ones too
     * @param deleted rows of facts or accounts that were deleted, and are neither restored nor purged
     * @param alike new keys of accounts and users that differ from stored ones by blanks, case or zeros before a number only
     * @param overlaps of rows that hold for a time, among all that are about what the load is about
     * @param closed rows, or members with an interval, that were closed as the load does not say them
     */
    record Loaded(
            long loaded,
            long superseded,
            long duplicates,
            long deleted,
            List<Alike> alike,
            Overlaps overlaps,
            long closed) {
        public Loaded {
            alike = List.copyOf(alike);
        }

        public Loaded(
                long loaded, long superseded, long duplicates, long deleted, List<Alike> alike) {
            this(loaded, superseded, duplicates, deleted, alike, Overlaps.NONE, 0);
        }

        public Loaded(long loaded, long superseded, long duplicates) {
            this(loaded, superseded, duplicates, 0, List.of());
        }
    }

    /**
     * Rows in force that begin to hold while an earlier row of the same thing still holds, where the source says what one row holds for at a
     * time.
     *
     * @param rows how many
     * @param first some of them
     */
    record Overlaps(long rows, List<Overlap> first) {
        public static final Overlaps NONE = new Overlaps(0, List.of());

        public Overlaps {
            first = List.copyOf(first);
        }
    }

    /**
     * A row that overlaps an earlier one.
     *
     * @param of what both hold for
     * @param from when it begins
     * @param earlierUntil when the earlier one ends; null: it has no end
     */
    record Overlap(List<String> of, String from, @Nullable String earlierUntil) {
        public Overlap {
            of = List.copyOf(of);
        }
    }

    /**
     * New keys of a load that differ by blanks, case or zeros before a number only from others that were stored before it; of users: of the same account.
     *
     * @param keys how many do
     * @param stored the key that was stored, of an example
     * @param key that differs from it
     */
    record Alike(EntityRef entity, long keys, String stored, String key) {}

    /** The rows were read by a declaration that is no longer in force; none of them was stored. */
    final class DeclaredAnew extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param name of the source or entity */
        public DeclaredAnew(String name) {
            super(
                    "%s was declared anew or retired while a file was read by its earlier declaration."
                            .formatted(name));
        }
    }
}
