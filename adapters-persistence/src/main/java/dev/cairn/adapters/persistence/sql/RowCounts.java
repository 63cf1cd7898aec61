package dev.cairn.adapters.persistence.sql;

import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static org.jooq.impl.DSL.currentSchema;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.cairn.adapters.persistence.definition.StoredDefinitions;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.domain.model.Mapping;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** How many rows tables have and how many values their columns, as PostgreSQL itself expects; as of the last time somebody had it looked at. Safe for concurrent use. */
public final class RowCounts {
    private static final Field<String> TABLE =
            field(name("relation", "relname"), SQLDataType.VARCHAR);
    private static final Field<Double> ROWS =
            field(name("relation", "reltuples"), SQLDataType.DOUBLE);
    private static final Field<Long> ITS_SCHEMA =
            field(name("relation", "relnamespace"), SQLDataType.BIGINT);
    private static final Field<Long> SCHEMA = field(name("schema", "oid"), SQLDataType.BIGINT);
    private static final Field<String> SCHEMA_NAME =
            field(name("schema", "nspname"), SQLDataType.VARCHAR);
    private static final Field<String> SCHEMA_OF_COLUMN =
            field(name("schemaname"), SQLDataType.VARCHAR);
    private static final Field<String> TABLE_OF_COLUMN =
            field(name("tablename"), SQLDataType.VARCHAR);
    private static final Field<String> COLUMN = field(name("attname"), SQLDataType.VARCHAR);
    private static final Field<Double> VALUES = field(name("n_distinct"), SQLDataType.DOUBLE);

    private final DSLContext dsl;
    private volatile TableSizes sizes = TableSizes.UNKNOWN;

    public RowCounts(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Two statements on the catalogue of PostgreSQL, and one for each source that is mapped on a table; called by a clock outside, never while a question is answered. */
    public void refresh() {
        var rows =
                new HashMap<>(
                        dsl.select(TABLE, ROWS)
                                .from(table(name("pg_catalog", "pg_class")).as("relation"))
                                .join(table(name("pg_catalog", "pg_namespace")).as("schema"))
                                .on(SCHEMA.eq(ITS_SCHEMA))
                                .where(SCHEMA_NAME.eq(currentSchema()))
                                .and(holdsData(TABLE))
                                .fetchMap(TABLE, ROWS));
        StoredDefinitions.mapped(dsl)
                .forEach(mapped ->
                        rows.put(
                                mapped.members() == null
                                        ? StoreTables.fact(mapped.source().name()).getName()
                                        : ACCOUNT.getName(),
                                rowsOf(mapped.mapping())));
        var values =
                dsl.select(TABLE_OF_COLUMN, COLUMN, VALUES)
                        .from(table(name("pg_catalog", "pg_stats")))
                        .where(SCHEMA_OF_COLUMN.eq(currentSchema()))
                        .and(holdsData(TABLE_OF_COLUMN))
                        .collect(
                                Collectors.groupingBy(
                                        row -> row.get(TABLE_OF_COLUMN),
                                        Collectors.toMap(
                                                row -> row.get(COLUMN),
                                                row -> row.get(VALUES),
                                                Math::max)));
        sizes = new TableSizes(rows, values);
    }

    /** Of a view nothing is expected. */
    private double rowsOf(Mapping mapping) {
        return dsl.select(ROWS)
                .from(table(name("pg_catalog", "pg_class")).as("relation"))
                .join(table(name("pg_catalog", "pg_namespace")).as("schema"))
                .on(SCHEMA.eq(ITS_SCHEMA))
                .where(SCHEMA_NAME.eq(mapping.schema()))
                .and(TABLE.eq(mapping.table()))
                .fetchOptional(ROWS)
                .orElse(0.0);
    }

    private static Condition holdsData(Field<String> table) {
        return FactTable.isName(table)
                .or(table.in(ACCOUNT.getName(), ACCOUNT_USER.getName()))
                .or(AttributeTable.isName(table))
                .or(HistoryTable.isName(table));
    }

    TableSizes sizes() {
        return sizes;
    }
}
