package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Emptiness;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.lowering.Membership;
import dev.cairn.domain.plan.PlanWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Rewrites conditions to two-valued logic: a comparison with an empty operand is false, and its negation true. What tests emptiness itself ({@code is},
 * {@code coalesce}) stays as it is.
 *
 * @param emptiness what can be empty
 * @param answers for common values, each found once from what is known in every place; that finds all negations, and perhaps more
 */
record TwoValued(Emptiness emptiness, CommonAnswers answers) {
    private static final int MOST_VALUES = 5;

    /** @param aggregates the text of a value over the rows of a member */
    public TwoValued(Emptiness emptiness, PlanWords.Wording aggregates) {
        this(
                emptiness,
                new CommonAnswers(
                        emptiness,
                        aggregates,
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>()));
    }

    private TwoValued where(Emptiness reached) {
        return new TwoValued(reached, answers);
    }

    /** What was found out about common values. */
    private record CommonAnswers(
            Emptiness everywhere,
            PlanWords.Wording aggregates,
            Map<Expr.Common, Expr> conditions,
            Map<Expr.Common, Expr> values,
            Map<Expr.Common, Set<Negation>> holding,
            Map<Expr.Common, Set<Negation>> failing,
            Map<Expr.Common, Set<Negation>> inArms) {
        <T> T of(
                Expr.Common common,
                Map<Expr.Common, T> known,
                BiFunction<TwoValued, Expr, T> find) {
            var before = known.get(common);
            if (before != null) {
                return before;
            }
            var found = find.apply(new TwoValued(everywhere, this), common.value());
            known.put(common, found);
            return found;
        }
    }

    /**
     * A negation that may be empty.
     *
     * @param names what has no value there
     * @param rewrite a condition that holds there
     */
    record Negation(List<String> names, String rewrite) {
        Negation {
            names = List.copyOf(names);
        }
    }

    /** Never empty; true also where a negation is empty. */
    Expr condition(Expr expr) {
        return switch (expr) {
            case Expr.And(var left, var right) -> new Expr.And(condition(left), condition(right));
            case Expr.Or(var left, var right) -> new Expr.Or(condition(left), condition(right));
            case Expr.Not(var operand) -> new Expr.Not(condition(operand));
            case Expr.Compare(var comparator, var left, var right)
                    when comparator == Comparator.NOT_EQUAL && emptiness.mayBeEmpty(expr) ->
                    new Expr.Not(new Expr.Is(side(left), side(right)));
            case Expr.Compare(var comparator, var left, var right) ->
                    orFalse(new Expr.Compare(comparator, side(left), side(right)));
            case Expr.Common common ->
                    answers.of(
                            common,
                            answers.conditions(),
                            (here, value) -> new Expr.Common(here.condition(value)));
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Is _,
                    Expr.In _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    orFalse(value(expr));
        };
    }

    private Expr orFalse(Expr condition) {
        return emptiness.mayBeEmpty(condition) ? Exprs.orFalse(condition) : condition;
    }

    /** A condition that is compared with another is one too. */
    private Expr side(Expr expr) {
        return isLogic(expr) ? condition(expr) : value(expr);
    }

    private static boolean isLogic(Expr expr) {
        return switch (expr) {
            case Expr.And _, Expr.Or _, Expr.Not _, Expr.Compare _, Expr.In _ -> true;
            case Expr.Common common -> isLogic(common.value());
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Is _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    false;
        };
    }

    /** A value, whose arms are taken as two-valued logic takes them. */
    Expr value(Expr expr) {
        return switch (expr) {
            case Expr.Case(var arms, var otherwise, var type) ->
                    new Expr.Case(
                            arms.stream()
                                    .map(arm ->
                                            new Expr.Arm(
                                                    condition(arm.condition()),
                                                    value(arm.result())))
                                    .toList(),
                            value(otherwise),
                            type);
            case Expr.Common common ->
                    answers.of(
                            common,
                            answers.values(),
                            (here, value) -> new Expr.Common(here.value(value)));
            default -> Exprs.withOperands(expr, this::value);
        };
    }

    /** Negations in a condition that may be empty where the condition is not decided without them. */
    Set<Negation> negationsIn(Expr condition) {
        return negations(condition, true);
    }

    /** The same, of the arms of a value. */
    Set<Negation> negationsInArms(Expr value) {
        if (value instanceof Expr.Common common) {
            return answers.of(common, answers.inArms(), TwoValued::negationsInArms);
        }
        var found = new LinkedHashSet<Negation>();
        if (!(value instanceof Expr.Case(var arms, var otherwise, var _))) {
            Exprs.operands(value).forEach(operand -> found.addAll(negationsInArms(operand)));
            return found;
        }
        var reached = emptiness;
        for (var arm : arms) {
            var here = where(reached);
            found.addAll(here.negationsIn(arm.condition()));
            found.addAll(where(reached.given(arm.condition())).negationsInArms(arm.result()));
            if (!reached.mayBeEmpty(arm.condition())) {
                reached = reached.where(arm.condition(), false);
            }
        }
        found.addAll(where(reached).negationsInArms(otherwise));
        return found;
    }

