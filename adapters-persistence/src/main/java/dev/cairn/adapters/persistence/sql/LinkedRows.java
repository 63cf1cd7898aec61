package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows that links lead to, beside the facts that say their keys: each is there once at most, as a key is of one row in force, so no fact is counted twice. A fact
 * whose link leads nowhere stays, without them.
 */
final class LinkedRows {
    /** Of the longest name that PostgreSQL tells from others. */
    private static final int LONGEST = 63;

    private LinkedRows() {}

    /**
     * @param ways from the facts, along one link or several; each with all that it begins with
     * @param account of the fact
     * @param isKnown of the time of a row: whether it is there
     * @param knownAt rows that were in force then; null: those in force now
     */
    static Table<?> beside(
            Table<?> facts,
            FactTable fact,
            Collection<List<Expr.Hop>> ways,
            Field<Long> account,
            BiFunction<Field<?>, Type.Kind, Condition> isKnown,
            @Nullable Instant knownAt) {
        var from = facts;
        for (var way : ways) {
            var parent = table(way);
            var hop = way.getLast();
            var child = way.size() == 1 ? fact : table(way.subList(0, way.size() - 1));
            var on =
                    IntStream.range(0, hop.key().size())
                            .mapToObj(part ->
                                    equal(
                                            column(child, hop.from().get(part)),
                                            column(parent, hop.key().get(part))))
                            .reduce(
                                    parent.counted(knownAt)
                                            .and(
                                                    isKnown.apply(
                                                            column(parent, hop.time()),
                                                            hop.time().type().kind())),
                                    Condition::and);
            from =
                    from.leftJoin(StoreTables.fact(hop.source()).as(parent.name()))
                            .on(hop.withinAccount() ? on.and(parent.accountId().eq(account)) : on);
        }
        return from;
    }

    static Field<?> field(Expr.Linked linked) {
        return column(table(linked.hops()), linked.field());
    }

    private static Condition equal(Field<?> one, Field<?> other) {
        return SqlTypes.<Object>typed(one).eq(SqlTypes.<Object>typed(other));
    }

    private static Field<?> column(FactTable table, Expr.Field field) {
        return StoreTables.column(table.table(), FactTable.columnOf(field.name()), field.type());
    }

    /** The table that the last hop of a way leads to, under the name that it has beside the facts. */
    private static FactTable table(List<Expr.Hop> way) {
        String name =
                way.stream().map(Expr.Hop::link).collect(Collectors.joining(".", "fact.", ""));
        return new FactTable(
                DSL.name(
                        name.length() <= LONGEST
                                ? name
                                : name.substring(0, LONGEST - 9)
                                        + "."
                                        + Integer.toHexString(name.hashCode())));
    }
}
