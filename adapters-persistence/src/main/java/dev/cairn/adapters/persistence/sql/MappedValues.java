package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.systemName;
import static org.jooq.impl.DSL.when;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.plan.MappedRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The values of a source whose rows stay in a table of their own, as its table of facts would hold them: a column for each field, computed ones too. A
 * condition on one is one on the table's own column where both are of one type, so that an index of the table serves it.
 */
final class MappedValues {
    private static final Name OWN = name("own");
    private static final Name FACT = name("fact");

    private final MappedRows rows;
    private final LocalTimes local;

    MappedValues(MappedRows rows) {
        this.rows = rows;
        this.local = LocalTimes.in(rows.source().zone());
    }

    static Table<Record> table(Mapping mapping) {
        return DSL.table(name(mapping.schema(), mapping.table()));
    }

    /** Rows without a time, with one that is infinite, or with an empty part of their key are none, as none of them is taken in from a file. */
    Select<Record> select() {
        var read = new ArrayList<org.jooq.Field<?>>();
        var where = MappedColumns.areAsDeclared(rows.source(), rows.mapping());
        for (var field : rows.source().fields()) {
            if (field.isRead()) {
                var value = bound(field, value(field));
                read.add(value.as(FactTable.columnOf(field.name())));
                where = where.and(isPlaced(field, value(field)));
                if (rows.source().key().contains(field.name())) {
                    where = where.and(value.isNotNull());
                }
            }
        }
        Select<Record> values = DSL.select(read).from(table(rows.mapping()).as(OWN)).where(where);
        for (var field : rows.source().fields()) {
            var formula = rows.formulas().get(field.name());
            if (formula != null) {
                values = with(field, formula, values);
            }
        }
        return taken(values);
    }

    /** A column that says something of all rows, and not of one. */
    static org.jooq.Field<Object> column(String column) {
        return DSL.field(OWN.append(column), Object.class);
    }

    /** The table as {@link #column} has it. */
    static Table<?> own(Mapping mapping) {
        return table(mapping).as(OWN);
    }

    private org.jooq.Field<?> value(Field field) {
        var raw = column(field.column());
        var typed = typed(field, raw);
        return field.missing().isEmpty()
                ? typed
                : when(
                                raw.cast(SQLDataType.CLOB).notIn(field.missing()),
                                SqlTypes.<Object>typed(typed))
                        .otherwise(DSL.castNull(SqlTypes.<Object>typed(typed).getDataType()));
    }

    private org.jooq.Field<?> typed(Field field, org.jooq.Field<Object> raw) {
        return switch (field.type()) {
            case TEXT -> raw.cast(SQLDataType.CLOB).collate(ExprCompiler.BY_CODE_POINT);
            case INTEGER -> raw.cast(SQLDataType.BIGINT);
            case DECIMAL, MONEY -> number(raw.cast(SQLDataType.NUMERIC));
            case BOOLEAN -> raw.coerce(SQLDataType.BOOLEAN);
            case DATE -> finite(field, raw.cast(ColumnType.of(DataType.DATE)));
            case TIMESTAMP ->
                    finite(
                            field,
                            field.notation().isLocal()
                                    ? local.instant(raw.coerce(SQLDataType.LOCALDATETIME))
                                    : raw.coerce(SQLDataType.INSTANT));
        };
    }

    /** What is no number, or infinite, is no value. */
    private static org.jooq.Field<BigDecimal> number(org.jooq.Field<BigDecimal> value) {
        var none =
                List.of("NaN", "Infinity", "-Infinity").stream()
                        .map(text -> inline(text).cast(SQLDataType.NUMERIC))
                        .toList();
        return when(value.notIn(none), value);
    }

    /** Of the time that a row is placed by that is a condition on the row. */
    private org.jooq.Field<?> finite(Field field, org.jooq.Field<?> time) {
        return field.name().equals(rows.source().placing())
                ? time
                : when(isFinite(time), SqlTypes.<Object>typed(time));
    }

    private Condition isPlaced(Field field, org.jooq.Field<?> time) {
        return field.name().equals(rows.source().placing()) ? isFinite(time) : DSL.noCondition();
    }

    private static Condition isFinite(org.jooq.Field<?> time) {
        return DSL.condition(function(systemName("isfinite"), SQLDataType.BOOLEAN, time));
    }

    private static org.jooq.Field<?> bound(Field field, org.jooq.Field<?> value) {
        if (field.min() == null && field.max() == null) {
            return value;
        }
        org.jooq.Field<BigDecimal> number = SqlTypes.typed(value);
        Condition within = DSL.noCondition();
        if (field.min() != null) {
            within = within.and(number.ge(inline(field.min())));
        }
        if (field.max() != null) {
            within = within.and(number.le(inline(field.max())));
        }
        return when(within, number);
    }

    /** The rows with one more field, which is computed from those before it. */
    private Select<Record> with(Field field, Expr formula, Select<Record> values) {
        var common =
                CommonValues.beside(
                        values.asTable(FACT),
                        new FactRows.Columns(rows.source().name()),
                        List.of(formula));
        var type = ColumnType.declared(field.type());
        var value =
                formula.type().isWild()
                        ? DSL.castNull(type)
                        : common.exprs().field(formula).cast(type);
        var columns = columns(values);
        columns.add(bound(field, value).as(FactTable.columnOf(field.name())));
        return DSL.select(columns).from(common.from()).where(isPlaced(field, value));
    }

    private Select<Record> taken(Select<Record> values) {
        var where = rows.where();
        if (where == null) {
            return values;
        }
        var common =
                CommonValues.beside(
                        values.asTable(FACT),
                        new FactRows.Columns(rows.source().name()),
                        List.of(where));
        return DSL.select(columns(values))
                .from(common.from())
                .where(common.exprs().condition(where));
    }

    /** Those of the rows so far, under the name that they have in the next table. */
    private static List<org.jooq.Field<?>> columns(Select<Record> values) {
        return new ArrayList<>(List.of(values.asTable(FACT).fields()));
    }
}
