package dev.cairn.testkit.differential;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.List;
import java.util.stream.Stream;

/** The expressions of a plan. */
final class PlanExprs {
    private PlanExprs() {}

    static boolean readsTimeEdge(AnalysisPlan plan) {
        return Stream.concat(
                        plan.outputs().stream().map(output -> output.value()),
                        of(plan.scans(), plan.leaves()))
                .anyMatch(expr -> Exprs.any(expr, Expr.TimeEdge.class::isInstance));
    }

    private static Stream<Expr> of(List<Scan> scans, List<Leaf> leaves) {
        return Stream.concat(
                leaves.stream()
                        .flatMap(leaf -> Stream.of(leaf.where(), leaf.aggregation().value())),
                scans.stream().flatMap(PlanExprs::of));
    }

    private static Stream<Expr> of(Scan scan) {
        var own = Stream.concat(Stream.of(scan.where()), scan.keys().stream());
        return switch (scan.relation()) {
            case Relation.Facts _ -> own;
            case Relation.Members(_, var scans, var leaves) ->
                    Stream.concat(own, of(scans, leaves));
        };
    }
}
