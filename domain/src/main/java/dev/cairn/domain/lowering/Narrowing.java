package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.DimensionText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of which rows and groups aggregates are, other than those of the cell, which does not reach beneath members; and in which currency, which does.
 *
 * @param where what is asked of the rows of a relation besides, by {@code only}; of relations that are not in it, nothing
 * @param kept the keys of the question that stay, by {@code total}; null: all
 * @param isAhead whether it is only looked what is read: more will be asked of the rows
 * @param conversion the currency that amounts of rows are converted to; null: they are as they are
 */
record Narrowing(
        Map<RelationKey, Expr> where,
        @Nullable List<DimensionText> kept,
        boolean isAhead,
        @Nullable Conversion conversion) {
    static final Narrowing NONE = new Narrowing(Map.of(), null, false, null);

    Narrowing {
        where = Map.copyOf(where);
        kept = kept == null ? null : List.copyOf(kept);
    }

    Expr where(RelationKey relation) {
        return where.getOrDefault(relation, Expr.TRUE);
    }

    /** With what more is asked of rows. */
    Narrowing only(Map<RelationKey, Expr> conditions) {
        var all = new HashMap<>(where);
        conditions.forEach((relation, more) -> all.merge(relation, more, Expr::and));
        return new Narrowing(all, kept, isAhead, conversion);
    }

    /** With these keys alone: the innermost {@code total} decides. */
    Narrowing keeping(List<DimensionText> keys) {
        return new Narrowing(where, keys, isAhead, conversion);
    }

    /** Where it is only looked what is read. */
    Narrowing ahead() {
        return new Narrowing(Map.of(), null, true, conversion);
    }

    /** With amounts in another currency; null: as they are. The innermost {@code convert} decides. */
    Narrowing converting(@Nullable Conversion other) {
        return new Narrowing(where, kept, isAhead, other);
    }

    /** What of it reaches beneath members. */
    Narrowing beneath() {
        return NONE.converting(conversion);
    }
}
