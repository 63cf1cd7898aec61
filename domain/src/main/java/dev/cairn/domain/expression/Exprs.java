package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Function;
import dev.cairn.domain.model.EntityRef;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be said of any expression by looking at its parts. */
public final class Exprs {
    private Exprs() {}

    /** The direct operands, in order. */
    public static List<Expr> operands(Expr expr) {
        return switch (expr) {
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _ ->
                    List.of();
            case Expr.InPeriods(var date, _, _) -> List.of(date);
            case Expr.Linked(var hops, var end) ->
                    Stream.concat(
                                    hops.getFirst().from().stream(),
                                    end instanceof Expr.Attribute(_, _, _, var asOf)
                                            ? dayOf(asOf).stream()
                                            : Stream.of())
                            .toList();
            case Expr.Attribute(_, _, _, var asOf) -> dayOf(asOf);
            case Expr.Convert(var amount, _, var currency, var asOf, _) ->
                    Stream.concat(Stream.of(amount, currency), dayOf(asOf).stream()).toList();
            case Expr.Arithmetic(var _, var left, var right, var _) -> List.of(left, right);
            case Expr.Negate(var operand) -> List.of(operand);
            case Expr.Compare(var _, var left, var right) -> List.of(left, right);
            case Expr.Is(var left, var right) -> List.of(left, right);
            case Expr.And(var left, var right) -> List.of(left, right);
            case Expr.Or(var left, var right) -> List.of(left, right);
            case Expr.Not(var operand) -> List.of(operand);
            case Expr.In(var operand, var _) -> List.of(operand);
            case Expr.Case(var arms, var otherwise, var _) ->
                    Stream.concat(
                                    arms.stream()
                                            .flatMap(arm ->
                                                    Stream.of(arm.condition(), arm.result())),
                                    Stream.of(otherwise))
                            .toList();
            case Expr.Call(var _, var arguments, var _) -> arguments;
            case Expr.Share(var matching, var rows) -> List.of(matching, rows);
            case Expr.Rank(var value) -> List.of(value);
            case Expr.Common common -> List.of(common.value());
        };
    }

    /** What says as of when an attribute or a rate is read. */
    private static List<Expr> dayOf(@Nullable AsOf asOf) {
        return switch (asOf) {
            case AsOf.Fact(var day, _) -> List.of(day);
            case AsOf.Edge(var edge, _) -> List.of(edge);
            case AsOf.Day _, AsOf.Now _ -> List.of();
            case null -> List.of();
        };
    }

    /** The expression with each operand replaced. A caller that walks a whole expression must visit a common value once. */
    public static Expr withOperands(Expr expr, UnaryOperator<Expr> other) {
        return switch (expr) {
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Share _ ->
                    expr;
            case Expr.Linked linked ->
                    linked.from(from -> from instanceof Expr.Field ? from : other.apply(from))
                            .to(withOperands(linked.end(), other));
            case Expr.InPeriods(var date, var periods, var part) ->
                    new Expr.InPeriods(other.apply(date), periods, part);
            case Expr.Attribute(var entity, var name, var type, AsOf.Fact(var day, var said)) ->
                    new Expr.Attribute(entity, name, type, new AsOf.Fact(other.apply(day), said));
            case Expr.Attribute _ -> expr;
            case Expr.Convert(var amount, var rates, var currency, var asOf, var type) ->
                    new Expr.Convert(
                            other.apply(amount),
                            rates,
                            other.apply(currency),
                            asOf instanceof AsOf.Fact(var day, var said)
                                    ? new AsOf.Fact(other.apply(day), said)
                                    : asOf,
                            type);
            case Expr.Arithmetic(var operator, var left, var right, var type) ->
                    new Expr.Arithmetic(operator, other.apply(left), other.apply(right), type);
            case Expr.Negate(var operand) -> new Expr.Negate(other.apply(operand));
            case Expr.Compare(var comparator, var left, var right) ->
                    new Expr.Compare(comparator, other.apply(left), other.apply(right));
            case Expr.Is(var left, var right) -> new Expr.Is(other.apply(left), other.apply(right));
            case Expr.And(var left, var right) ->
                    new Expr.And(other.apply(left), other.apply(right));
            case Expr.Or(var left, var right) -> new Expr.Or(other.apply(left), other.apply(right));
            case Expr.Not(var operand) -> new Expr.Not(other.apply(operand));
            case Expr.In(var operand, var values) -> new Expr.In(other.apply(operand), values);
            case Expr.Case(var arms, var otherwise, var type) ->
                    new Expr.Case(
                            arms.stream()
                                    .map(arm ->
                                            new Expr.Arm(
                                                    other.apply(arm.condition()),
                                                    other.apply(arm.result())))
                                    .toList(),
                            other.apply(otherwise),
                            type);
            case Expr.Call(var function, var arguments, var type) ->
                    new Expr.Call(function, arguments.stream().map(other).toList(), type);
            case Expr.Rank(var value) -> new Expr.Rank(other.apply(value));
            case Expr.Common common -> new Expr.Common(other.apply(common.value()));
        };
    }

