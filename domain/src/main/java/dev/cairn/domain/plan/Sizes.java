package dev.cairn.domain.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How large expressions are, each measured once; what a {@link Expr.Common} stands for counts where that is made. */
final class Sizes {
    private final IdentityHashMap<Expr, Size> measured = new IdentityHashMap<>();

    /**
     * @param pieces of the expression
     * @param depth levels, those within common values included
     * @param written pieces, each counted once for every level it stands in: at most so many are written to say why there is no value
     */
    record Size(long pieces, int depth, long written) {}

    Size of(Expr expr) {
        var known = measured.get(expr);
        if (known != null) {
            return known;
        }
        long pieces = 1;
        int depth = 0;
        long written = 0;
        for (var operand : operands(expr)) {
            var size = of(operand);
            depth = Math.max(depth, size.depth());
            if (!(expr instanceof Expr.Common)) {
                pieces += size.pieces();
                written += size.written();
            }
        }
        var size = new Size(pieces, depth + 1, written + pieces);
        measured.put(expr, size);
        return size;
    }

    private static List<Expr> operands(Expr expr) {
        return Exprs.operands(expr);
    }

    /**
     * How many pieces the statement of a plan has: conditions and values of rows for each kind of row, columns once. Common values count once for each
     * relation that reads them.
     */
    static long ofStatement(AnalysisPlan plan) {
        var sizes = new Sizes();
        return sizes.ofScans(plan.scans(), plan.leaves()) * plan.kinds().size()
                + sizes.ofScans(plan.tallies().scans(), plan.tallies().leaves())
                + sizes.ofCells(plan);
    }

    private long ofScans(List<Scan> scans, List<Leaf> leaves) {
        long pieces = 0;
        for (int at = 0; at < scans.size(); at++) {
            var scan = scans.get(at);
            Set<Expr.Common> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            pieces += pieces(scan.where(), seen) + pieces(scan.keys(), seen);
            for (var leaf : leaves) {
                if (leaf.scan() == at) {
                    pieces +=
                            pieces(leaf.where(), seen)
                                    + pieces(Exprs.valueOf(leaf.aggregation()), seen);
                    pieces +=
                            leaf.aggregation() instanceof Aggregation.Distinct(var _, var account)
                                    ? pieces(account, seen)
                                    : 0;
                }
            }
            if (scan.relation() instanceof Relation.Members(var _, var inner, var innerLeaves)) {
                pieces += ofScans(inner, innerLeaves);
            }
        }
        return pieces;
    }

    private long pieces(Collection<Expr> all, Set<Expr.Common> seen) {
        return all.stream().mapToLong(expr -> pieces(expr, seen)).sum();
    }

    private long pieces(Expr expr, Set<Expr.Common> seen) {
        long common = 0;
        for (var value : Exprs.commonIn(List.of(expr))) {
            common += seen.add(value) ? of(value.value()).pieces() : 0;
        }
        return of(expr).pieces() + common;
    }

    private long ofCells(AnalysisPlan plan) {
        Set<Expr.Common> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        long pieces = pieces(plan.having(), seen);
        for (var output : plan.outputs()) {
            pieces += written(output.value(), seen);
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
            common += seen.add(value) ? of(value.value()).written() : 0;
        }
        return of(expr).written() + common;
    }
}
