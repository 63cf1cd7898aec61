package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import java.util.Set;

/**
 * One aggregation.
 *
 * @param scan index of the scan it reads
 * @param where which rows of the scan it takes; true keeps a row
 * @param zeroOverNothing over no rows, within the coverage of all it reads, the value is 0 or false; otherwise there is none
 * @param reads whose coverage decides: what the scan reads, and what its expressions, the scan's condition and the keys that it keeps read through the
 *     leaves of each row; where rows are of no group, {@link Block#readsOfTotal}. Over facts, a leaf with rows keeps its value outside the coverage of the scan; outside that of the leaves of rows it has none,
 *     whatever the rows
 * @param mayLackRate whether amounts are converted for it, itself or for its rows: where a row that it takes or may take has no rate, it has no value
 */
public record Leaf(
        int scan,
        Expr where,
        Aggregation aggregation,
        boolean zeroOverNothing,
        Type type,
        Set<Read> reads,
        boolean mayLackRate) {
    public Leaf {
        if (scan < 0) {
            throw new IllegalArgumentException("a scan has an index: " + scan);
        }
        reads = Set.copyOf(reads);
    }

    /** One that converts nothing. */
    public Leaf(
            int scan,
            Expr where,
            Aggregation aggregation,
            boolean zeroOverNothing,
            Type type,
            Set<Read> reads) {
        this(scan, where, aggregation, zeroOverNothing, type, reads, false);
    }

    public Leaf with(Expr condition) {
        return new Leaf(scan, condition, aggregation, zeroOverNothing, type, reads, mayLackRate);
    }
}
