package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What will be computed, before any engine. Rows are: each group that has at least one leaf row in what is read for any bucket, for each
 * bucket (only those for which a leaf row is read where {@code fillGaps} is off); the empty group, where there are no keys, is always there; then the totals.
 *
 * @param kinds of rows to give; always with {@link RowKind#CELL}
 * @param having over leaves; cells for which it is not true are left out, totals are not touched
 * @param order complete: no two cell rows are equal in it
 * @param limit cell rows to give
 * @param after position of the last row had, one value per term of order; null: from the start
 * @param tallies counted too where the page is the first
 */
public record AnalysisPlan(
        Timeline time,
        List<GroupKey> keys,
        List<Scan> scans,
        List<Leaf> leaves,
        List<Output> outputs,
        Set<RowKind> kinds,
        Expr having,
        boolean fillGaps,
        List<Ordering> order,
        int limit,
        @Nullable Position after,
        Tallies tallies) {
    public AnalysisPlan {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has rows: " + limit);
        }
        keys = List.copyOf(keys);
        scans = List.copyOf(scans);
        leaves = List.copyOf(leaves);
        outputs = List.copyOf(outputs);
        kinds = Set.copyOf(kinds);
        order = List.copyOf(order);
    }

    /**
     * A group column.
     *
     * @param ofAccount it is read through the account, so facts of no account are a group of their own
     * @param shown whether it is a column of the answer; one that is not tells groups apart whose shown keys are equal, and stands behind those that are
     */
    public record GroupKey(String column, Type type, boolean ofAccount, boolean shown) {}

    /**
     * Where a page ended.
     *
     * @param values one per term of order: the bucket's index (Integer) for time, a GroupValue for a key, the value or null for an output
     */
    public record Position(List<@Nullable Object> values) {
        public Position {
            values = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(values));
        }
    }
}
