package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;

/** Lowers {@code rank}: the place of a cell among the groups of its bucket. */
final class Ranks {
    static final String WORD = "rank";

    private final Lowering lowering;

    Ranks(Lowering lowering) {
        this.lowering = lowering;
    }

    /** Where there are no groups of a question, there is nothing to rank. */
    Expr of(Formula.Call call, Frame frame) {
        if (call.arguments().size() != 1 || call.arguments().getFirst().name() != null) {
            return lowering.broken(
                    ProblemCode.UNKNOWN_FUNCTION,
                    frame,
                    call.span(),
                    "'rank' takes one value: rank(f).");
        }
        boolean isOfCell = frame.level() instanceof Level.Cell(var leaves) && !leaves.areOfUnits();
        if (!isOfCell) {
            return lowering.broken(
                    ProblemCode.LEVEL_MISMATCH,
                    frame,
                    call.span(),
                    "'rank' compares the groups of an answer, and here are none: this is a value of %s.",
                    frame.level() instanceof Level.Cell ? "a unit of time" : frame.level().word());
        }
        if (frame.narrowing().kept() != null) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame.at(call.span()),
                                    "'total' takes the groups together that 'rank' compares; rank the total instead.")
                            .offering("rank(total(... by ...))"));
        }
        return ranked(lowering.lower(call.arguments().getFirst().value(), frame), call, frame);
    }

    private Expr ranked(Expr value, Formula.Call call, Frame frame) {
        if (value.type().isBroken()) {
            return value;
        }
        if (Exprs.any(value, Expr.Rank.class::isInstance)) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    frame.at(call.span()),
                                    "A rank is not ranked again; for 1 for the least, rank the negative.")
                            .offering("rank(-f)"));
        }
        return hasOrder(value.type())
                ? new Expr.Rank(value)
                : lowering.misused(
                        WORD,
                        "it takes a number, a date or an instant, not " + value.type().word(),
                        frame,
                        call.span());
    }

    private static boolean hasOrder(Type type) {
        return switch (type.kind()) {
            case INTEGER, DECIMAL, DOUBLE, DATE, TIMESTAMP -> true;
            case BOOLEAN, TEXT, NONE, BROKEN -> false;
        };
    }
}
