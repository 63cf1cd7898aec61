package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;

/** What puts a fact into the stretch of time that is read. */
public sealed interface Placing {
    /** The field that the facts are ordered by, and compared with the coverage of their source; a fact without it is never read. */
    Expr.Field time();

    /** The fact is at one time. */
    record At(Expr.Field time) implements Placing {}
}
