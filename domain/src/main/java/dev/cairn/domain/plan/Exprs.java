package dev.cairn.domain.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be said of any expression by looking at its parts. */
public final class Exprs {
    private Exprs() {}

    /** The direct operands, in order. */
    public static List<Expr> operands(Expr expr) {
        return switch (expr) {
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.LeafValue _,
                    Expr.BucketEdge _ ->
                    List.of();
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
        };
    }

    public static boolean any(Expr expr, Predicate<Expr> test) {
        return test.test(expr) || operands(expr).stream().anyMatch(operand -> any(operand, test));
    }

    /** Indexes of the leaves it reads. */
    public static Set<Integer> leavesIn(Expr expr) {
        var found = new HashSet<Integer>();
        collectLeaves(expr, found);
        return found;
    }

    private static void collectLeaves(Expr expr, Set<Integer> found) {
        if (expr instanceof Expr.LeafValue(int leaf, var _)) {
            found.add(leaf);
        }
        operands(expr).forEach(operand -> collectLeaves(operand, found));
    }

    /** Indexes of the leaves whose rows are the sample: of a share, the rows it is a part of. */
    static Set<Integer> samplesIn(Expr expr) {
        return switch (expr) {
            case Expr.Share(var _, var rows) -> Set.of(rows.leaf());
            case Expr.LeafValue(int leaf, var _) -> Set.of(leaf);
            default ->
                    operands(expr).stream()
                            .flatMap(operand -> samplesIn(operand).stream())
                            .collect(java.util.stream.Collectors.toSet());
        };
    }

    /** The value that an aggregation reads; true for those that count rows. */
    public static Expr valueOf(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Exists _ -> Expr.TRUE;
            case Aggregation.Distinct(var value) -> value;
            case Aggregation.Sum(var value) -> value;
            case Aggregation.Average(var value) -> value;
            case Aggregation.Minimum(var value) -> value;
            case Aggregation.Maximum(var value) -> value;
            case Aggregation.Percentile(var value, var _, var _) -> value;
        };
    }
}
