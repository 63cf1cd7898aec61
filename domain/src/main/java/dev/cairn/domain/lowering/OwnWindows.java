package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Aggregation.Standing;
import java.util.List;
import java.util.stream.Stream;

/**
 * Windows of members and rows: 14 days from when each signed. Rows whose windows are not over are left out and counted apart.
 *
 * @param leaves what is read for each row
 */
record OwnWindows(Leaves leaves) {
    /** Whether an expression of a row reads one. */
    boolean areReadBy(Expr expr) {
        return Exprs.leavesIn(expr).stream().anyMatch(leaf -> scanOf(leaf).isOfSubjects());
    }

    /** Rows for which a condition holds and whose windows, as far as expressions read them, are over. */
    Expr settled(Expr where, Stream<Expr> read) {
        var conditions = Exprs.conjuncts(where);
        return readBy(read).stream()
                .map(window -> none(List.of(window), Standing.PENDING))
                .filter(isOver -> !conditions.contains(isOver))
                .reduce(where, Expr::and);
    }

    /** Each once. */
    private List<ScanKey> readBy(Stream<Expr> exprs) {
        return exprs.flatMap(expr -> Exprs.leavesIn(expr).stream())
                .distinct()
                .sorted()
                .filter(leaf -> !(leaves.leaf(leaf).aggregation() instanceof Aggregation.OfWindow))
                .map(this::scanOf)
                .filter(ScanKey::isOfSubjects)
                .distinct()
                .toList();
    }

    /** Those that a condition asks to be over. */
    List<ScanKey> mustBeOver(Expr where) {
        return Exprs.conjuncts(where).stream()
                .flatMap(condition ->
                        condition instanceof Expr.Not(LeafValue(int leaf, _))
                                        && leaves.leaf(leaf)
                                                .aggregation()
                                                .equals(new Aggregation.OfWindow(Standing.PENDING))
                                ? Stream.of(scanOf(leaf))
                                : Stream.empty())
                .toList();
    }

    Expr any(List<ScanKey> windows, Standing standing) {
        return windows.stream()
                .<Expr>map(window -> is(window, standing))
                .reduce(Expr.Or::new)
                .orElse(Expr.FALSE);
    }

    Expr none(List<ScanKey> windows, Standing standing) {
        return windows.stream()
                .<Expr>map(window -> new Expr.Not(is(window, standing)))
                .reduce(Expr.TRUE, Expr::and);
    }

    private LeafValue is(ScanKey window, Standing standing) {
        return leaves.settledLeaf(
                window, Expr.TRUE, new Aggregation.OfWindow(standing), Type.BOOLEAN);
    }

    private ScanKey scanOf(int leaf) {
        return leaves.key(leaves.leaf(leaf).scan());
    }
}