    /** The attribute that a part is: of the account or user at hand, or of the member that links lead to. */
    public static Optional<Expr.Attribute> attribute(Expr part) {
        return part instanceof Expr.Attribute own
                ? Optional.of(own)
                : part instanceof Expr.Linked(_, Expr.Attribute linked)
                        ? Optional.of(linked)
                        : Optional.empty();
    }

    /** Two conditions as one; broken where one is. */
    public static Expr both(Expr left, Expr right, BiFunction<Expr, Expr, Expr> make) {
        return left.type().isBroken() || right.type().isBroken()
                ? Expr.BROKEN
                : make.apply(left, right);
    }

    public static Expr not(Expr operand) {
        return operand.type().isBroken() ? operand : new Expr.Not(operand);
    }

    /** What must hold for a condition to hold, in order. */
    public static List<Expr> conjuncts(Expr condition) {
        return condition instanceof Expr.And(var left, var right)
                ? Stream.of(conjuncts(left), conjuncts(right)).flatMap(List::stream).toList()
                : List.of(condition);
    }

    public static boolean any(Expr expr, Predicate<Expr> test) {
        return any(expr, test, identitySet());
    }

    private static boolean any(Expr expr, Predicate<Expr> test, Set<Expr> seen) {
        if (!isNew(expr, seen)) {
            return false;
        }
        if (test.test(expr)) {
            return true;
        }
        // No stream: a plan asks this of each of its expressions many times.
        for (var operand : operands(expr)) {
            if (any(operand, test, seen)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is read through the account of a row: rows of no account are a group of their own by it, where it is empty. */
    public static boolean isOfAccount(Expr expr) {
        return any(
                expr,
                part ->
                        part.equals(new Expr.Key(EntityRef.ACCOUNT))
                                || (part instanceof Expr.Start(var member, _) && member.isAccount())
                                || (part instanceof Expr.Attribute(var of, _, _, _)
                                        && of.isAccount()));
    }

    /** Names of the fields of the row that it reads. */
    public static Set<String> fieldsIn(Expr expr) {
        var found = new HashSet<String>();
        any(
                expr,
                part -> {
                    if (part instanceof Expr.Field field) {
                        found.add(field.name());
                    }
                    return false;
                });
        return found;
    }

    /** Whether it must be visited: a common value is visited once. */
    private static boolean isNew(Expr expr, Set<Expr> seen) {
        return !(expr instanceof Expr.Common) || seen.add(expr);
    }

    private static <T> Set<T> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The common values that expressions read, dependencies first. */
    public static List<Expr.Common> commonIn(Collection<? extends Expr> exprs) {
        return List.copyOf(readings(exprs).keySet());
    }

    /** Those of them that are read in several places. */
    public static List<Expr.Common> repeatedIn(Collection<? extends Expr> exprs) {
        return readings(exprs).entrySet().stream()
                .filter(reading -> reading.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many places each common value is read in. */
    private static Map<Expr.Common, Integer> readings(Collection<? extends Expr> exprs) {
        var places = new LinkedHashMap<Expr.Common, Integer>();
        exprs.forEach(expr -> countReadings(expr, places));
        return places;
    }

    private static void countReadings(Expr expr, Map<Expr.Common, Integer> places) {
        boolean known = expr instanceof Expr.Common && places.containsKey(expr);
        if (!known) {
            operands(expr).forEach(operand -> countReadings(operand, places));
        }
        if (expr instanceof Expr.Common common) {
            places.merge(common, 1, Integer::sum);
        }
    }

    /** Whether the row belongs to an account or user at all. */
    public static Expr isKnown(EntityRef entity) {
        return isNotNone(new Expr.Key(entity));
    }

    public static Expr isNotNone(Expr operand) {
        return new Expr.Not(new Expr.Is(operand, Expr.NONE));
    }

    /** A condition that is false where it is empty. */
    public static Expr orFalse(Expr condition) {
        return new Expr.Call(Function.COALESCE, List.of(condition, Expr.FALSE), Type.BOOLEAN);
    }

    /** Whether it is made of literals alone, and so of every level. */
    public static boolean isConstant(@Nullable Expr expr) {
        return expr != null
                && switch (expr) {
                    case Expr.Field _,
                            Expr.Linked _,
                            Expr.Attribute _,
                            Expr.Key _,
                            Expr.Start _,
                            Expr.LeafValue _,
                            Expr.TimeEdge _,
                            Expr.Convert _,
                            Expr.Share _,
                            Expr.Rank _ ->
                            false;
                    case Expr.Literal _ -> true;
                    case Expr.Common common -> common.isConstant();
                    case Expr.Arithmetic _,
                            Expr.Negate _,
                            Expr.Compare _,
                            Expr.Is _,
                            Expr.And _,
                            Expr.Or _,
                            Expr.Not _,
                            Expr.In _,
                            Expr.Case _,
                            Expr.InPeriods _,
                            Expr.Call _ ->
                            operands(expr).stream().allMatch(Exprs::isConstant);
                };
    }

    /** Whether it converts an amount. */
    public static boolean readsRates(Expr expr) {
        return any(expr, Expr.Convert.class::isInstance);
    }

    /** Indexes of the leaves it reads. */
    public static Set<Integer> leavesIn(Expr expr) {
        var found = new HashSet<Integer>();
        collectLeaves(expr, found, identitySet());
        return found;
    }

    private static void collectLeaves(Expr expr, Set<Integer> found, Set<Expr> seen) {
        if (expr instanceof Expr.LeafValue(int leaf, var _)) {
            found.add(leaf);
        }
        if (isNew(expr, seen)) {
            operands(expr).forEach(operand -> collectLeaves(operand, found, seen));
        }
    }

    /** Indexes of the leaves whose rows are the sample: of a share, the rows it is a part of. */
    public static Set<Integer> samplesIn(Expr expr) {
        var found = new HashSet<Integer>();
        collectSamples(expr, found, identitySet());
        return found;
    }

    private static void collectSamples(Expr expr, Set<Integer> found, Set<Expr> seen) {
        if (expr instanceof Expr.Share(var _, var rows)) {
            found.add(rows.leaf());
        } else if (expr instanceof Expr.LeafValue(int leaf, var _)) {
            found.add(leaf);
        } else if (expr instanceof Expr.Call(var function, var arguments, _)
                && function == Function.IF_ENOUGH) {
            collectSamples(arguments.getFirst(), found, seen);
        } else if (isNew(expr, seen)) {
            operands(expr).forEach(operand -> collectSamples(operand, found, seen));
        }
    }
}
