package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Read;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** How many units of time were read, beside what was read in them: where it was none, the values are those of nothing. */
final class UnitCounts {
    private UnitCounts() {}

    /** With a count of the units of each scan over them, which is empty where nothing was read in any. */
    static AnalysisPlan counted(AnalysisPlan plan) {
        return new AnalysisPlan(
                plan.time(),
                plan.keys(),
                counted(plan.cells()),
                plan.outputs(),
                plan.kinds(),
                plan.having(),
                plan.fillGaps(),
                plan.page(),
                plan.tallies(),
                plan.top(),
                plan.mapped());
    }

    private static Block counted(Block block) {
        var scans =
                block.scans().stream()
                        .map(scan ->
                                scan.with(counted(scan.relation()), scan.reach(), scan.where())
                                        .with(counted(scan.inUnits())))
                        .toList();
        var leaves = new ArrayList<>(block.leaves());
        for (int scan = 0; scan < scans.size(); scan++) {
            var count = countOf(scan);
            if (scans.get(scan).relation().areUnits() && !leaves.contains(count)) {
                leaves.add(count);
            }
        }
        return new Block(scans, leaves);
    }

    private static Scan.@Nullable InUnits counted(Scan.@Nullable InUnits in) {
        return in == null ? null : new Scan.InUnits(in.units(), counted(in.relation()));
    }

    private static Relation counted(Relation relation) {
        return switch (relation) {
            case Relation.Facts(var source, var placing, var own, var derived) ->
                    new Relation.Facts(source, placing, counted(own), derived);
            case Relation.Members(var entity, var pairs, var own) ->
                    new Relation.Members(entity, pairs, counted(own));
            case Relation.Ticks(var units, var own) -> new Relation.Ticks(units, counted(own));
        };
    }

    private static Leaf countOf(int scan) {
        return new Leaf(scan, Expr.TRUE, new Aggregation.Count(), true, Type.COUNT, Set.<Read>of());
    }

    /**
     * The value of a leaf over units.
     *
     * @param read what was aggregated of the leaves of its block
     * @param nothing the leaves of its scan where nothing is read
     */
    static Field<Object> value(int index, Block block, Table<?> read, Table<?> nothing) {
        var leaf = block.leaves().get(index);
        int counts = block.leaves().indexOf(countOf(leaf.scan()));
        var count = SqlTypes.of(read, LeafColumns.of(counts, block.leaves().get(counts)));
        return when(count.isNull(), value(index, leaf, nothing))
                .otherwise(value(index, leaf, read));
    }

    static Field<Object> value(int index, Leaf leaf, Table<?> read) {
        var parts =
                LeafColumns.parts(index, leaf).stream()
                        .<Field<?>>map(part -> SqlTypes.of(read, part))
                        .toList();
        return orNothing(leaf, LeafColumns.value(leaf, parts));
    }

    static Field<Object> orNothing(Leaf leaf, Field<Object> value) {
        return LeafColumns.overNothing(leaf)
                .<Field<Object>>map(nothing -> coalesce(value, nothing))
                .orElse(value);
    }
}
