package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** Whether an expression can be empty, given what conditions above it have shown not to be. */
public final class Emptiness {
    private final Set<Expr> known;
    private final IntPredicate leafMayBeEmpty;

    /** Whether common values can be empty, as far as that was looked at. */
    private final Map<Expr.Common, Boolean> decided = new HashMap<>();

    /**
     * @param known expressions that are not empty here
     * @param leafMayBeEmpty by index of the leaf
     */
    public Emptiness(Set<Expr> known, IntPredicate leafMayBeEmpty) {
        this.known = Set.copyOf(known);
        this.leafMayBeEmpty = leafMayBeEmpty;
    }

    /** @param more not empty either; no one else has the set */
    private Emptiness(Emptiness above, Set<Expr> more) {
        more.addAll(above.known);
        this.known = Collections.unmodifiableSet(more);
        this.leafMayBeEmpty = above.leafMayBeEmpty;
    }

    /** Expressions that are not empty here. */
    public Set<Expr> known() {
        return known;
    }

    public boolean mayBeEmpty(Expr expr) {
        if (known.contains(expr)) {
            return false;
        }
        return switch (expr) {
            case Expr.Literal(var value, var _) -> value == null;
            case Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    true;
            case Expr.InPeriods(var date, var periods, _) ->
                    !periods.areEndless() || mayBeEmpty(date);
            case Expr.LeafValue(int leaf, var _) -> leafMayBeEmpty.test(leaf);
            case Expr.TimeEdge _, Expr.Is _ -> false;
            case Expr.Arithmetic(var operator, var left, var right, var _) ->
                    (operator == Operator.DIVIDE && !isNonZero(right))
                            || mayBeEmpty(left)
                            || mayBeEmpty(right);
            // Without a rate it is not empty, but what is made of it has no value.
            case Expr.Convert(var amount, _, _, _, _) -> mayBeEmpty(amount);
            case Expr.Case whole -> mayBeEmpty(whole);
            case Expr.Call call -> mayBeEmpty(call);
            case Expr.Common common -> mayBeEmpty(common);
            case Expr.And _ -> chainMayBeEmpty(Exprs.conjuncts(expr), true);
            case Expr.Or _ -> chainMayBeEmpty(disjuncts(expr), false);
            case Expr.Negate _, Expr.Compare _, Expr.Not _, Expr.In _ ->
                    Exprs.operands(expr).stream().anyMatch(this::mayBeEmpty);
        };
    }

    /**
     * Of an operand that is never empty one outcome decides alone ({@code false and x} is false whatever x is), so that the others matter where it
     * has the other outcome only. Each operand is looked at once: chains may be long and deep.
     */
    private boolean chainMayBeEmpty(List<Expr> operands, boolean conjunction) {
        var reached = this;
        for (var operand : operands) {
            if (isNeverEmptyByItself(operand)) {
                reached = reached.where(operand, conjunction);
            }
        }
        for (var operand : operands) {
            if (reached.mayBeEmpty(operand)) {
                return true;
            }
            reached = reached.where(operand, conjunction);
        }
        return false;
    }

    /** Whether it is true or false whatever its operands are. */
    public static boolean isNeverEmptyByItself(Expr expr) {
        return expr instanceof Expr.Is
                || (expr instanceof Expr.Not(var operand) && isNeverEmptyByItself(operand));
    }

    /** Of which one must hold for a condition to hold, in order. */
    public static List<Expr> disjuncts(Expr expr) {
        return expr instanceof Expr.Or(var left, var right)
                ? Stream.of(disjuncts(left), disjuncts(right)).flatMap(List::stream).toList()
                : List.of(expr);
    }

    /** The same, where a condition is true, or where it is false. */
    public Emptiness where(Expr condition, boolean isTrue) {
        return with(new Shown(new HashMap<>()).by(condition, isTrue));
    }

    /** An arm is reached where its condition is true and those before are not, which is to say false where they are never empty. */
    private boolean mayBeEmpty(Expr.Case whole) {
        var reached = this;
        for (var arm : whole.arms()) {
            if (reached.given(arm.condition()).mayBeEmpty(arm.result())) {
                return true;
            }
            if (reached.isShown(arm.condition())) {
                return false;
            }
            if (!reached.mayBeEmpty(arm.condition())) {
                reached = reached.where(arm.condition(), false);
            }
        }
        return reached.mayBeEmpty(whole.otherwise());
    }

    /** Whether it asks that something is not empty which cannot be empty here. */
    private boolean isShown(Expr condition) {
        return condition instanceof Expr.Not(Expr.Is(var operand, Expr.Literal(var value, var _)))
                && value == null
                && !mayBeEmpty(operand);
    }

