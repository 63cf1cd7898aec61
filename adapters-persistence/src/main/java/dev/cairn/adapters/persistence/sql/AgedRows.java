package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouped;
import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouping;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Scan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Rows that are at no one time and are grouped by an age: each is read in the units of time of a bucket, and has its age in each of them. */
final class AgedRows {
    /** In place of a reason, where a unit has not begun by as-of, whatever is known of a source; among reasons it stands behind {@code NOT_YET}. */
    static final Field<String> NOT_BEGUN = inline("NOT_YET_BEGUN");

    /** In place of a reason, where a unit is known; among reasons it stands first. */
    static final Field<String> KNOWN = inline("");

    private AgedRows() {}

    static Grouped group(
            Scan scan, Scan.InUnits in, Map<Integer, Leaf> wanted, Frame frame, Grouping grouping) {
        var ofUnit = scan.ofUnit(in);
        var leaves = List.copyOf(wanted.values());
        var units = frame.beneath(in.units()).reading(scan.reach());
        var rows =
                ScanCompiler.rows(
                        ofUnit, List.of(), Reads.of(ofUnit, leaves, grouping.reads()), units);
        var placed = placed(rows, in, frame, leaves);
        return ScanCompiler.group(
                ofUnit,
                wanted,
                ScanCompiler.withHistory(ofUnit, leaves, grouping, placed, units),
                grouping);
    }

    /** In the buckets that a row's unit is of, with what is known of the unit. */
    private static RowSet placed(RowSet rows, Scan.InUnits in, Frame frame, List<Leaf> leaves) {
        var pairs = UnitTables.pairs(in.units());
        var bucket = BucketTable.ordinal(pairs);
        var known = DSL.table(DSL.name(UnitTables.nameOf(in.units()) + "_known"));
        var coverage = CoverageTables.ofUnits(in.units(), known.getName(), Block.EMPTY, leaves);
        return new RowSet(
                rows.from()
                        .join(pairs)
                        .on(UnitTables.unit(pairs).eq(rows.bucket()))
                        .and(
                                frame.isWhole()
                                        ? bucket.eq(inline(Frame.WHOLE))
                                        : bucket.ne(inline(Frame.WHOLE)))
                        .join(
                                DSL.table(DSL.name(UnitTables.nameOf(in.units())))
                                        .as(known.getName()))
                        .on(BucketTable.ordinal(known).eq(rows.bucket())),
                rows.where(),
                bucket,
                rows.account(),
                rows.user(),
                rows.mayLackAccount(),
                new Columns(
                        rows.columns(),
                        coverage,
                        StoreTables.instant(known, "start_at").ge(SqlTypes.instant(frame.asOf()))));
    }

    /** Of what is known of each unit, which all leaves of the scan read. */
    static CoverageTables coverage(Block block, Scan scan) {
        var in = Objects.requireNonNull(scan.inUnits());
        int index = block.scans().indexOf(scan);
        return CoverageTables.ofUnits(
                in.units(),
                UnitTables.nameOf(in.units()),
                block,
                block.leaves().stream().filter(leaf -> leaf.scan() == index).toList());
    }

    /** Of a row in one of its units. */
    private record Columns(RowColumns row, CoverageTables coverage, Condition isAhead)
            implements BesideRow {
        @Override
        public Condition isKnownTo(Leaf leaf) {
            return outside(leaf).isNull();
        }

        @Override
        public Field<String> outside(Leaf leaf) {
            return when(isAhead, NOT_BEGUN).otherwise(coverage.outsideOfUnit(leaf));
        }
    }
}
