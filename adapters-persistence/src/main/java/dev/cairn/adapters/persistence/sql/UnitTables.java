package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.arrayGet;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.cairn.domain.plan.Block;
import dev.cairn.domain.plan.Relation;
import dev.cairn.domain.plan.Units;
import java.util.ArrayList;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The common tables of units of time: their edges, why each is outside of the coverage, and which of them are of each bucket. */
final class UnitTables {
    private UnitTables() {}

    static String nameOf(Units units) {
        return "unit" + units.number();
    }

    /** Which unit is of which bucket. */
    static Table<?> pairs(Units units) {
        return DSL.table(name(nameOf(units) + "_of"));
    }

    static Field<Integer> unit(Table<?> table) {
        return DSL.field(table.getUnqualifiedName().append("unit"), SQLDataType.INTEGER);
    }

    /** Of all units that a block reads. */
    static List<CommonTableExpression<?>> of(Block block) {
        var tables = new ArrayList<CommonTableExpression<?>>();
        for (var scan : block.scans()) {
            if (scan.relation() instanceof Relation.Ticks ticks) {
                tables.addAll(CoverageTables.ofUnits(ticks).ofBuckets());
                tables.add(common(ticks.units()));
            }
            tables.addAll(of(scan.relation().own()));
            if (scan.inUnits() != null) {
                tables.addAll(AgedRows.coverage(block, scan).ofBuckets());
                tables.add(common(scan.inUnits().units()));
                tables.addAll(of(scan.inUnits().relation().own()));
            }
        }
        return tables;
    }

    private static CommonTableExpression<?> common(Units units) {
        var pairs = units.pairs();
        Field<Integer> place = DSL.field(name("n", "n"), SQLDataType.INTEGER);
        return name(pairs(units).getName())
                .as(
                        select(
                                        arrayGet(
                                                        val(
                                                                pairs.stream()
                                                                        .map(Units.Pair::bucket)
                                                                        .toArray(Integer[]::new)),
                                                        place)
                                                .as(BucketTable.ORDINAL.getName()),
                                        arrayGet(
                                                        val(
                                                                pairs.stream()
                                                                        .map(Units.Pair::unit)
                                                                        .toArray(Integer[]::new)),
                                                        place)
                                                .as("unit"))
                                .from(
                                        generateSeries(inline(1), inline(pairs.size()))
                                                .as("n", "n")));
    }
}
