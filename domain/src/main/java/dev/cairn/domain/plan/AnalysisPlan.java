package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import java.util.List;
import java.util.Set;

/**
 * What will be computed, before any engine. Rows are: each group that has at least one leaf row in what is read for any bucket, for each
 * bucket (only those for which a leaf row is read where {@code fillGaps} is off); the empty group, where there are no keys, is always there; then the totals.
 *
 * @param cells what is read, and made of it in each cell
 * @param kinds of rows to give; always with {@link RowKind#CELL}
 * @param having over leaves; cells for which it is not true are left out, totals are not touched
 * @param tallies counted too where the page is the first
 */
public record AnalysisPlan(
        Timeline time,
        List<GroupKey> keys,
        Block cells,
        List<Output> outputs,
        Set<RowKind> kinds,
        Expr having,
        boolean fillGaps,
        Page page,
        Tallies tallies) {
    public AnalysisPlan {
        keys = List.copyOf(keys);
        outputs = List.copyOf(outputs);
        kinds = Set.copyOf(kinds);
    }

    public List<Scan> scans() {
        return cells.scans();
    }

    public List<Leaf> leaves() {
        return cells.leaves();
    }

    /**
     * A group column.
     *
     * @param ofAccount it is read through the account, so facts of no account are a group of their own
     * @param shown whether it is a column of the answer; one that is not tells groups apart whose shown keys are equal, and stands behind those that are
     */
    public record GroupKey(String column, Type type, boolean ofAccount, boolean shown) {}
}