    private boolean mayBeEmpty(Expr.Common common) {
        var before = decided.get(common);
        if (before != null) {
            return before;
        }
        boolean mayBeEmpty = mayBeEmpty(common.value());
        decided.put(common, mayBeEmpty);
        return mayBeEmpty;
    }

    private boolean mayBeEmpty(Expr.Call call) {
        return call.function() == Function.COALESCE
                ? call.arguments().stream().allMatch(this::mayBeEmpty)
                : call.function().mayFail() || call.arguments().stream().anyMatch(this::mayBeEmpty);
    }

    /** The same, where a condition is true. */
    public Emptiness given(Expr condition) {
        return where(condition, true);
    }

    private Emptiness with(Set<Expr> shown) {
        return known.containsAll(shown) ? this : new Emptiness(this, new HashSet<>(shown));
    }

    /** What cannot be empty where a condition is true, or where it is false: a condition that is either is not empty. */
    private record Shown(Map<Outcome, Set<Expr>> byCommon) {
        private record Outcome(Expr.Common condition, boolean isTrue) {}

        Set<Expr> by(Expr condition, boolean isTrue) {
            return switch (condition) {
                case Expr.And(var left, var right) -> byBoth(left, right, isTrue, isTrue);
                case Expr.Or(var left, var right) -> byBoth(left, right, isTrue, !isTrue);
                case Expr.Not(var operand) -> by(operand, !isTrue);
                case Expr.Is(var left, var right) ->
                        union(byIs(left, right, isTrue), byIs(right, left, isTrue));
                case Expr.Common common -> byCommon(new Outcome(common, isTrue));
                case Expr.Compare _,
                        Expr.In _,
                        Expr.Field _,
                        Expr.Linked _,
                        Expr.Attribute _,
                        Expr.LeafValue _,
                        Expr.Call _ ->
                        strictParts(condition);
                case Expr.Literal _,
                        Expr.Key _,
                        Expr.Start _,
                        Expr.InPeriods _,
                        Expr.TimeEdge _,
                        Expr.Arithmetic _,
                        Expr.Negate _,
                        Expr.Convert _,
                        Expr.Case _,
                        Expr.Share _,
                        Expr.Rank _ ->
                        Set.of();
            };
        }

        private Set<Expr> byCommon(Outcome outcome) {
            var before = byCommon.get(outcome);
            if (before != null) {
                return before;
            }
            var shown =
                    union(
                            by(outcome.condition().value(), outcome.isTrue()),
                            Set.of(outcome.condition()));
            byCommon.put(outcome, shown);
            return shown;
        }

        /** @param both whether both operands are as said, or one of them */
        private Set<Expr> byBoth(Expr left, Expr right, boolean isTrue, boolean both) {
            var one = by(left, isTrue);
            var other = by(right, isTrue);
            return both ? union(one, other) : common(one, other);
        }

        /** What is a value is not empty, nor is what differs from none. */
        private static Set<Expr> byIs(Expr known, Expr other, boolean isTrue) {
            return known instanceof Expr.Literal(var value, var _) && (value != null) == isTrue
                    ? strictParts(other)
                    : Set.of();
        }
    }

    /** The expression itself and all operands whose emptiness would make it empty. */
    private static Set<Expr> strictParts(Expr expr) {
        var parts = new HashSet<Expr>();
        collectStrict(expr, parts);
        return parts;
    }

    private static void collectStrict(Expr expr, Set<Expr> parts) {
        if (!parts.add(expr)) {
            return;
        }
        if (expr instanceof Expr.Convert(var amount, _, _, _, _)) {
            collectStrict(amount, parts);
            return;
        }
        boolean strict =
                switch (expr) {
                    case Expr.Arithmetic _,
                            Expr.Negate _,
                            Expr.Compare _,
                            Expr.In _,
                            Expr.Linked _,
                            Expr.InPeriods _,
                            Expr.Common _ ->
                            true;
                    case Expr.Call(var function, var _, var _) -> function != Function.COALESCE;
                    case Expr.Literal _,
                            Expr.Field _,
                            Expr.Attribute _,
                            Expr.Key _,
                            Expr.Start _,
                            Expr.LeafValue _,
                            Expr.TimeEdge _,
                            Expr.Is _,
                            Expr.And _,
                            Expr.Or _,
                            Expr.Not _,
                            Expr.Convert _,
                            Expr.Case _,
                            Expr.Share _,
                            Expr.Rank _ ->
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

    private static Set<Expr> common(Set<Expr> one, Set<Expr> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static Set<Expr> union(Set<Expr> one, Set<Expr> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
