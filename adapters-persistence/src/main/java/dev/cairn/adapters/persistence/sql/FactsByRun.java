package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;

import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouped;
import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouping;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Merge;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Facts that are read for several buckets: those of the same buckets and groups are aggregated first, and these aggregates are put into each of the buckets.
 * With 28 days by day a fact is touched once, and not 28 times.
 */
final class FactsByRun {
    private static final Table<?> PACKED = DSL.table(name("packed"));
    private static final String UNTIL = "until";

    private FactsByRun() {}

    /** Whether the values of the buckets can be made of aggregates of their parts, and nothing that is read depends on the bucket. */
    static boolean suits(Scan scan, Map<Integer, Leaf> leaves, Frame frame) {
        return !frame.isPacked()
                && !frame.isSingle()
                && scan.relation() instanceof Relation.Facts facts
                && placement(facts, frame).hasRuns()
                && new OwnTables(facts.own(), frame).areConstant()
                && leaves.values().stream()
                        .allMatch(leaf -> leaf.aggregation().merge() != Merge.WHOLE)
                && !Reads.readsTimeEdge(scan, List.copyOf(leaves.values()));
    }

    private static Placement placement(Relation.Facts facts, Frame frame) {
        return Placement.of(facts, frame, new FactRows.Columns(facts.source()));
    }

    static Grouped group(Scan scan, Map<Integer, Leaf> wanted, Frame frame, Grouping grouping) {
        var facts =
                ScanCompiler.group(
                        scan,
                        wanted,
                        frame.packed(),
                        new ByRun((Relation.Facts) scan.relation(), frame, grouping));
        var packed = new ArrayList<>(facts.groups());
        wanted.forEach((index, leaf) -> {
            var aggregates = Objects.requireNonNull(facts.leaves().get(index));
            packed.addAll(LeafColumns.named(index, leaf, aggregates));
        });
        var groups = new ArrayList<Field<?>>();
        for (var group : facts.groups()) {
            if (!group.getName().equals(UNTIL)) {
                groups.add(
                        group.getName().equals(BucketTable.ORDINAL.getName())
                                ? Frame.RUN.as(BucketTable.ORDINAL.getName())
                                : SqlTypes.of(PACKED, group).as(group.getName()));
            }
        }
        var columns = new ArrayList<>(groups);
        var totals = new LinkedHashMap<Integer, List<Field<?>>>();
        wanted.forEach((index, leaf) -> {
            LeafColumns.parts(index, leaf)
                    .forEach(part -> columns.add(SqlTypes.of(PACKED, part).as(part)));
            totals.put(index, LeafColumns.totals(index, leaf));
        });
        var rows = facts.select(packed).asTable(PACKED.getUnqualifiedName());
        return Grouped.of(
                select(columns)
                        .from(rows)
                        .crossJoin(
                                Frame.run(
                                        BucketTable.ordinal(PACKED),
                                        until(PACKED),
                                        placement((Relation.Facts) scan.relation(), frame)
                                                .longest())),
                groups,
                totals);
    }

    private static Field<Integer> until(Table<?> table) {
        return field(table.getUnqualifiedName().append(UNTIL), SQLDataType.INTEGER);
    }

    /** The groups of a fact, its first bucket and its last. */
    private record ByRun(Relation.Facts facts, Frame frame, Grouping grouping) implements Grouping {
        @Override
        public List<Expr> reads() {
            return grouping.reads();
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            var columns = new ArrayList<>(grouping.columns(rows, exprs));
            columns.add(placement(facts, frame).last().as(UNTIL));
            return columns;
        }
    }
}
