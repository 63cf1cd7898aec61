package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The part of time, half-open, that facts are read in for one member or row: relative to a time of it. Where that is empty there is no window, and no fact is
 * in it.
 *
 * @param start of the kind of the time that places the facts, read of the member or row
 * @param end of the same kind
 * @param over instant at which the window is over: facts of dates are compared with the dates of the edges
 */
public record SubjectWindow(Expr start, Expr end, Expr over) {
    /** The same, of other expressions of the member or row. */
    public SubjectWindow of(UnaryOperator<Expr> edge) {
        return new SubjectWindow(edge.apply(start), edge.apply(end), edge.apply(over));
    }

    /** All that is read of the member or row. */
    public List<Expr> edges() {
        return List.of(start, end, over);
    }
}
