package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Aggregation.Standing;
import dev.cairn.domain.plan.Attempts;
import dev.cairn.domain.plan.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a leaf that takes none of the rows which are pending, by counts of its own.
 *
 * @param candidates conditions of the leaf that read no window
 * @param windows that must be over
 */
record CountedApart(Expr candidates, List<OwnWindows.Window> windows, ScanKey scan, Leaves leaves) {
    /** Null: the leaf reads no windows of its rows. */
    static Leaf.@Nullable Apart of(Expr where, ScanKey scan, Leaves leaves) {
        var own = leaves.draft(scan).ownWindows();
        var windows = own.mustBeOver(where);
        if (windows.isEmpty()) {
            return null;
        }
        var candidates =
                Exprs.conjuncts(where).stream()
                        .filter(condition -> !own.areReadBy(condition))
                        .reduce(Expr.TRUE, Expr::and);
        return new CountedApart(candidates, windows, scan, leaves).counts();
    }

    private Leaf.Apart counts() {
        var settled = Expr.and(candidates, own().known(windows, scan.isOfTicks()));
        var isOver = Expr.and(candidates, own().known(windows, false));
        return new Leaf.Apart(
                leaves.rows(scan, settled).leaf(),
                pending(),
                scan.isOfTicks()
                        ? areAllBeforeData()
                        : ofAnyGroup(Expr.and(settled, own().any(windows, Standing.BEFORE_DATA))),
                ofAnyGroup(Expr.and(isOver, own().any(windows, Standing.BEGINS_BEFORE_DATA))),
                completed());
    }

    /** How many of those that are pending have completed, where all are attempts. */
    private @Nullable Integer completed() {
        return windows.stream().allMatch(OwnWindows.Window.OfAttempt.class::isInstance)
                ? Integer.valueOf(
                        ofAnyGroup(
                                Expr.and(
                                        candidates,
                                        Expr.and(
                                                own().any(windows, Standing.PENDING),
                                                Attempts.completed()))))
                : null;
    }

    private OwnWindows own() {
        return leaves.draft(scan).ownWindows();
    }

    /** How many are pending: rows, or of the users of accounts each of them; where units of time are made of them, in the unit that has the most. */
    private int pending() {
        if (OwnWindows.areOfRows(windows)) {
            return ofAnyGroup(Expr.and(candidates, own().any(windows, Standing.PENDING)));
        }
        var pending = own().pending(windows);
        return scan.isOfTicks()
                ? of(scan, candidates, new Aggregation.Maximum(pending))
                : ofAnyGroup(candidates, pending);
    }

    /** 1 where some units are before the data and none is known, or else 0. */
    private int areAllBeforeData() {
        var isBefore = own().any(windows, Standing.BEFORE_DATA);
        return of(scan, candidates, new Aggregation.Minimum(OwnWindows.one(isBefore)));
    }

    /** How many rows there are that may be of any group of a key which reads a window. */
    private int ofAnyGroup(Expr where) {
        var others = leaves.draft(scan).withoutKeysOfWindows(scan);
        return leaves.rows(others, copied(where, others)).leaf();
    }

    private int ofAnyGroup(Expr where, Expr counted) {
        var others = leaves.draft(scan).withoutKeysOfWindows(scan);
        return of(others, copied(where, others), new Aggregation.Sum(copied(counted, others)));
    }

    private Expr copied(Expr expr, ScanKey others) {
        return others.equals(scan)
                ? expr
                : new LeafCopy(leaves.inner(scan), leaves.inner(others)).of(expr);
    }

    private int of(ScanKey rows, Expr where, Aggregation counted) {
        return leaves.settledLeaf(rows, where, counted, Type.COUNT).leaf();
    }
}
