package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.with;

import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouped;
import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouping;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The units of time of each bucket, for each group that anything is read for in one of them. What is read in a unit is aggregated for each group first; then
 * the group has a row for each of its units, also where nothing was read. For groups of which nothing was read {@link #nothing} has the values.
 */
final class UnitRows {
    private static final Table<?> READ = DSL.table(name("read"));
    private static final Table<?> PLACED = DSL.table(name("placed"));
    private static final Table<?> SEEN = DSL.table(name("seen"));
    private static final Table<?> DENSE = DSL.table(name("dense"));
    private static final String UNIT = "unit";

    private final Relation.Ticks ticks;
    private final Frame frame;
    private final Frame units;

    /** Whether they are read for no group of the question. */
    private final boolean ofTotal;

    private UnitRows(Relation.Ticks ticks, Frame frame, boolean ofTotal) {
        this.ofTotal = ofTotal;
        this.ticks = ticks;
        this.frame = frame;
        this.units = frame.beneath(ticks.units());
    }

    // ---- where nothing is read

    static Table<?> nothingOf(int scan) {
        return DSL.table(name("nothing" + scan));
    }

    /** The leaves of a scan for each bucket of a frame and the whole range, where nothing is read in any unit. */
    static Table<?> nothing(int index, Block block, Frame frame) {
        return nothing(index, block, frame, false, nothingOf(index));
    }

    static Table<?> nothingOfTotal(int scan) {
        return DSL.table(name("nothing" + scan + "_of_total"));
    }

    /** The same in rows of no group. */
    static Table<?> nothingOfTotal(int index, Block block, Frame frame) {
        return nothing(index, block, frame, true, nothingOfTotal(index));
    }

    private static Table<?> nothing(
            int index, Block block, Frame frame, boolean ofTotal, Table<?> table) {
        var scan = block.scans().get(index);
        var leaves = ScanCompiler.leavesOf(block.leaves(), index, _ -> true);
        var rows = new UnitRows((Relation.Ticks) scan.relation(), frame, ofTotal);
        var grouped =
                ScanCompiler.group(
                        scan,
                        leaves,
                        rows.rowsOfNothing(),
                        new Columns(List.of(BucketTable.ORDINAL)));
        var columns = new ArrayList<>(grouped.groups());
        grouped.leaves()
                .forEach((leaf, parts) ->
                        columns.addAll(LeafColumns.named(leaf, block.leaves().get(leaf), parts)));
        return OwnTables.once(table.getName(), grouped.select(columns));
    }

    private RowSet rowsOfNothing() {
        var pairs = UnitTables.pairs(ticks.units());
        var from = withUnits(pairs, UnitTables.unit(pairs));
        return new RowSet(
                withNothing(from),
                DSL.noCondition(),
                BucketTable.ordinal(pairs),
                castNull(SQLDataType.BIGINT),
                castNull(SQLDataType.BIGINT),
                false,
                new OfUnit() {
                    @Override
                    public Field<?> leaf(Expr.LeafValue value) {
                        var leaf = ticks.own().leaves().get(value.leaf());
                        return isOfUnits(leaf)
                                ? UnitCounts.value(value.leaf(), leaf, nothingOf(leaf.scan()))
                                : UnitCounts.orNothing(
                                        leaf, SqlTypes.typed(castNull(LeafColumns.type(leaf))));
                    }

                    @Override
                    public Field<?> attribute(Expr.Attribute attribute) {
                        return castNull(SqlTypes.of(attribute.type().kind()));
                    }

                    @Override
                    public Field<String> key(EntityRef entity) {
                        return castNull(SQLDataType.CLOB);
                    }
                });
    }

    private boolean isOfUnits(Leaf leaf) {
        return ticks.own().scans().get(leaf.scan()).relation().areUnits();
    }

    private Table<?> withUnits(Table<?> from, Field<Integer> unit) {
        var table = units.table();
        return from.join(table.table()).on(table.ordinal().eq(unit));
    }

    /** With what units inside of the units are where nothing is read. */
    private Table<?> withNothing(Table<?> from) {
        var joined = from;
        var own = ticks.own();
        for (int scan = 0; scan < own.scans().size(); scan++) {
            if (own.scans().get(scan).relation().areUnits()) {
                var nothing =
                        nothing(
                                scan,
                                own,
                                units.reading(own.scans().get(scan).reach()),
                                ofTotal,
                                nothingOf(scan));
                joined =
                        joined.leftJoin(nothing)
                                .on(BucketTable.ordinal(nothing).eq(units.table().ordinal()));
            }
        }
        return joined;
    }

    // ---- rows

    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, Frame frame, Grouping grouping) {
        var rows = new UnitRows((Relation.Ticks) scan.relation(), frame, grouping.isOfTotal());
        var leaves = List.copyOf(wanted.values());
        var keys = grouping.keys();
        var columns =
                new Columns(Stream.concat(Stream.of(BucketTable.ORDINAL), keys.stream()).toList());
        var dense =
                readsMember(scan, leaves) && areOf(keys, "account_id")
                        ? rows.ofEveryMember(grouping, keys)
                        : rows.dense(grouping, keys);
        var units =
                rows.rows(
                        dense.asTable(DENSE.getUnqualifiedName()),
                        keys,
                        Reads.of(scan, leaves, List.of()));
        return ScanCompiler.group(
                scan,
                wanted,
                ScanCompiler.withHistory(scan, leaves, columns, units, frame),
                columns);
    }

    /**
     * Windows of members or facts, of each of which those units are read that are in it.
     *
     * @param windows a line for each
     * @param isIn whether a unit is in one
     * @param owners of the windows, by whom units are read
     * @param keys of the windows
     */
    record InWindows(
            Table<?> windows, Condition isIn, OwnTables.ByMember owners, List<Field<?>> keys) {}

    /** A group for each window that any unit is in. */
    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, Frame frame, InWindows in) {
        var rows = new UnitRows((Relation.Ticks) scan.relation(), frame, false);
        var leaves = List.copyOf(wanted.values());
        var owners = in.owners().keys();
        var columns = new Columns(in.keys().stream().<Field<?>>map(UnitRows::unqualified).toList());
        var units =
                rows.rows(
                        rows.dense(in).asTable(DENSE.getUnqualifiedName()),
                        owners,
                        Reads.of(scan, leaves, List.of()));
        return ScanCompiler.group(
                scan,
                wanted,
                ScanCompiler.withHistory(scan, leaves, columns, units, frame),
                columns);
    }

    /** A row for each unit of each window, whatever was read in it. */
    private Select<?> dense(InWindows in) {
        var owners = in.owners().keys();
        var own = own(in.owners());
        var unit = units.table();
        var columns = new ArrayList<Field<?>>();
        var line = new LinkedHashMap<String, Field<?>>();
        in.keys().forEach(key -> line.put(key.getName(), key));
        owners.forEach(
                owner -> line.putIfAbsent(owner.getName(), SqlTypes.of(in.windows(), owner)));
        line.forEach((title, key) -> columns.add(key.as(title)));
        columns.add(unit.ordinal().as(UNIT));
        var from =
                in.windows()
                        .join(unit.table())
                        .on(unit.ordinal().ne(inline(Frame.WHOLE)), in.isIn());
        if (own.isEmpty()) {
            parts().forEach(part -> columns.add(castNull(part).as(part)));
            return select(columns).from(from);
        }
        parts().forEach(part -> columns.add(SqlTypes.of(READ, part).as(part)));
        var isOfOwner =
                owners.stream()
                        .map(owner -> isSame(in.windows(), owner))
                        .reduce(UnitTables.unit(READ).eq(unit.ordinal()), Condition::and);
        return with(name(READ.getName()).asMaterialized(read(own, owners)))
                .select(columns)
                .from(from.leftJoin(READ).on(isOfOwner));
    }

    private static Condition isSame(Table<?> windows, Field<?> id) {
        return StoreTables.id(READ, id.getName()).eq(StoreTables.id(windows, id.getName()));
    }

    /** What rows are grouped by, under its own names: it was computed before. */
    private record Columns(List<Field<?>> columns) implements Grouping {
        @Override
        public List<Expr> reads() {
            return List.of();
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            return columns.stream()
                    .<Field<?>>map(column ->
                            column == BucketTable.ORDINAL
                                    ? rows.bucket().as(column.getName())
                                    : SqlTypes.of(DENSE, column).as(column.getName()))
                    .toList();
        }
    }

    private record OwnScan(int index, Grouped grouped) {}

    private List<OwnScan> own(Grouping grouping) {
        var own = ticks.own();
        var read = new ArrayList<OwnScan>();
        if (ticks.units().time().buckets().isEmpty()) {
            return read;
        }
        for (int index = 0; index < own.scans().size(); index++) {
            var leaves = ScanCompiler.leavesOf(own.leaves(), index, _ -> true);
            if (!leaves.isEmpty()) {
                var scan = own.scans().get(index);
                var grouped =
                        ScanCompiler.group(
                                scan, leaves, units.reading(scan.reach()), grouping.beneath(scan));
                boolean areUnits = scan.relation().areUnits();
                read.add(
                        new OwnScan(
                                index,
                                grouping.someAreShown()
                                        .filter(_ -> !areUnits)
                                        .map(shown -> TopGroups.othersAsOne(grouped, leaves, shown))
                                        .orElse(grouped)));
            }
        }
        return read;
    }

    private List<Field<?>> parts() {
        var parts = new ArrayList<Field<?>>();
        for (int index = 0; index < ticks.own().leaves().size(); index++) {
            parts.addAll(LeafColumns.parts(index, ticks.own().leaves().get(index)));
        }
        return parts;
    }

    /** Whether what is asked of a unit depends on the member that it is read for, so that a member of which nothing was read is not like every other. */
    private static boolean readsMember(Scan scan, List<Leaf> leaves) {
        return Reads.expressions(scan, leaves)
                .anyMatch(expr ->
                        Exprs.any(
                                expr,
                                part ->
                                        part instanceof Expr.Attribute
                                                || part instanceof Expr.Key
                                                || part instanceof Expr.Start));
    }

    private RowSet rows(Table<?> dense, List<Field<?>> keys, Reads reads) {
        var from = withNothing(withUnits(dense, UnitTables.unit(DENSE)));
        var account = idOf(keys, "account_id");
        var user = idOf(keys, "user_id");
        return new RowSet(
                MemberTables.beside(from, reads, account, user),
                DSL.noCondition(),
                BucketTable.ordinal(DENSE),
                account,
                user,
                false,
                new OfUnit() {
                    @Override
                    public Field<?> leaf(Expr.LeafValue value) {
                        var leaf = ticks.own().leaves().get(value.leaf());
                        return isOfUnits(leaf)
                                ? UnitCounts.value(
                                        value.leaf(), ticks.own(), DENSE, nothingOf(leaf.scan()))
                                : UnitCounts.value(value.leaf(), leaf, DENSE);
                    }

                    @Override
                    public Field<String> gaps(Expr.LeafValue value) {
                        return ticks.own().leaves().get(value.leaf()).mayLackRate()
                                ? LeafColumns.gaps(DENSE, value.leaf())
                                : RateGaps.NONE;
                    }

                    @Override
                    public Field<?> attribute(Expr.Attribute attribute) {
                        return StoreTables.attribute(attribute);
                    }

                    @Override
                    public Field<String> key(EntityRef entity) {
                        return StoreTables.key(entity);
                    }

                    @Override
                    public Condition lacks(EntityRef entity) {
                        return entity.isAccount()
                                ? account.eq(inline(StoreTables.NO_ACCOUNT))
                                : DSL.falseCondition();
                    }
                });
    }

    private static Field<Long> idOf(List<Field<?>> keys, String id) {
        return areOf(keys, id) ? StoreTables.id(DENSE, id) : castNull(SQLDataType.BIGINT);
    }

    /** A row for each unit of each bucket that a group has anything in. */
    private Select<?> dense(Grouping grouping, List<Field<?>> keys) {
        var own = own(grouping);
        if (own.isEmpty()) {
            var none = new ArrayList<Field<?>>();
            line(keys).forEach(column -> none.add(castNull(column).as(column.getName())));
            parts().forEach(part -> none.add(castNull(part).as(part)));
            return select(none).where(DSL.falseCondition());
        }
        return collapsed(own, keys, stacked(keys));
    }

    private Select<?> collapsed(List<OwnScan> own, List<Field<?>> keys, Select<?> stacked) {
        var all = new ArrayList<Field<?>>();
        var group = new ArrayList<Field<?>>();
        for (var column : line(keys)) {
            var unqualified = unqualified(column);
            group.add(unqualified);
            all.add(unqualified);
        }
        parts().forEach(part -> all.add(LeafColumns.collapse(part).as(part)));
        return with(
                        name(READ.getName()).as(read(own, keys)),
                        name(PLACED.getName()).as(placed(keys)))
                .select(all)
                .from(stacked.asTable("stacked"))
                .groupBy(group);
    }

    private static boolean areOf(List<Field<?>> keys, String id) {
        return keys.stream().anyMatch(key -> key.getName().equals(id));
    }

    /** A row for each unit of each bucket, for all members, also where nothing was read. */
    private Select<?> ofEveryMember(Grouping grouping, List<Field<?>> keys) {
        var own = own(grouping);
        if (own.isEmpty()) {
            return everyUnit(keys);
        }
        return collapsed(
                own,
                keys,
                StatementCompiler.union(
                        List.of(select(DSL.asterisk()).from(PLACED), everyUnit(keys))));
    }

    private Select<Record> everyUnit(List<Field<?>> keys) {
        var pairs = UnitTables.pairs(ticks.units());
        var members = areOf(keys, "user_id") ? MemberTables.USER : MemberTables.ACCOUNT;
        var columns = new ArrayList<Field<?>>();
        columns.add(BucketTable.ordinal(pairs).as(BucketTable.ORDINAL.getName()));
        columns.add(UnitTables.unit(pairs).as(UNIT));
        keys.forEach(key -> columns.add(SqlTypes.of(members, key).as(key.getName())));
        parts().forEach(part -> columns.add(castNull(part).as(part)));
        return select(columns).from(pairs.crossJoin(members)).where(isOfFrame(pairs));
    }

    private Condition isOfFrame(Table<?> pairs) {
        var whole = BucketTable.ordinal(pairs).eq(inline(Frame.WHOLE));
        return frame.isWhole() ? whole : whole.not();
    }

    private static List<Field<?>> line(List<Field<?>> keys) {
        var line = new ArrayList<Field<?>>();
        line.add(BucketTable.ORDINAL);
        line.add(DSL.field(name(UNIT), SQLDataType.INTEGER));
        line.addAll(keys);
        return line;
    }

    private static Field<?> unqualified(Field<?> column) {
        return DSL.field(column.getUnqualifiedName(), column.getDataType());
    }

    /** What is read in each unit for each group, all scans together. */
    private Select<?> read(List<OwnScan> own, List<Field<?>> keys) {
        var branches = own.stream().<Select<?>>map(scan -> branch(scan, keys)).toList();
        if (branches.size() == 1) {
            return branches.getFirst();
        }
        var group = new ArrayList<Field<?>>();
        group.add(DSL.field(name(UNIT), SQLDataType.INTEGER));
        keys.forEach(key -> group.add(unqualified(key)));
        var columns = new ArrayList<>(group);
        parts().forEach(part -> columns.add(LeafColumns.collapse(part).as(part)));
        return select(columns)
                .from(StatementCompiler.union(branches).asTable("stacked"))
                .groupBy(group);
    }

    private Select<?> branch(OwnScan own, List<Field<?>> keys) {
        var groups = own.grouped().groups();
        var columns = new ArrayList<Field<?>>();
        columns.add(named(groups, BucketTable.ORDINAL.getName()).as(UNIT));
        keys.forEach(key -> columns.add(named(groups, key.getName()).as(key.getName())));
        for (int index = 0; index < ticks.own().leaves().size(); index++) {
            var parts = LeafColumns.parts(index, ticks.own().leaves().get(index));
            var read = own.grouped().leaves().get(index);
            for (int part = 0; part < parts.size(); part++) {
                Field<?> value = read == null ? castNull(parts.get(part)) : read.get(part);
                columns.add(value.as(parts.get(part)));
            }
        }
        return own.grouped().select(columns);
    }

    private static Field<?> named(List<Field<?>> columns, String title) {
        return columns.stream()
                .filter(column -> column.getName().equals(title))
                .findFirst()
                .orElseThrow();
    }

    /** The same in each bucket that a unit is of. */
    private Select<?> placed(List<Field<?>> keys) {
        var pairs = UnitTables.pairs(ticks.units());
        var columns = new ArrayList<Field<?>>();
        columns.add(BucketTable.ordinal(pairs).as(BucketTable.ORDINAL.getName()));
        columns.add(UnitTables.unit(pairs).as(UNIT));
        keys.forEach(key -> columns.add(SqlTypes.of(READ, key).as(key.getName())));
        parts().forEach(part -> columns.add(SqlTypes.of(READ, part).as(part)));
        return select(columns)
                .from(READ.join(pairs).on(UnitTables.unit(pairs).eq(UnitTables.unit(READ))))
                .where(isOfFrame(pairs));
    }

    /** With a line for each unit of the bucket, whatever was read in it. */
    private Select<?> stacked(List<Field<?>> keys) {
        var pairs = UnitTables.pairs(ticks.units());
        var seen = new ArrayList<Field<?>>();
        seen.add(BucketTable.ordinal(PLACED));
        keys.forEach(key -> seen.add(SqlTypes.of(PLACED, key)));
        var columns = new ArrayList<Field<?>>();
        columns.add(BucketTable.ordinal(pairs));
        columns.add(UnitTables.unit(pairs));
        keys.forEach(key -> columns.add(SqlTypes.of(SEEN, key)));
        parts().forEach(part -> columns.add(castNull(part)));
        Select<Record> everyUnit =
                select(columns)
                        .from(
                                selectDistinct(seen)
                                        .from(PLACED)
                                        .asTable(SEEN.getName())
                                        .join(pairs)
                                        .on(
                                                BucketTable.ordinal(pairs)
                                                        .eq(BucketTable.ordinal(SEEN))));
        return StatementCompiler.union(List.of(select(DSL.asterisk()).from(PLACED), everyUnit));
    }

    /** Of one unit. */
    private abstract class OfUnit implements RowColumns {
        @Override
        public Field<?> edge(Expr.TimeEdge edge) {
            return edge.isHere()
                    ? units.table().edge(edge)
                    : units.edge(units.table().ordinal(), edge);
        }

        @Override
        public Condition isKnownTo(Leaf leaf) {
            var coverage = CoverageTables.ofUnits(ticks);
            return Stream.concat(
                            Stream.of(leaf.where(), leaf.aggregation().value()),
                            leaf.aggregation().besides().stream())
                    .flatMap(expr -> Exprs.leavesIn(expr).stream())
                    .map(own -> ticks.own().leaves().get(own))
                    .flatMap(own -> (ofTotal ? own.readsOfTotal() : own.reads()).stream())
                    .distinct()
                    .map(coverage::isInside)
                    .reduce(coverage.hasBegun(), Condition::and);
        }
    }
}