    /** @param holds whether the condition is looked at where it is to hold, or where it is not to */
    private Set<Negation> negations(Expr expr, boolean holds) {
        return switch (expr) {
            case Expr.And _ -> ofChain(Exprs.conjuncts(expr), holds, holds);
            case Expr.Or _ -> ofChain(Emptiness.disjuncts(expr), holds, !holds);
            case Expr.Not(var operand) -> negations(operand, !holds);
            case Expr.Common common ->
                    answers.of(
                            common,
                            holds ? answers.holding() : answers.failing(),
                            (here, value) -> here.negations(value, holds));
            case Expr.Compare(var comparator, var left, var right) -> {
                var found = new LinkedHashSet<Negation>();
                for (var side : List.of(left, right)) {
                    if (isLogic(side)) {
                        found.addAll(negations(side, true));
                        found.addAll(negations(side, false));
                    }
                }
                boolean isUnequal = comparator == Comparator.NOT_EQUAL;
                if (holds == isUnequal || (isUnequal && mayBothBeEmpty(left, right))) {
                    found.addAll(ofOne(expr, holds));
                }
                found.addAll(negationsInArms(expr));
                yield found;
            }
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.InPeriods _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Arithmetic _,
                    Expr.Negate _,
                    Expr.Is _,
                    Expr.In _,
                    Expr.Case _,
                    Expr.Call _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _ -> {
                var found = new LinkedHashSet<>(holds ? Set.of() : ofOne(expr, false));
                // A rule that is empty leaves an account outside: that is decided.
                if (holds || !Membership.isOne(expr)) {
                    found.addAll(negationsInArms(expr));
                }
                yield found;
            }
        };
    }

    /**
     * Of several operands, those that no negation leaves undecided say where the others are looked at at all: {@code x is not none and x != 1} is never
     * undecided, nor is {@code x is none or x != 1}.
     *
     * @param all whether all must be as they are looked at, or one of them
     */
    private Set<Negation> ofChain(List<Expr> operands, boolean holds, boolean all) {
        var reached = emptiness;
        var open = new ArrayList<Expr>();
        for (var operand : operands) {
            // Never empty is what asks for emptiness itself, but a negation may decide what it asks
            // it of.
            boolean certain =
                    Emptiness.isNeverEmptyByItself(operand) && negationsInArms(operand).isEmpty();
            boolean decided = certain || (holds && !hasNegation(operand));
            if (decided && (all || certain || !emptiness.mayBeEmpty(operand))) {
                reached = reached.where(operand, all == holds);
            }
            if (!decided) {
                open.add(operand);
            }
        }
        var found = new LinkedHashSet<Negation>();
        var here = where(reached);
        open.forEach(operand -> found.addAll(here.negations(operand, holds)));
        return found;
    }

    private static boolean hasNegation(Expr condition) {
        return Exprs.any(
                condition,
                part ->
                        part instanceof Expr.Case
                                || part instanceof Expr.Not
                                || (part
                                                instanceof
                                                Expr.Compare(var comparator, var left, var right)
                                        && (comparator == Comparator.NOT_EQUAL
                                                || isLogic(left)
                                                || isLogic(right))));
    }

    /** Where neither has a value they are not unequal. */
    private boolean mayBothBeEmpty(Expr left, Expr right) {
        return emptiness.mayBeEmpty(left) && emptiness.mayBeEmpty(right);
    }

    private Set<Negation> ofOne(Expr expr, boolean holds) {
        if (!emptiness.mayBeEmpty(expr)) {
            return Set.of();
        }
        if (Membership.isOne(expr)) {
            return Set.of(new Negation(List.of("account"), "... or account is none"));
        }
        var names = new LinkedHashSet<String>();
        collectNames(expr, names, new HashSet<>());
        String rewrite;
        if (holds && expr instanceof Expr.Compare(var _, var left, var right)) {
            rewrite = "%s is not %s".formatted(text(left), text(right));
        } else if (expr instanceof Expr.Compare(var comparator, var left, var right)
                && comparator == Comparator.NOT_EQUAL) {
            rewrite = "%s is %s".formatted(text(left), text(right));
        } else {
            rewrite = "not coalesce(%s, false)".formatted(textOfCondition(expr));
        }
        return Set.of(new Negation(new ArrayList<>(names), rewrite));
    }

    private void collectNames(Expr expr, Set<String> names, Set<Expr> seen) {
        switch (expr) {
            case Expr.Common common when !seen.add(common) -> {}
            case Expr.Field _, Expr.Linked _, Expr.Attribute _, Expr.Key _ -> {
                if (emptiness.mayBeEmpty(expr)) {
                    names.add(PlanWords.text(expr));
                }
            }
            case Expr.LeafValue _, Expr.Share _ -> {
                if (emptiness.mayBeEmpty(expr)) {
                    names.add(text(expr));
                }
            }
            default -> Exprs.operands(expr).forEach(operand -> collectNames(operand, names, seen));
        }
    }

    private String textOfCondition(Expr expr) {
        return switch (expr) {
            case Expr.Compare(var comparator, var left, var right) ->
                    "%s %s %s".formatted(text(left), comparator.symbol(), text(right));
            case Expr.In(var operand, var values) ->
                    "%s in (%s)"
                            .formatted(
                                    text(operand),
                                    values.stream()
                                                    .limit(MOST_VALUES)
                                                    .map(this::text)
                                                    .collect(Collectors.joining(", "))
                                            + (values.size() > MOST_VALUES ? ", ..." : ""));
            default -> text(expr);
        };
    }

    private String text(Expr expr) {
        return expr instanceof Expr.Literal(var value, var _)
                        && (value instanceof LocalDate || value instanceof Instant)
                ? "@" + value
                : PlanWords.text(expr, answers.aggregates());
    }
}
