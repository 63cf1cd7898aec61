package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.plan.Expr;
import org.jooq.Field;

/** What the expressions of one row, member or cell can read. */
interface RowColumns {
    Field<?> field(Expr.Field field);

    Field<?> attribute(Expr.Attribute attribute);

    /** Null where the row belongs to none. */
    Field<String> key(EntityKind entity);

    Field<?> leaf(Expr.LeafValue leaf);

    Field<?> edge(Expr.BucketEdge edge);
}
