package dev.cairn.testkit.fault;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans as one would read them who takes a total for something else. */
final class BrokenTotals {
    private BrokenTotals() {}

    /** Leaves that no column reads say which groups there are. */
    static AnalysisPlan rowsOfTotalsMakeNoGroup(AnalysisPlan plan) {
        var read =
                plan.outputs().stream()
                        .flatMap(output -> Exprs.leavesIn(output.value()).stream())
                        .collect(Collectors.toSet());
        return new Parts(plan)
                .leaves(
                        IntStream.range(0, plan.leaves().size())
                                .mapToObj(at ->
                                        read.contains(at)
                                                ? plan.leaves().get(at)
                                                : plan.leaves().get(at).with(Expr.FALSE))
                                .toList())
                .plan();
    }

    static AnalysisPlan keysThatAreComputedNeverStay(AnalysisPlan plan) {
        return withScans(plan, plan.scans().stream().map(BrokenTotals::withoutComputed).toList());
    }

    private static Scan withoutComputed(Scan scan) {
        if (scan.dropped().isEmpty()) {
            return scan;
        }
        var dropped = new HashSet<>(scan.dropped());
        for (int key = 0; key < scan.keys().size(); key++) {
            if (!Exprs.leavesIn(scan.keys().get(key)).isEmpty()) {
                dropped.add(key);
            }
        }
        return new Scan(scan.relation(), scan.reach(), scan.where(), scan.keys(), dropped);
    }

    static AnalysisPlan totalInAKeyIsOfTheAccount(AnalysisPlan plan) {
        return withScans(plan, plan.scans().stream().map(BrokenTotals::ofTheAccount).toList());
    }

    private static Scan ofTheAccount(Scan scan) {
        var read =
                scan.keys().stream()
                        .flatMap(key -> Exprs.leavesIn(key).stream())
                        .collect(Collectors.toSet());
        var own = scan.relation().own();
        var ofKeys =
                IntStream.range(0, own.leaves().size())
                        .filter(read::contains)
                        .mapToObj(leaf -> own.leaves().get(leaf).scan())
                        .collect(Collectors.toSet());
        var scans =
                IntStream.range(0, own.scans().size())
                        .mapToObj(at ->
                                ofKeys.contains(at)
                                        ? owned(own.scans().get(at))
                                        : own.scans().get(at))
                        .toList();
        var relation =
                switch (scan.relation()) {
                    case Relation.Facts(var source, var placing, _, _) ->
                            new Relation.Facts(source, placing, new Block(scans, own.leaves()));
                    case Relation.Members(var entity, var pairs, _) ->
                            new Relation.Members(entity, pairs, new Block(scans, own.leaves()));
                    case Relation.Ticks ticks -> ticks;
                };
        return scan.with(relation, scan.reach(), scan.where());
    }

    private static Scan owned(Scan inner) {
        return inner.isOfAll()
                ? new Scan(
                        inner.relation(),
                        inner.reach(),
                        inner.where(),
                        List.of(new Expr.Key(EntityRef.ACCOUNT)))
                : inner;
    }

    private static AnalysisPlan withScans(AnalysisPlan plan, List<Scan> scans) {
        return new Parts(plan).scans(scans).plan();
    }
}
