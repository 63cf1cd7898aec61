package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Function;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The part of time, half-open, that facts are read in for one member or row: relative to a time of it. Where that is empty there is no window, and no fact is
 * in it. The window is over at the instant of its end. Of units of time those are in it that begin in it.
 *
 * @param cuts instants at which it is cut into tiles, from its end back; of units of time only those are in it that lie between two neighbours. Empty: all
 */
public record SubjectWindow(Edge start, Edge end, List<Expr> cuts) {
    public SubjectWindow {
        cuts = List.copyOf(cuts);
    }

    /** Not cut. */
    public SubjectWindow(Edge start, Edge end) {
        this(start, end, List.of());
    }

    /**
     * What is read of the member or row.
     *
     * @param at of the kind of the time that places the facts: those of dates are compared with the dates of the edges
     * @param instant at which it is
     * @param day its local date
     */
    public record Edge(Expr at, Expr instant, Expr day) {
        /** Whether a day begins with it. */
        public boolean beginsDay() {
            return at.type().kind() == Type.Kind.DATE
                    || (instant instanceof Expr.Call(var function, _, _)
                            && function == Function.DAY_START);
        }

        Stream<Expr> read() {
            return Stream.of(at, instant, day);
        }

        Edge of(UnaryOperator<Expr> edge) {
            return new Edge(edge.apply(at), edge.apply(instant), edge.apply(day));
        }
    }

    /** The same, of other expressions of the member or row. */
    public SubjectWindow of(UnaryOperator<Expr> edge) {
        return new SubjectWindow(start.of(edge), end.of(edge), cuts.stream().map(edge).toList());
    }

    public Edge edge(boolean isEnd) {
        return isEnd ? end : start;
    }

    /** All that is read of the member or row. */
    public List<Expr> edges() {
        return Stream.of(start.read(), end.read(), cuts.stream())
                .flatMap(read -> read)
                .distinct()
                .toList();
    }
}
