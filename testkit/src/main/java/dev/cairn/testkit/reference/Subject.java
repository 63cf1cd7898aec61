package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.time.Bucket;
import org.jspecify.annotations.Nullable;

/** What an expression is read from: a fact, a member or a cell. Integers are BigDecimals here. */
interface Subject {
    @Nullable Object field(Expr.Field field);

    @Nullable Object attribute(Expr.Attribute attribute);

    @Nullable String key(EntityKind entity);

    @Nullable Object leaf(int leaf);

    Bucket bucket();
}
