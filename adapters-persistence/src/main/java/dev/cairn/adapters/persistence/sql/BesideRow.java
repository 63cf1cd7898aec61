package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Leaf;
import org.jooq.Condition;
import org.jooq.Field;

/** The columns of a row with others beside it: what is not read from those is the row's. */
interface BesideRow extends RowColumns {
    RowColumns row();

    @Override
    default Field<?> field(Expr.Field field) {
        return row().field(field);
    }

    @Override
    default Field<?> linked(Expr.Linked linked) {
        return row().linked(linked);
    }

    @Override
    default Field<?> attribute(Expr.Attribute attribute) {
        return row().attribute(attribute);
    }

    @Override
    default Field<String> key(EntityRef entity) {
        return row().key(entity);
    }

    @Override
    default Condition lacks(EntityRef entity) {
        return row().lacks(entity);
    }

    @Override
    default Field<?> leaf(Expr.LeafValue leaf) {
        return row().leaf(leaf);
    }

    @Override
    default Field<?> rank(Expr.Rank rank) {
        return row().rank(rank);
    }

    @Override
    default Field<String> gaps(Expr.LeafValue leaf) {
        return row().gaps(leaf);
    }

    @Override
    default RateTables.RateOfRow rate(Expr.Convert convert) {
        return row().rate(convert);
    }

    @Override
    default Field<?> edge(Expr.TimeEdge edge) {
        return row().edge(edge);
    }

    @Override
    default Condition isKnownTo(Leaf leaf) {
        return row().isKnownTo(leaf);
    }

    @Override
    default Field<String> outside(Leaf leaf) {
        return row().outside(leaf);
    }
}
