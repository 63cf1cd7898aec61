package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.currentSchema;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** How many rows tables have, as PostgreSQL itself expects; as of the last time somebody had it looked at. Safe for concurrent use. */
public final class RowCounts {
    private final DSLContext dsl;
    private volatile Map<String, Double> rows = Map.of();

    public RowCounts(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** One statement on the catalogue of PostgreSQL; called by a clock outside, never while a question is answered. */
    public void refresh() {
        var relation = field(name("relation", "relname"), SQLDataType.VARCHAR);
        var expected = field(name("relation", "reltuples"), SQLDataType.DOUBLE);
        var itsSchema = field(name("relation", "relnamespace"), SQLDataType.BIGINT);
        var schema = field(name("schema", "oid"), SQLDataType.BIGINT);
        var schemaName = field(name("schema", "nspname"), SQLDataType.VARCHAR);
        rows =
                Map.copyOf(
                        dsl.select(relation, expected)
                                .from(table(name("pg_catalog", "pg_class")).as("relation"))
                                .join(table(name("pg_catalog", "pg_namespace")).as("schema"))
                                .on(schema.eq(itsSchema))
                                .where(schemaName.eq(currentSchema()))
                                .and(
                                        relation.startsWith("fact_")
                                                .or(relation.startsWith("account")))
                                .fetchMap(relation, expected));
    }

    /** 0 where nothing is known. */
    double of(Table<?> table) {
        return Math.max(0, rows.getOrDefault(table.getName(), 0d));
    }
}
