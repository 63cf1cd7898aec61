package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Ways along links that begin at what is read beside a row: at an attribute of its account, or of what other links lead to. */
final class FurtherLinks {
    private FurtherLinks() {}

    /** All of them, each behind those that it begins with. */
    static List<List<Expr.Hop>> in(Collection<Expr> read) {
        var ways = new LinkedHashSet<List<Expr.Hop>>();
        for (var expr : read) {
            Exprs.any(
                    expr,
                    part -> {
                        if (part instanceof Expr.Linked linked
                                && !linked.hops().getFirst().isOfFields()) {
                            for (int last = 1; last <= linked.hops().size(); last++) {
                                ways.add(List.copyOf(linked.hops().subList(0, last)));
                            }
                        }
                        return false;
                    });
        }
        return ways.stream()
                .sorted(
                        Comparator.<List<Expr.Hop>>comparingInt(FurtherLinks::depth)
                                .thenComparing(List::size)
                                .thenComparing(List::toString))
                .toList();
    }

    /** How many ways stand one behind the other; of what begins at fields of the row none. */
    static int depth(List<Expr.Hop> way) {
        return way.getFirst().isOfFields()
                ? 0
                : 1 + way.getFirst().from().stream().mapToInt(FurtherLinks::depth).max().orElse(0);
    }

    private static int depth(Expr expr) {
        return expr instanceof Expr.Linked linked
                ? depth(linked.hops())
                : Exprs.operands(expr).stream().mapToInt(FurtherLinks::depth).max().orElse(0);
    }

    /** Whether it begins at what an attribute was at some time. */
    static boolean isAsOf(List<Expr.Hop> way) {
        return !way.getFirst().isOfFields()
                && way.getFirst().from().stream()
                        .anyMatch(from ->
                                Exprs.any(
                                        from,
                                        part ->
                                                Exprs.attribute(part)
                                                        .filter(read -> read.asOf() != null)
                                                        .isPresent()));
    }

    /**
     * The rows with what the ways lead to.
     *
     * @param ways each behind those that it begins with
     * @param toAttributes those to members of whom attributes are read as they are known now
     * @param columns of the rows
     */
    static Table<?> beside(
            Table<?> rows,
            RowColumns columns,
            List<List<Expr.Hop>> ways,
            Collection<List<Expr.Hop>> toAttributes,
            Field<Long> account,
            BiFunction<Field<?>, Type.Kind, Condition> isKnown,
            @Nullable Instant knownAt) {
        var from = rows;
        for (var way : ways) {
            var key =
                    way.size() == 1
                            ? valuesOf(from, columns, way.getFirst())
                            : LinkedRows.key(way, FactRows.FACT);
            from =
                    LinkedRows.joined(
                            from, way, key, toAttributes.contains(way), account, isKnown, knownAt);
        }
        return from;
    }

    private static List<Field<?>> valuesOf(Table<?> from, RowColumns columns, Expr.Hop hop) {
        var exprs = CommonValues.beside(from, columns, List.of()).exprs();
        var values = new ArrayList<Field<?>>();
        hop.from().forEach(value -> values.add(exprs.field(value)));
        return values;
    }
}
