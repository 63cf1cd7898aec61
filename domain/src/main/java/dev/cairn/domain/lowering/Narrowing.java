package dev.cairn.domain.lowering;

import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which rows and groups aggregates are, other than those of the cell, which does not reach beneath members; and in which currency, which does.
 *
 * @param conditions what is asked of the rows of every relation besides, by {@code only}
 * @param kept the keys of the question that stay, by {@code total}; null: all
 * @param isAhead whether it is only looked what is read: more will be asked of the rows
 * @param conversion the currency that amounts of rows are converted to; null: they are as they are
 */
record Narrowing(
        List<Condition> conditions,
        @Nullable List<DimensionText> kept,
        boolean isAhead,
        @Nullable Conversion conversion) {
    static final Narrowing NONE = new Narrowing(List.of(), null, false, null);

    /**
     * A condition, which is of the rows of each relation.
     *
     * @param frame where it is written
     */
    record Condition(Formula formula, Frame frame) {}

    Narrowing {
        conditions = List.copyOf(conditions);
        kept = kept == null ? null : List.copyOf(kept);
    }

    /** With what more is asked of rows. */
    Narrowing only(Condition more) {
        var all = new ArrayList<>(conditions);
        all.add(more);
        return new Narrowing(all, kept, isAhead, conversion);
    }

    /** With these keys alone: the innermost {@code total} decides. */
    Narrowing keeping(List<DimensionText> keys) {
        return new Narrowing(conditions, keys, isAhead, conversion);
    }

    /** Where it is only looked what is read. */
    Narrowing ahead() {
        return new Narrowing(List.of(), null, true, conversion);
    }

    /** With amounts in another currency; null: as they are. The innermost {@code convert} decides. */
    Narrowing converting(@Nullable Conversion other) {
        return new Narrowing(conditions, kept, isAhead, other);
    }

    /** What of it reaches beneath members. */
    Narrowing beneath() {
        return NONE.converting(conversion);
    }
}
