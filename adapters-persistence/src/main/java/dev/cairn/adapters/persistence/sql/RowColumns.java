package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Leaf;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What the expressions of one row, member or cell can read; a plan that asks for more is broken. */
interface RowColumns {
    /** Of rows that are read in no units of time. */
    Field<String> INSIDE = DSL.castNull(SQLDataType.CLOB);

    default Field<?> field(Expr.Field field) {
        throw notAtHand(field);
    }

    default Field<?> linked(Expr.Linked linked) {
        throw notAtHand(linked);
    }

    default Field<?> attribute(Expr.Attribute attribute) {
        throw notAtHand(attribute);
    }

    /** Null where the row belongs to none. */
    default Field<String> key(EntityRef entity) {
        throw notAtHand(new Expr.Key(entity));
    }

    /** Whether the row belongs to none. */
    default Condition lacks(EntityRef entity) {
        return key(entity).isNull();
    }

    default Field<?> leaf(Expr.LeafValue leaf) {
        throw notAtHand(leaf);
    }

    default Field<?> rank(Expr.Rank rank) {
        throw notAtHand(rank);
    }

    /** For want of which rates a leaf has no value, as {@link RateGaps} has it. */
    default Field<String> gaps(Expr.LeafValue leaf) {
        return RateGaps.NONE;
    }

    /** For want of which rates groups have no rank. */
    default Field<String> gaps(Expr.Rank rank) {
        throw notAtHand(rank);
    }

    /** The rate at which an amount of the row is converted. */
    default RateTables.RateOfRow rate(Expr.Convert convert) {
        throw notAtHand(convert);
    }

    default Field<?> edge(Expr.TimeEdge edge) {
        throw notAtHand(edge);
    }

    /** Whether all is known that a leaf reads through the row; a row that is not is none of it. */
    default Condition isKnownTo(Leaf leaf) {
        return DSL.noCondition();
    }

    /** Why it is not known, where rows are read in units of time; null where it is. */
    default Field<String> outside(Leaf leaf) {
        return INSIDE;
    }

    private static IllegalArgumentException notAtHand(Expr expr) {
        return new IllegalArgumentException("not at hand here: " + expr);
    }
}
