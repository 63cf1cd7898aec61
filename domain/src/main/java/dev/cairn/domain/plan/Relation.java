package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What gives rows. */
public sealed interface Relation {
    /** What is read for each row; {@link Expr.LeafValue} in the expressions of the scan over this relation points here. */
    Block own();

    /** Whether the rows are units of time: of no account and no time but those around them. */
    default boolean areUnits() {
        return switch (this) {
            case Ticks _ -> true;
            case Facts _, Members _ -> false;
        };
    }

    /** What is read of the facts that rows are made of. */
    default Stream<Expr> ofDerived() {
        return switch (this) {
            case Facts(_, _, _, var derived) when derived != null -> derived.expressions();
            case Members(_, var pairs, _) when pairs != null -> pairs.expressions();
            case Facts _, Members _, Ticks _ -> Stream.of();
        };
    }

    /**
     * The facts of a source that are in force, placed within the stretch of time that is read and before as-of.
     *
     * @param own what is read for the account of each fact
     * @param derived which rows are made of them; null: the facts are the rows
     */
    record Facts(String source, Placing placing, Block own, @Nullable Derived derived)
            implements Relation {
        /** All facts. */
        public Facts(String source, Placing placing, Block own) {
            this(source, placing, own, null);
        }

        /** Attempts at a sequence that are the rows; null: others are, or all facts. */
        public @Nullable Attempts attempts() {
            return derived instanceof Attempts attempts ? attempts : null;
        }
    }

    /**
     * The members whose existence overlaps the stretch of time that is read, with facts or without.
     *
     * <p>Inner leaves have their value over nothing whatever the coverage; that is decided by {@link Leaf#reads} of the leaf above.
     *
     * @param pairs values that they are split by, of which there are facts then; null: each is one row
     * @param own what is read for each member; for a user also what is read for its account. Of a pair what is read of rows of its values is grouped by them too
     */
    record Members(EntityRef entity, @Nullable Pairs pairs, Block own) implements Relation {
        /** Each is one row. */
        public Members(EntityRef entity, Block own) {
            this(entity, null, own);
        }
    }

    /**
     * Units of time: of each bucket those that begin inside the stretch of time that is read, for each group, with facts or without. A unit is no row of a
     * leaf above that reads what lies outside the coverage there, or that has not begun.
     *
     * @param own what is read in each unit, grouped by it and by what is grouped by around it; its scans have their reach in the time of the units
     */
    record Ticks(Units units, Block own) implements Relation {}
}
