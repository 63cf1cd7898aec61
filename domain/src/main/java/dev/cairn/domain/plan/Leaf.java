package dev.cairn.domain.plan;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One aggregation.
 *
 * @param scan index of the scan it reads
 * @param where which rows of the scan it takes; true keeps a row
 * @param zeroOverNothing over no rows, within the coverage of all it reads, the value is 0 or false; otherwise there is none
 * @param reads whose coverage decides: what the scan reads, and what its expressions, the scan's condition and the keys that it keeps read through the
 *     leaves of each row. Over facts, a leaf with rows keeps its value outside the coverage of the scan; outside that of the leaves of rows it has none,
 *     whatever the rows
 * @param readsOfTotal the same where rows are of no group: what keys read decides nothing there, which is the same whatever they are
 * @param mayLackRate whether amounts are converted for it, itself, for its rows or for the keys that its scan keeps: where a row that it takes or may take has no rate, it has no value
 * @param inUnits whether rows of groups are read in units of time, see {@link Scan.InUnits}: what is not known of a unit is none of it, and where that is so of
 *     all rows of a cell it has no value
 * @param apart counts of the rows that it takes and leaves out by windows of their own; null: it reads none
 */
public record Leaf(
        int scan,
        Expr where,
        Aggregation aggregation,
        boolean zeroOverNothing,
        Type type,
        Set<Read> reads,
        Set<Read> readsOfTotal,
        boolean mayLackRate,
        boolean inUnits,
        @Nullable Apart apart) {
    public Leaf {
        if (scan < 0) {
            throw new IllegalArgumentException("a scan has an index: " + scan);
        }
        reads = Set.copyOf(reads);
        readsOfTotal = Set.copyOf(readsOfTotal);
    }

    /** One that no key reads anything for. */
    public Leaf(
            int scan,
            Expr where,
            Aggregation aggregation,
            boolean zeroOverNothing,
            Type type,
            Set<Read> reads,
            boolean mayLackRate,
            boolean inUnits,
            @Nullable Apart apart) {
        this(
                scan,
                where,
                aggregation,
                zeroOverNothing,
                type,
                reads,
                reads,
                mayLackRate,
                inUnits,
                apart);
    }

    /** One that converts nothing, of rows without windows of their own. */
    public Leaf(
            int scan,
            Expr where,
            Aggregation aggregation,
            boolean zeroOverNothing,
            Type type,
            Set<Read> reads) {
        this(scan, where, aggregation, zeroOverNothing, type, reads, false, false, null);
    }

    public Leaf with(Expr condition) {
        return new Leaf(
                scan,
                condition,
                aggregation,
                zeroOverNothing,
                type,
                reads,
                readsOfTotal,
                mayLackRate,
                inUnits,
                apart);
    }

    /** The same, where the coverage of other reads decides. */
    Leaf reading(Set<Read> others) {
        return new Leaf(
                scan,
                where,
                aggregation,
                zeroOverNothing,
                type,
                others,
                mayLackRate,
                inUnits,
                apart);
    }

    /**
     * What is to be said of a leaf whose rows have windows of their own, by indexes of leaves of the same block. All are counts of rows that are kept by those
     * conditions of the leaf which read no such window. Of rows that are made of others with windows of their own, {@code pending} is how many of those
     * there are, for units of time in the unit that has the most; and where units are before the data and none is known, {@code beforeData} is above 0.
     *
     * @param settled those whose windows are over: where there are none, but some that are pending, the leaf is not yet known
     * @param pending those that have a window which is not over: the leaf takes none of them
     * @param beforeData those of the settled that have a window wholly before the data: where there are any, the leaf has no value
     * @param beginsBeforeData those of the settled that have a window which begins before the data
     * @param completed those of the pending that have reached every step; null: the rows are no attempts
     */
    public record Apart(
            int settled,
            int pending,
            int beforeData,
            int beginsBeforeData,
            @Nullable Integer completed) {
        public List<Integer> indexes() {
            return Stream.concat(
                            Stream.of(settled, pending, beforeData, beginsBeforeData),
                            Stream.ofNullable(completed))
                    .toList();
        }
    }
}
