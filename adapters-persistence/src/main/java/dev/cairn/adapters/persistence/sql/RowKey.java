package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The key of a row, as the rows say it that point at it: these are aggregated by it before they meet the row, so that none is counted twice.
 *
 * @param hop from the rows to the one that they point at
 */
record RowKey(Expr.Hop hop) {
    private List<Expr.Field> key() {
        return hop.row().orElseThrow().key();
    }

    private static String nameOf(int part) {
        return "k" + part;
    }

    private List<Field<?>> parts(Function<Integer, Field<?>> part) {
        return IntStream.range(0, key().size())
                .<Field<?>>mapToObj(index -> part.apply(index).as(nameOf(index)))
                .toList();
    }

    /** The key of the rows that are pointed at. */
    List<Field<?>> ofRows(ExprCompiler rows) {
        return parts(part -> rows.field(key().get(part)));
    }

    /**
     * Whether a line of aggregates is of a row.
     *
     * @param row gives the fields of the row
     */
    Condition isOf(Table<?> read, Function<Expr.Field, Field<?>> row, Field<Long> account) {
        var isSame = isSame(read, part -> row.apply(key().get(part)));
        return hop.withinAccount()
                ? isSame.and(StoreTables.id(read, "account_id").eq(account))
                : isSame;
    }

    /** Whether a fact points at the row of a line. */
    Condition isPointedAt(Table<?> rows) {
        var child = new FactRows.Columns(hop.fields().getFirst().source());
        var isSame = isSame(rows, part -> child.field(hop.fields().get(part)));
        return hop.withinAccount()
                ? isSame.and(StoreTables.id(rows, "account_id").eq(FactRows.ACCOUNT))
                : isSame;
    }

    private Condition isSame(Table<?> lines, Function<Integer, Field<?>> key) {
        return IntStream.range(0, key().size())
                .mapToObj(part -> {
                    Field<Object> said = SqlTypes.typed(key.apply(part));
                    return DSL.field(
                                    lines.getUnqualifiedName().append(nameOf(part)),
                                    said.getDataType())
                            .eq(said);
                })
                .reduce(DSL.noCondition(), Condition::and);
    }

    /** Of the rows that point. */
    ScanCompiler.Grouping grouping(boolean isSingle) {
        return new Pointing(isSingle);
    }

    private final class Pointing implements ScanCompiler.Grouping {
        private final boolean isSingle;

        Pointing(boolean isSingle) {
            this.isSingle = isSingle;
        }

        @Override
        public List<Expr> reads() {
            return List.of();
        }

        @Override
        public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
            var group = new ArrayList<>(parts(part -> exprs.field(hop.from().get(part))));
            if (hop.withinAccount()) {
                group.add(rows.account().as("account_id"));
            }
            if (!isSingle) {
                group.add(rows.bucket().as(BucketTable.ORDINAL));
            }
            return group;
        }
    }
}
