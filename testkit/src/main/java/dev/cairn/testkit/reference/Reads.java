package dev.cairn.testkit.reference;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Changes;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Touches;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which facts a leaf reads, itself or through the rows it is over. */
final class Reads {
    private Reads() {}

    /**
     * Facts, and what time of them.
     *
     * @param reach in the time of the innermost units
     * @param through units of time in which they are read, the outermost first
     * @param ofSubjects whether they are read in the windows of the rows that they are read for
     */
    record OfFacts(Relation.Facts facts, int reach, List<Through> through, boolean ofSubjects) {
        /** As a leaf of a bucket says it. */
        static OfFacts of(Read read) {
            return new OfFacts(
                    new Relation.Facts(read.source(), read.placing(), Block.EMPTY),
                    read.reach(),
                    List.of(),
                    read.ofSubjects());
        }

        OfFacts in(Through outer) {
            return new OfFacts(
                    facts,
                    reach,
                    Stream.concat(Stream.of(outer), through.stream()).toList(),
                    ofSubjects);
        }

        /** As it is read in one of the outermost units. */
        OfFacts ofUnit() {
            return new OfFacts(facts, reach, through.subList(1, through.size()), ofSubjects);
        }
    }

    /** @param reach of the units */
    record Through(Relation.Ticks ticks, int reach) {}

    /** @param grouped whether rows are of groups, which what keys read decides too */
    static Set<OfFacts> of(Leaf leaf, List<Scan> scans, boolean grouped) {
        if (isWhen(leaf)) {
            return Set.of();
        }
        var scan = scans.get(leaf.scan());
        var read = new LinkedHashSet<>(ofEachRow(leaf, scan, grouped));
        if (scan.relation() instanceof Relation.Facts facts) {
            read.add(new OfFacts(facts, scan.reach(), List.of(), scan.window() != null));
            read.addAll(ofDerived(facts, scan));
        }
        if (scan.relation() instanceof Relation.Members(_, var pairs, _) && pairs != null) {
            read.add(new OfFacts(pairs.facts(), scan.reach(), List.of(), false));
        }
        return read;
    }

    /** Whether it says on which day anything is read first, whatever is known. */
    private static boolean isWhen(Leaf leaf) {
        return leaf.reads().isEmpty() && leaf.aggregation() instanceof Aggregation.Minimum;
    }

    /** All that attempts are made of in the same time; what touches do not stand at in its own. */
    private static List<OfFacts> ofDerived(Relation.Facts facts, Scan scan) {
        return switch (facts.derived()) {
            case null -> List.of();
            case Attempts attempts ->
                    attempts.inputs().stream().map(input -> of(input, scan.reach(), scan)).toList();
            case Touches touches -> List.of(of(touches.there().rows(), touches.besides(), scan));
            case Changes changes ->
                    changes.gap() == null
                            ? List.of()
                            : List.of(of(changes.rows(), changes.besides(), scan));
        };
    }

    private static OfFacts of(Attempts.Input input, int reach, Scan scan) {
        return new OfFacts(
                new Relation.Facts(input.source(), input.placing(), Block.EMPTY),
                reach,
                List.of(),
                scan.window() != null);
    }

