package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Sizes;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How large the statement of a plan is. */
final class StatementSize {
    private final Sizes sizes = new Sizes();

    private StatementSize() {}

    /**
     * How many pieces the statement of a plan has: conditions and values of rows for each kind of row, columns once. Common values count once for each
     * relation that reads them.
     */
    static long of(AnalysisPlan plan) {
        var sizes = new StatementSize();
        return sizes.of(plan.cells()) * (plan.kinds().size() + beside(plan))
                + sizes.of(plan.tallies().counts())
                + sizes.ofCells(plan);
    }

    /** How often all is read once more: to choose among the groups, and for their places among all. */
    private static int beside(AnalysisPlan plan) {
        boolean ranks =
                plan.outputs().stream()
                        .anyMatch(output -> Exprs.any(output.value(), Expr.Rank.class::isInstance));
        return plan.top() == null ? 0 : ranks ? 1 + plan.kinds().size() : 1;
    }

    private long of(Block block) {
        long pieces = 0;
        var scans = block.scans();
        for (int at = 0; at < scans.size(); at++) {
            var scan = scans.get(at);
            Set<Expr.Common> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            pieces += pieces(scan.where(), seen) + pieces(scan.keys(), seen);
            if (scan.window() != null) {
                pieces += pieces(scan.window().edges(), seen);
            }
            for (var leaf : block.leaves()) {
                if (leaf.scan() == at) {
                    pieces += pieces(leaf.where(), seen) + pieces(leaf.aggregation().value(), seen);
                    pieces += pieces(leaf.aggregation().besides(), seen);
                }
            }
            pieces += of(scan.relation().own());
        }
        return pieces;
    }

    private long pieces(Collection<Expr> all, Set<Expr.Common> seen) {
        return all.stream().mapToLong(expr -> pieces(expr, seen)).sum();
    }

    private long pieces(Expr expr, Set<Expr.Common> seen) {
        long common = 0;
        for (var value : Exprs.commonIn(List.of(expr))) {
            common += seen.add(value) ? sizes.of(value.value()).pieces() : 0;
        }
        return sizes.of(expr).pieces() + common;
    }

    private long ofCells(AnalysisPlan plan) {
        Set<Expr.Common> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long pieces = pieces(plan.having(), seen);
        for (var output : plan.outputs()) {
            pieces += written(output.value(), seen);
            for (var part : output.parts()) {
                pieces += pieces(part.contribution(), seen);
            }
            if (output.numerator() != null) {
                pieces += pieces(output.numerator(), seen);
            }
            if (output.denominator() != null) {
                pieces += pieces(Objects.requireNonNull(output.denominator()), seen);
            }
        }
        return pieces;
    }

    private long written(Expr expr, Set<Expr.Common> seen) {
        long common = 0;
        for (var value : Exprs.commonIn(List.of(expr))) {
            common += seen.add(value) ? sizes.of(value.value()).written() : 0;
        }
        return sizes.of(expr).written() + common;
    }
}
