package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Span;
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
        var left = number(arithmetic.left(), frame, symbol, arithmetic.left().span());
        var right = number(arithmetic.right(), frame, symbol, arithmetic.right().span());
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
        var value = number(negative.operand(), frame, "-", negative.span());
        return value.type().isBroken() ? value : new Expr.Negate(value);
    }

    private Expr number(Formula formula, Frame frame, String forWhat, Span span) {
        var lowered = lowering.lower(formula, frame);
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
