package dev.cairn.application.port.out;

import dev.cairn.application.port.Account;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.KeyRange;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.overview.AttributeOfAccount;
import dev.cairn.domain.time.PointInTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows accounts and users, and their attributes. */
public interface AccountDirectory {
    /**
     * Begins to write attributes of accounts or users; nothing is visible before {@link Load#commit}.
     *
     * @param attributes those of the entity that members come with; what is known of the others stays as it is, and with a marked one also from or
     *     until when a member exists
     */
    Load begin(Entity entity, List<Attribute> attributes, Instant recordedAt);

    /** Members come with all attributes that are not computed. */
    default Load begin(Entity entity, Instant recordedAt) {
        return begin(entity, entity.stored().attributes(), recordedAt);
    }

    /**
     * Accounts in the order of their keys, by code point.
     *
     * @param where over attributes and the key of the account; true keeps it
     */
    List<Account> page(Expr where, KeyRange range);

    /**
     * The first ones.
     *
     * @param afterKey only keys after it
     */
    default List<Account> page(Expr where, @Nullable String afterKey, int first) {
        return page(where, KeyRange.after(afterKey, first));
    }

    Optional<Account> find(String key, Expr where);

    /** What the attributes of an account were, in the order of days; empty where the entity declares no history, or nothing is known. */
    List<AttributeOfAccount.Interval> history(String key);

    /** One load, of one thread; interrupted and failing as {@link FactStore.Load}. */
    interface Load extends AutoCloseable {
        /** @throws IllegalArgumentException where the member cannot be kept, as of {@link FactStore.Load#add}; it is not in the load then, and the load goes on */
        void add(Member member);

        /** As {@link FactStore.Load#stored}. */
        default long stored() {
            return 0;
        }

        /**
         * @throws ContradictoryHistory where rows say different things of a member on one day
         * @throws FactStore.DeclaredAnew where the entity is not declared any more as it was when the load began
         */
        default FactStore.Loaded commit() {
            return commit(null, false);
        }

        /**
         * The same.
         *
         * @param closing closes what the load does not say, of an entity with a history; null: it stays
         * @param isTrial tells what would come of it, and leaves everything as it is
         * @throws ClosingRefused where too many members would be closed
         */
        FactStore.Loaded commit(@Nullable Closing closing, boolean isTrial);

        @Override
        void close();
    }

    /**
     * An account or user with its attributes.
     *
     * @param account of a user: key of its account, null: of no account; of an account: null
     * @param start from when it exists; null: from its first fact
     * @param removed until when it exists, out; null: it still does
     * @param values one per attribute of the load, in order
     * @param held when the values hold; null of an entity without a history, and of no other
     */
    record Member(
            String key,
            @Nullable String account,
            @Nullable PointInTime start,
            @Nullable PointInTime removed,
            List<@Nullable Object> values,
            @Nullable Held held) {
        /** Without a history. */
        public Member(
                String key,
                @Nullable String account,
                @Nullable PointInTime start,
                @Nullable PointInTime removed,
                List<@Nullable Object> values) {
            this(key, account, start, removed, values, null);
        }
    }

    /**
     * The days on which values hold.
     *
     * @param from the first; null: they hold from ever
     * @param until the first on which they do no more; null: they have no end
     * @param isSnapshot they end at the next day that something is known of
     */
    record Held(@Nullable LocalDate from, @Nullable LocalDate until, boolean isSnapshot) {}

    /** Some accounts would be above themselves; nothing of the load was done. */
    final class CircularParents extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ArrayList<String> accounts;

        /** @param accounts each the child of the next, and the last that of the first */
        public CircularParents(List<String> accounts) {
            super("accounts are above themselves: " + accounts);
            this.accounts = new ArrayList<>(accounts);
        }

        public List<String> accounts() {
            return List.copyOf(accounts);
        }
    }

    /** Rows of a load say different things of a member on one day; none of them was stored. */
    final class ContradictoryHistory extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long rows;
        private final long first;

        /**
         * @param entity whose members they are of
         * @param rows how many contradict an earlier one
         * @param first number of the first of them among the rows that were added, from 1
         */
        public ContradictoryHistory(String entity, long rows, long first) {
            super("%d rows of %s contradict others.".formatted(rows, entity));
            this.rows = rows;
            this.first = first;
        }

        public long rows() {
            return rows;
        }

        public long first() {
            return first;
        }
    }
}
