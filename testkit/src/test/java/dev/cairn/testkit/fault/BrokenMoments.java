package dev.cairn.testkit.fault;

import dev.cairn.domain.expression.AsOf;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.TimeEdge;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Placing;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.plan.Timeline;
import dev.cairn.domain.plan.Units;
import java.util.stream.IntStream;

/** Plans as one would read them who takes one time for another that a key or an attribute is of. */
final class BrokenMoments {
    private BrokenMoments() {}

    // ---- keys beside units of time

    static AnalysisPlan keysBesideUnitsAreOfTheUnit(AnalysisPlan plan) {
        return new Parts(plan)
                .scans(plan.scans().stream().map(BrokenMoments::ofTheUnit).toList())
                .plan();
    }

    private static Scan ofTheUnit(Scan scan) {
        return scan.relation() instanceof Relation.Ticks(var units, var own)
                ? scan.with(
                        new Relation.Ticks(
                                new Units(
                                        units.number(),
                                        ofUnits(units.time()),
                                        units.ofBuckets(),
                                        units.ofWhole()),
                                own),
                        scan.reach(),
                        scan.where())
                : scan;
    }

    private static Timeline ofUnits(Timeline time) {
        return new Timeline(
                time.buckets(),
                time.axis(),
                time.whole(),
                time.asOf(),
                time.asOfDate(),
                time.knownAt(),
                time.reaches().stream().map(reach -> ofUnits(reach, time)).toList());
    }

    /** What is of another bucket than the unit is of the bucket around it. */
    private static Reach ofUnits(Reach reach, Timeline time) {
        return new Reach(
                IntStream.range(0, time.buckets().size())
                        .mapToObj(unit -> {
                            var stretch = reach.ofBuckets().get(unit);
                            var own = time.buckets().get(unit);
                            return stretch.of().equals(own) ? stretch : Stretch.of(own);
                        })
                        .toList(),
                reach.ofWhole());
    }

    // ---- as of fact

    static AnalysisPlan validRowsReadAttributesAtTheirEdgeAlone(AnalysisPlan plan) {
        var scans = plan.scans();
        var leaves =
                plan.leaves().stream()
                        .map(leaf ->
                                isValid(scans.get(leaf.scan()))
                                        ? leaf.with(atEdge(leaf.where()))
                                        : leaf)
                        .toList();
        return new Parts(plan).leaves(leaves).plan();
    }

    private static boolean isValid(Scan scan) {
        return scan.relation() instanceof Relation.Facts(_, var placing, _, _)
                && !(placing instanceof Placing.At);
    }

    private static Expr atEdge(Expr expr) {
        return expr instanceof Expr.Attribute attribute && attribute.asOf() instanceof AsOf.Fact
                ? new Expr.Attribute(
                        attribute.entity(),
                        attribute.name(),
                        attribute.type(),
                        new AsOf.Edge(new TimeEdge(TimeEdge.Of.WINDOW, true, Type.DATE), true))
                : Exprs.withOperands(expr, BrokenMoments::atEdge);
    }
}
