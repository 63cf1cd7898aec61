package dev.cairn.domain.expression;

import dev.cairn.domain.expression.Expr.TimeEdge;
import java.time.LocalDate;

/**
 * As of when an attribute with a history is read. At a fact its value is the one that holds on the fact's day; at a boundary (all others) the one that held
 * before it, so that what changes with a period is no part of what the period began with; a boundary after as-of is as-of, and a member that is not yet
 * there at a boundary has its first value.
 */
public sealed interface AsOf {
    /**
     * The local date of a fact. Before the first day that anything is known of there is no value.
     *
     * @param said whether the formula says so, and not the rule for what says nothing
     */
    record Fact(Expr day, boolean said) implements AsOf {}

    /** The start or the end of the window at hand, or of its bucket, as a local date. */
    record Edge(TimeEdge edge, boolean said) implements AsOf {}

    record Day(LocalDate day) implements AsOf {}

    /** As-of of the question. */
    record Now() implements AsOf {}

    /** Whether a formula says so. */
    default boolean isSaid() {
        return switch (this) {
            case Fact(_, var said) -> said;
            case Edge(_, var said) -> said;
            case Day _, Now _ -> true;
        };
    }

    /** As a formula has it. */
    default String word() {
        return switch (this) {
            case Fact _ -> "fact";
            case Edge(var edge, _) -> edge.end() ? "end" : "start";
            case Day(var day) -> "@" + day;
            case Now _ -> "now";
        };
    }
}
