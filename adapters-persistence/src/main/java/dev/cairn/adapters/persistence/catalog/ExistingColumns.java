package dev.cairn.adapters.persistence.catalog;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.domain.change.StoredRows;
import dev.cairn.domain.model.DataType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The columns that a table has.
 *
 * @param types PostgreSQL's name of each column's type; empty where there is no such table
 */
record ExistingColumns(DSLContext dsl, Name table, Map<String, String> types) {
    private static final Name COLUMNS = DSL.name("information_schema", "columns");

    static ExistingColumns of(DSLContext dsl, Name table) {
        Field<String> column = DSL.field(COLUMNS.append("column_name"), SQLDataType.VARCHAR);
        Field<String> type = DSL.field(COLUMNS.append("data_type"), SQLDataType.VARCHAR);
        var types =
                dsl.select(column, type)
                        .from(DSL.table(COLUMNS))
                        .where(
                                DSL.field(COLUMNS.append("table_schema"), SQLDataType.VARCHAR)
                                        .eq(DSL.currentSchema()))
                        .and(
                                DSL.field(COLUMNS.append("table_name"), SQLDataType.VARCHAR)
                                        .eq(table.last()))
                        .fetchMap(column, type);
        return new ExistingColumns(dsl, table, types);
    }

    boolean none() {
        return types.isEmpty();
    }

    boolean has(Field<?> column) {
        return types.containsKey(column.getName());
    }

    /** Whether the column is there with another type. */
    boolean differs(Field<?> column, DataType wanted) {
        return has(column) && !ColumnType.catalogName(wanted).equals(types.get(column.getName()));
    }

    /** Those of a kind that are not among the columns given, each with its type. */
    Map<String, DataType> others(Predicate<String> isWanted, Collection<Field<?>> columns) {
        var others = new TreeMap<String, DataType>();
        types.forEach((column, type) -> {
            if (isWanted.test(column)
                    && columns.stream().noneMatch(one -> one.getName().equals(column))) {
                Arrays.stream(DataType.values())
                        .filter(one -> ColumnType.catalogName(one).equals(type))
                        .findFirst()
                        .ifPresent(one -> others.put(column, one));
            }
        });
        return others;
    }

    /** The column as it is read; null where the table has none of its type. */
    Field<?> read(Field<?> column, DataType type) {
        return has(column) && !differs(column, type) ? column : DSL.castNull(column.getDataType());
    }

    /** How many rows of that kind the table has. */
    long count(StoredRows rows, Function<dev.cairn.domain.model.Field, Field<?>> columns) {
        return switch (rows) {
            case StoredRows.All _ -> count(DSL.noCondition());
            case StoredRows.Empty(var field) ->
                    has(columns.apply(field)) ? count(columns.apply(field).isNull()) : 0;
            case StoredRows.Filled(var field) ->
                    has(columns.apply(field)) ? count(columns.apply(field).isNotNull()) : 0;
            case StoredRows.Holding(var field, var value) ->
                    has(columns.apply(field))
                            ? count(
                                    columns.apply(field)
                                            .coerce(Object.class)
                                            .eq(DSL.val(value, columns.apply(field).getDataType())))
                            : 0;
        };
    }

    private long count(Condition which) {
        return dsl.selectCount().from(DSL.table(table)).where(which).fetchSingle().value1();
    }

    /** Adds the column where it is missing; one of another type, which then holds no value, gives way. */
    void add(Field<?> column, DataType wanted) {
        if (differs(column, wanted)) {
            dsl.alterTable(table).dropColumn(column.getUnqualifiedName()).execute();
        } else if (has(column)) {
            return;
        }
        dsl.alterTable(table)
                .addColumn(DSL.field(column.getUnqualifiedName(), ColumnType.declared(wanted)))
                .execute();
    }
}
