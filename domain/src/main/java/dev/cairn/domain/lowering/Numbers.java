package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;

/** Lowers arithmetic with numbers: their units must go together. */
final class Numbers {
    private final Lowering lowering;
    private final Comparisons comparisons;

    Numbers(Lowering lowering, Comparisons comparisons) {
        this.lowering = lowering;
        this.comparisons = comparisons;
    }

    Expr arithmetic(Formula.Arithmetic arithmetic, Frame frame) {
        String symbol = arithmetic.operator().symbol();
        var readLeft = lowering.lower(arithmetic.left(), frame);
        var readRight = lowering.lower(arithmetic.right(), frame);
        if (symbol.equals("-") && isTime(readLeft) && isTime(readRight)) {
            return between(arithmetic, frame);
        }
        var left = number(readLeft, frame, symbol, arithmetic.left().span());
        var right = number(readRight, frame, symbol, arithmetic.right().span());
        if (left.type().isBroken() || right.type().isBroken()) {
            return Expr.BROKEN;
        }
        var kind = TypeRules.kindOf(arithmetic.operator(), left.type(), right.type());
        return TypeRules.unitOf(arithmetic.operator(), left.type().unit(), right.type().unit())
                .<Expr>map(unit ->
                        new Expr.Arithmetic(
                                arithmetic.operator(), left, right, new Type(kind, unit)))
                .orElseGet(() ->
                        comparisons.unlikeUnits(
                                symbol, left.type(), right.type(), frame, arithmetic.span()));
    }

    Expr negative(Formula.Negative negative, Frame frame) {
        var value = number(lowering.lower(negative.operand(), frame), frame, "-", negative.span());
        return value.type().isBroken() ? value : new Expr.Negate(value);
    }

    private static boolean isTime(Expr value) {
        return value.type().kind() == Type.Kind.DATE || value.type().kind() == Type.Kind.TIMESTAMP;
    }

    private Expr between(Formula.Arithmetic arithmetic, Frame frame) {
        boolean areNamed =
                arithmetic.left() instanceof Formula.Path
                        && arithmetic.right() instanceof Formula.Path;
        var times =
                areNamed
                        ? "(%s, %s)"
                                .formatted(
                                        ((Formula.Path) arithmetic.right()).text(),
                                        ((Formula.Path) arithmetic.left()).text())
                        : "(a, b)";
        return lowering.broken(
                Problem.of(
                                ProblemCode.TYPE_MISMATCH,
                                frame.at(arithmetic.span()),
                                "How long it is from one time to another is said in a unit, the earlier first.")
                        .offering("days" + times, "hours" + times));
    }

    private Expr number(Expr lowered, Frame frame, String forWhat, Span span) {
        if (lowered.type().isNumber()) {
            return lowered;
        }
        return lowering.broken(
                ProblemCode.TYPE_MISMATCH,
                frame,
                span,
                "'%s' needs a number, not %s.",
                forWhat,
                lowered.type().word());
    }
}
