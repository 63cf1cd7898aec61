package dev.cairn.testkit.differential;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Scan;
import java.util.stream.Stream;

/** The expressions of a plan. */
final class PlanExprs {
    private PlanExprs() {}

    static boolean readsTimeEdge(AnalysisPlan plan) {
        return Stream.concat(
                        plan.outputs().stream().map(output -> output.value()), of(plan.cells()))
                .anyMatch(expr -> Exprs.any(expr, Expr.TimeEdge.class::isInstance));
    }

    /** Whether an edge of the bucket is read, whatever window is at hand. */
    static boolean readsBucketEdge(AnalysisPlan plan) {
        return Stream.concat(
                        plan.outputs().stream().map(output -> output.value()), of(plan.cells()))
                .anyMatch(expr ->
                        Exprs.any(
                                expr,
                                part ->
                                        part instanceof Expr.TimeEdge(var of, _, _, _)
                                                && of == Expr.TimeEdge.Of.BUCKET));
    }

    private static Stream<Expr> of(Block block) {
        return Stream.concat(
                block.leaves().stream()
                        .flatMap(leaf -> Stream.of(leaf.where(), leaf.aggregation().value())),
                block.scans().stream().flatMap(PlanExprs::of));
    }

    private static Stream<Expr> of(Scan scan) {
        return Stream.concat(
                Stream.concat(Stream.of(scan.where()), scan.keys().stream()),
                of(scan.relation().own()));
    }
}
