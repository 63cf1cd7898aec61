package dev.cairn.testkit.reference;

import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Expr;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which facts a leaf reads, itself or through the members it is over. */
final class Reads {
    private Reads() {}

    static Set<Relation.Facts> of(Leaf leaf, List<Scan> scans) {
        var scan = scans.get(leaf.scan());
        return switch (scan.relation()) {
            case Relation.Facts facts -> Set.of(facts);
            case Relation.Members members -> {
                var read = new LinkedHashSet<Relation.Facts>();
                Stream.concat(expressions(leaf), Stream.of(scan.where()))
                        .flatMap(Reads::leavesIn)
                        .forEach(inner ->
                                read.addAll(
                                        of(members.leaves().get(inner.leaf()), members.scans())));
                yield read;
            }
        };
    }

    /** Every source that some leaf reads. */
    static Set<String> sources(AnalysisPlan plan) {
        return plan.leaves().stream()
                .flatMap(leaf -> of(leaf, plan.scans()).stream())
                .map(Relation.Facts::source)
                .collect(Collectors.toSet());
    }

    private static Stream<Expr> expressions(Leaf leaf) {
        return Stream.concat(Stream.of(leaf.where()), value(leaf.aggregation()));
    }

    private static Stream<Expr> value(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Exists _ -> Stream.of();
            case Aggregation.Distinct(var value, var account) -> Stream.of(value, account);
            case Aggregation.Sum(var value) -> Stream.of(value);
            case Aggregation.Average(var value) -> Stream.of(value);
            case Aggregation.Minimum(var value) -> Stream.of(value);
            case Aggregation.Maximum(var value) -> Stream.of(value);
            case Aggregation.Percentile(var value, _, _) -> Stream.of(value);
        };
    }

    private static Stream<Expr.LeafValue> leavesIn(Expr expr) {
        return switch (expr) {
            case Expr.LeafValue leaf -> Stream.of(leaf);
            case Expr.Share(var matching, var rows) -> Stream.of(matching, rows);
            case Expr.Literal _, Expr.Field _, Expr.Attribute _, Expr.Key _, Expr.BucketEdge _ ->
                    Stream.of();
            case Expr.Arithmetic(_, var left, var right, _) -> leavesIn(left, right);
            case Expr.Compare(_, var left, var right) -> leavesIn(left, right);
            case Expr.Is(var left, var right) -> leavesIn(left, right);
            case Expr.And(var left, var right) -> leavesIn(left, right);
            case Expr.Or(var left, var right) -> leavesIn(left, right);
            case Expr.Negate(var operand) -> leavesIn(operand);
            case Expr.Not(var operand) -> leavesIn(operand);
            case Expr.In(var operand, _) -> leavesIn(operand);
            case Expr.Case(var arms, var otherwise, _) ->
                    Stream.concat(
                            arms.stream().flatMap(arm -> leavesIn(arm.condition(), arm.result())),
                            leavesIn(otherwise));
            case Expr.Call(_, var arguments, _) -> arguments.stream().flatMap(Reads::leavesIn);
        };
    }

    private static Stream<Expr.LeafValue> leavesIn(Expr left, Expr right) {
        return Stream.concat(leavesIn(left), leavesIn(right));
    }
}
