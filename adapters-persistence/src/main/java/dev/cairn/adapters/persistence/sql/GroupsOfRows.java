package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * What is read for the group of each row: aggregated by the keys, before it meets the rows.
 *
 * @param scan of the rows that are read, with the keys as the rows have them that it is read for
 */
record GroupsOfRows(Scan scan, boolean isSingle) implements ScanCompiler.Grouping {
    @Override
    public List<Expr> reads() {
        return scan.keys();
    }

    @Override
    public List<Field<?>> columns(RowSet rows, ExprCompiler exprs) {
        var columns = new ArrayList<Field<?>>();
        for (int key = 0; key < scan.keys().size(); key++) {
            Field<?> value = value(exprs, scan.keys().get(key), key);
            columns.add(value.as(nameOf(key)));
        }
        if (!isSingle) {
            columns.add(rows.bucket().as(BucketTable.ORDINAL));
        }
        return columns;
    }

    /** @param read the groups; one that is not there has read nothing */
    RowSet beside(Table<Record> read, RowSet rows) {
        // Written out: what the rows read beside it gets its columns later.
        var exprs = CommonValues.beside(rows.from(), rows.columns(), List.of()).exprs();
        var isSame =
                IntStream.range(0, scan.group().size())
                        .mapToObj(key -> isSame(read, key, exprs))
                        .reduce(
                                isSingle
                                        ? DSL.noCondition()
                                        : BucketTable.ordinal(read).eq(rows.bucket()),
                                Condition::and);
        return new RowSet(
                rows.from().leftJoin(read).on(isSame),
                rows.where(),
                rows.bucket(),
                rows.account(),
                rows.user(),
                rows.mayLackAccount(),
                rows.columns());
    }

    /** In two comparisons, so that PostgreSQL looks the group up: it does not for what tells no values apart. */
    private Condition isSame(Table<?> read, int key, ExprCompiler exprs) {
        Field<Object> ofRow = SqlTypes.typed(value(exprs, scan.group().get(key), key));
        Field<Object> ofGroup =
                DSL.field(read.getUnqualifiedName().append(nameOf(key)), ofRow.getDataType());
        Field<Object> none = SqlTypes.typed(none(kind(key)));
        return DSL.field(ofGroup.isNull())
                .eq(DSL.field(ofRow.isNull()))
                .and(coalesce(ofGroup, none).eq(coalesce(ofRow, none)));
    }

    private Field<?> value(ExprCompiler exprs, Expr expr, int key) {
        return exprs.as(kind(key), expr);
    }

    /** Of a key as its own rows have it, which may be an integer where the others have a decimal. */
    private Kind kind(int key) {
        var kinds =
                List.of(scan.keys().get(key).type().kind(), scan.group().get(key).type().kind());
        return kinds.contains(Kind.DOUBLE)
                ? Kind.DOUBLE
                : kinds.contains(Kind.DECIMAL) ? Kind.DECIMAL : kinds.getFirst();
    }

    private static String nameOf(int key) {
        return "k" + key;
    }

    /** What stands for no value beside a comparison of whether there is one. */
    private static Field<?> none(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> inline(false);
            case TEXT, NONE, BROKEN -> inline("");
            case INTEGER, DECIMAL, DOUBLE -> inline(0);
            case DATE, TIMESTAMP -> inline("epoch").cast(SqlTypes.of(kind));
        };
    }
}
