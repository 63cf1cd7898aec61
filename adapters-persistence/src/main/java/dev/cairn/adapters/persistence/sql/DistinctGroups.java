package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.boolOr;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.nullif;
import static org.jooq.impl.DSL.select;

import dev.cairn.adapters.persistence.sql.ScanCompiler.Grouped;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.Merge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Distinct values counted as groups of their own: PostgreSQL can hash these, where it sorts all rows for {@code count(distinct)}. It has to have an idea of
 * how many there are, as with ids; with none it sorts here too, and nothing is gained.
 */
final class DistinctGroups {
    private static final String VALUE = "v";

    private DistinctGroups() {}

    /** Whether the leaves count distinct values of one kind, and what is beside them can be made of its parts. */
    static boolean suit(Collection<Leaf> leaves) {
        return leaves.stream()
                                .map(Leaf::aggregation)
                                .filter(Aggregation.Distinct.class::isInstance)
                                .distinct()
                                .count()
                        == 1
                && leaves.stream().allMatch(DistinctGroups::suits);
    }

    private static boolean suits(Leaf leaf) {
        return (isDistinct(leaf) || leaf.aggregation().merge() != Merge.WHOLE)
                && !leaf.inUnits()
                && !leaf.mayLackRate();
    }

    private static boolean isDistinct(Leaf leaf) {
        return leaf.aggregation() instanceof Aggregation.Distinct;
    }

    /**
     * @param value of a row, for a leaf of distinct ones
     * @param rowsOf the rows of a leaf; null: all
     */
    static Grouped of(
            Grouped rows,
            Map<Integer, Leaf> wanted,
            Function<Leaf, Field<?>> value,
            Function<Leaf, @Nullable Condition> rowsOf) {
        var columns = new ArrayList<>(rows.groups());
        var groups = new ArrayList<>(rows.groups());
        var counts = new LinkedHashMap<Integer, List<Field<?>>>();
        wanted.forEach((index, leaf) -> {
            var of = rowsOf.apply(leaf);
            var column = LeafColumns.of(index, leaf);
            if (!isDistinct(leaf)) {
                columns.addAll(
                        LeafColumns.named(
                                index, leaf, Objects.requireNonNull(rows.leaves().get(index))));
                counts.put(index, LeafColumns.totals(index, leaf));
                return;
            }
            var read = value.apply(leaf);
            if (groups.size() == rows.groups().size()) {
                groups.add(read);
                columns.add(read.as(VALUE));
            }
            var counted = count(field(name(VALUE), read.getDataType()));
            if (of != null) {
                columns.add(boolOr(of).as(column.getName()));
            }
            var isOf = condition(field(name(column.getName()), SQLDataType.BOOLEAN));
            var all = of == null ? counted : counted.filterWhere(isOf);
            counts.put(index, List.of(nullif(all.coerce(SQLDataType.BIGINT), inline(0L))));
        });
        return Grouped.of(select(columns).from(rows.rows()).groupBy(groups), rows.groups(), counts);
    }
}
