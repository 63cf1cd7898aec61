package dev.cairn.domain.plan;

import dev.cairn.domain.formula.Formula.Operator;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Whether an expression can be empty, given what conditions above it have shown not to be.
 *
 * @param known expressions that are not empty here
 * @param leafMayBeEmpty by index of the leaf
 */
record Emptiness(Set<Expr> known, IntPredicate leafMayBeEmpty) {

    boolean mayBeEmpty(Expr expr) {
        if (known.contains(expr)) {
            return false;
        }
        return switch (expr) {
            case Expr.Literal(var value, var _) -> value == null;
            case Expr.Field _, Expr.Attribute _, Expr.Key _, Expr.Share _ -> true;
            case Expr.LeafValue(int leaf, var _) -> leafMayBeEmpty.test(leaf);
            case Expr.BucketEdge _, Expr.Is _ -> false;
            case Expr.Arithmetic(var operator, var left, var right, var _) ->
                    (operator == Operator.DIVIDE && !isNonZero(right))
                            || mayBeEmpty(left)
                            || mayBeEmpty(right);
            case Expr.Case whole -> mayBeEmpty(whole);
            case Expr.Call call -> mayBeEmpty(call);
            case Expr.Negate _, Expr.Compare _, Expr.And _, Expr.Or _, Expr.Not _, Expr.In _ ->
                    Exprs.operands(expr).stream().anyMatch(this::mayBeEmpty);
        };
    }

    private boolean mayBeEmpty(Expr.Case whole) {
        for (var arm : whole.arms()) {
            if (given(arm.condition()).mayBeEmpty(arm.result())) {
                return true;
            }
        }
        return mayBeEmpty(whole.otherwise());
    }

    private boolean mayBeEmpty(Expr.Call call) {
        return switch (call.function()) {
            case COALESCE -> call.arguments().stream().allMatch(this::mayBeEmpty);
            case SQRT, POWER, LN, DATE -> true;
            case LEAST,
                    GREATEST,
                    ABS,
                    ROUND,
                    LOWER,
                    CONTAINS,
                    STARTS,
                    MATCHES,
                    HOURS,
                    DAYS,
                    MINUTES,
                    WEEKDAY ->
                    call.arguments().stream().anyMatch(this::mayBeEmpty);
        };
    }

    /** The same, where a condition is true. */
    Emptiness given(Expr condition) {
        var more = new HashSet<>(known);
        more.addAll(shownBy(condition));
        return new Emptiness(more, leafMayBeEmpty);
    }

    /** What cannot be empty where the condition is true. */
    private static Set<Expr> shownBy(Expr condition) {
        return switch (condition) {
            case Expr.And(var left, var right) -> union(shownBy(left), shownBy(right));
            case Expr.Or(var left, var right) -> {
                var both = new HashSet<>(shownBy(left));
                both.retainAll(shownBy(right));
                yield both;
            }
            case Expr.Not(Expr.Is(var left, Expr.Literal(var value, var _))) when value == null ->
                    strictParts(left);
            case Expr.Not(var operand) -> shownByFalse(operand);
            case Expr.Is(var left, Expr.Literal(var value, var _)) when value != null ->
                    strictParts(left);
            case Expr.Compare _,
                    Expr.In _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.LeafValue _,
                    Expr.Call _ ->
                    strictParts(condition);
            case Expr.Literal _,
                    Expr.Key _,
                    Expr.BucketEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Is _,
                    Expr.Case _,
                    Expr.Share _ ->
                    Set.of();
        };
    }

    /** What cannot be empty where the condition is false: not empty either, and so with its strict parts. */
    private static Set<Expr> shownByFalse(Expr condition) {
        return switch (condition) {
            case Expr.Compare _,
                    Expr.In _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.LeafValue _,
                    Expr.Call _ ->
                    strictParts(condition);
            case Expr.Not(var operand) -> shownBy(operand);
            case Expr.Or(var left, var right) -> union(shownByFalse(left), shownByFalse(right));
            case Expr.And _,
                    Expr.Literal _,
                    Expr.Key _,
                    Expr.BucketEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Is _,
                    Expr.Case _,
                    Expr.Share _ ->
                    Set.of();
        };
    }

    /** The expression itself and all operands whose emptiness would make it empty. */
    private static Set<Expr> strictParts(Expr expr) {
        var parts = new HashSet<Expr>();
        collectStrict(expr, parts);
        return parts;
    }

    private static void collectStrict(Expr expr, Set<Expr> parts) {
        parts.add(expr);
        boolean strict =
                switch (expr) {
                    case Expr.Arithmetic _, Expr.Negate _, Expr.Compare _, Expr.In _ -> true;
                    case Expr.Call(var function, var _, var _) -> function != Function.COALESCE;
                    case Expr.Literal _,
                            Expr.Field _,
                            Expr.Attribute _,
                            Expr.Key _,
                            Expr.LeafValue _,
                            Expr.BucketEdge _,
                            Expr.Is _,
                            Expr.And _,
                            Expr.Or _,
                            Expr.Not _,
                            Expr.Case _,
                            Expr.Share _ ->
                            false;
                };
        if (strict) {
            Exprs.operands(expr).forEach(operand -> collectStrict(operand, parts));
        }
    }

    private static boolean isNonZero(Expr expr) {
        return expr instanceof Expr.Literal(var value, var _)
                && value instanceof BigDecimal number
                && number.signum() != 0;
    }

    private static Set<Expr> union(Set<Expr> one, Set<Expr> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
