package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import java.util.List;

/**
 * Makes the groups of rows that are read for totals alone: those are counted by all keys as well.
 *
 * @param leaves the totals among them
 */
record GroupsOfTotals(Leaves leaves) {
    void make(List<Expr> aggregates) {
        for (var total : aggregates) {
            for (int index : Exprs.leavesIn(total)) {
                var scan = leaves.key(leaves.leaf(index).scan());
                if (!leaves.draft(scan).dropped(scan).isEmpty()) {
                    group(scan, leaves.leaf(index).where());
                }
            }
        }
    }

    private void group(ScanKey ofTotal, Expr where) {
        var scan = ofTotal.keeping(Kept.ALL);
        var draft = leaves.draft(scan);
        var copy = new LeafCopy(leaves.inner(ofTotal), draft.inner()).of(where);
        var rows = draft.settled(copy, copy, Kept.ALL, scan.isOfTicks());
        boolean areGrouped =
                leaves.leavesOf(draft).stream()
                        .anyMatch(leaf ->
                                Exprs.conjuncts(rows).containsAll(Exprs.conjuncts(leaf.where())));
        if (!areGrouped) {
            leaves.group(scan, rows);
        }
    }
}
