package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import org.jspecify.annotations.Nullable;

/** What a row that is made of facts has beside the fields of the fact that it stands at, or in place of them. */
sealed interface Made permits Attempt, Touch, Change, Pair {
    /** The value of a field of its own. */
    @Nullable Object field(Expr.Field field);
}
