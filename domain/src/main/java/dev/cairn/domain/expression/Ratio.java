package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Function;
import org.jspecify.annotations.Nullable;

/** The outermost division of a value. */
public record Ratio(Expr numerator, Expr denominator) {
    /** The division that a value is, looking through constant factors, rounding and what is asked of the sample; null where it is none. */
    public static @Nullable Ratio of(Expr value) {
        return switch (value) {
            case Expr.Share(var matching, var rows) -> new Ratio(matching, rows);
            case Expr.Common common -> of(common.value());
            case Expr.Negate(var operand) -> of(operand);
            case Expr.Call(var function, var arguments, _) ->
                    function == Function.ROUND || function == Function.IF_ENOUGH
                            ? of(arguments.getFirst())
                            : null;
            case Expr.Arithmetic(var operator, var left, var right, _) ->
                    switch (operator) {
                        case ADD, SUBTRACT -> null;
                        case MULTIPLY -> {
                            if (Exprs.isConstant(left)) {
                                yield of(right);
                            }
                            yield Exprs.isConstant(right) ? of(left) : null;
                        }
                        case DIVIDE -> Exprs.isConstant(right) ? of(left) : new Ratio(left, right);
                    };
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Compare _,
                    Expr.Is _,
                    Expr.And _,
                    Expr.Or _,
                    Expr.Not _,
                    Expr.In _,
                    Expr.Convert _,
                    Expr.Case _,
                    Expr.Rank _ ->
                    null;
        };
    }
}