    /** Those that are read for each row, or for its account. */
    static Set<OfFacts> ofEachRow(Leaf leaf, Scan scan, boolean grouped) {
        if (isWhen(leaf)) {
            return Set.of();
        }
        var own = scan.relation().own();
        var read = new LinkedHashSet<OfFacts>();
        var keys =
                IntStream.range(0, scan.keys().size())
                        .filter(key -> grouped && !scan.dropped().contains(key))
                        .mapToObj(scan.keys()::get);
        boolean ofGroups = grouped || !scan.relation().areUnits();
        Stream.of(expressions(leaf), Stream.of(scan.where()), keys)
                .flatMap(exprs -> exprs)
                .flatMap(Reads::leavesIn)
                .forEach(inner -> addInner(own, inner.leaf(), ofGroups, read));
        if (scan.relation() instanceof Relation.Ticks ticks) {
            var through = new Through(ticks, scan.reach());
            return read.stream()
                    .map(inner -> inner.in(through))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        return read;
    }

    /** With what is read for the time that a window is relative to. */
    private static void addInner(Block own, int index, boolean grouped, Set<OfFacts> read) {
        var leaf = own.leaves().get(index);
        read.addAll(of(leaf, own.scans(), grouped));
        var window = own.scans().get(leaf.scan()).window();
        if (window != null) {
            window.edges().stream()
                    .flatMap(Reads::leavesIn)
                    .forEach(anchor -> addInner(own, anchor.leaf(), grouped, read));
        }
    }

    /** Every source that some leaf reads. */
    static Set<String> sources(AnalysisPlan plan) {
        return plan.leaves().stream()
                .flatMap(leaf -> of(leaf, plan.scans(), true).stream())
                .map(read -> read.facts().source())
                .collect(Collectors.toSet());
    }

    private static Stream<Expr> expressions(Leaf leaf) {
        return Stream.concat(Stream.of(leaf.where()), value(leaf.aggregation()));
    }

    private static Stream<Expr> value(Aggregation aggregation) {
        return switch (aggregation) {
            case Aggregation.Count _, Aggregation.Exists _, Aggregation.OfWindow _ -> Stream.of();
            case Aggregation.Distinct(var value, var account) -> Stream.of(value, account);
            case Aggregation.Sum(var value) -> Stream.of(value);
            case Aggregation.Average(var value) -> Stream.of(value);
            case Aggregation.Minimum(var value) -> Stream.of(value);
            case Aggregation.Maximum(var value) -> Stream.of(value);
            case Aggregation.Percentile(var value, _, _) -> Stream.of(value);
            case Aggregation.StandardDeviation(var value) -> Stream.of(value);
            case Aggregation.Weighted(var of, var weight) ->
                    Stream.concat(value(of), Stream.of(weight));
            case Aggregation.ClusteredError(var value, var weight, var cluster) ->
                    Stream.of(value, weight, cluster);
            case Aggregation.Survival(var value, var ended, _) -> Stream.of(value, ended);
            case Aggregation.LifeTable(var value, var ended) -> Stream.of(value, ended);
            case Aggregation.IntervalEnd(var of, _) -> value(of);
            case Aggregation.First(var value, var order) ->
                    Stream.concat(Stream.of(value), order.stream());
            case Aggregation.Last(var value, var order) ->
                    Stream.concat(Stream.of(value), order.stream());
        };
    }

    static Stream<Expr.LeafValue> leavesIn(Expr expr) {
        var leaves = new LinkedHashSet<Expr.LeafValue>();
        collect(expr, leaves, new HashSet<>());
        return leaves.stream();
    }

    private static void collect(Expr expr, Set<Expr.LeafValue> leaves, Set<Expr.Common> seen) {
        switch (expr) {
            case Expr.LeafValue leaf -> leaves.add(leaf);
            case Expr.Share(var matching, var rows) -> leaves.addAll(List.of(matching, rows));
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.TimeEdge _ -> {}
            case Expr.InPeriods(var date, _, _) -> collect(date, leaves, seen);
            case Expr.Common common when !seen.add(common) -> {}
            case Expr.Common common -> collect(common.value(), leaves, seen);
            case Expr.Arithmetic(_, var left, var right, _) ->
                    collect(List.of(left, right), leaves, seen);
            case Expr.Compare(_, var left, var right) ->
                    collect(List.of(left, right), leaves, seen);
            case Expr.Is(var left, var right) -> collect(List.of(left, right), leaves, seen);
            case Expr.And(var left, var right) -> collect(List.of(left, right), leaves, seen);
            case Expr.Or(var left, var right) -> collect(List.of(left, right), leaves, seen);
            case Expr.Negate(var operand) -> collect(operand, leaves, seen);
            case Expr.Rank(var ranked) -> collect(ranked, leaves, seen);
            case Expr.Not(var operand) -> collect(operand, leaves, seen);
            case Expr.In(var operand, _) -> collect(operand, leaves, seen);
            case Expr.Case(var arms, var otherwise, _) -> {
                arms.forEach(arm -> collect(List.of(arm.condition(), arm.result()), leaves, seen));
                collect(otherwise, leaves, seen);
            }
            case Expr.Call(_, var arguments, _) -> collect(arguments, leaves, seen);
            case Expr.Convert(var amount, _, var currency, _, _) ->
                    collect(List.of(amount, currency), leaves, seen);
        }
    }

    private static void collect(
            List<Expr> exprs, Set<Expr.LeafValue> leaves, Set<Expr.Common> seen) {
        exprs.forEach(expr -> collect(expr, leaves, seen));
    }
}
