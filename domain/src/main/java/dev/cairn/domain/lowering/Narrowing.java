package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.DimensionText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of which rows and groups aggregates are, other than those of the cell; it does not reach beneath members.
 *
 * @param where what is asked of the rows of a relation besides, by {@code only}; of relations that are not in it, nothing
 * @param kept the keys of the question that stay, by {@code total}; null: all
 * @param isAhead whether it is only looked what is read: more will be asked of the rows
 */
record Narrowing(
        Map<RelationKey, Expr> where, @Nullable List<DimensionText> kept, boolean isAhead) {
    static final Narrowing NONE = new Narrowing(Map.of(), null, false);
    static final Narrowing AHEAD = new Narrowing(Map.of(), null, true);

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
        return new Narrowing(all, kept, isAhead);
    }

    /** With these keys alone: the innermost {@code total} decides. */
    Narrowing keeping(List<DimensionText> keys) {
        return new Narrowing(where, keys, isAhead);
    }
}
