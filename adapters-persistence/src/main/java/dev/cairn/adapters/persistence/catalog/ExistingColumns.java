package dev.cairn.adapters.persistence.catalog;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.domain.model.DataType;
import java.util.Map;
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

    boolean anyValue(Field<?> column) {
        return dsl.fetchExists(DSL.selectOne().from(DSL.table(table)).where(column.isNotNull()));
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
