package dev.cairn.adapters.persistence.staging;

import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_BATCH;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_RUN;

import dev.cairn.adapters.persistence.schema.Postgres;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * An import whose first rows are stored and wait for the others.
 *
 * @param target what it is imported into
 * @param underWay whether somebody works on it; else it was interrupted
 */
public record WaitingImport(String target, long rows, Instant touched, boolean underWay) {

    /** Those of a database, the oldest first; nothing is locked for it. */
    public static List<WaitingImport> in(DataSource database) {
        var rows = DSL.coalesce(DSL.max(IMPORT_BATCH.ROWS), 0L);
        return Postgres.dsl(database)
                .select(IMPORT_RUN.TARGET, rows, IMPORT_RUN.TOUCHED, DSL.field(isLocked()))
                .from(IMPORT_RUN)
                .leftJoin(IMPORT_BATCH)
                .using(IMPORT_RUN.RUN_ID)
                .groupBy(IMPORT_RUN.RUN_ID)
                .orderBy(IMPORT_RUN.TOUCHED)
                .fetch(row ->
                        new WaitingImport(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    private static Condition isLocked() {
        var thisDatabase =
                DSL.select(number("pg_database", "oid"))
                        .from(DSL.name("pg_database"))
                        .where(
                                DSL.field(DSL.name("pg_database", "datname"), String.class)
                                        .eq(
                                                DSL.function(
                                                        DSL.name("current_database"),
                                                        SQLDataType.VARCHAR)));
        return DSL.exists(
                DSL.selectOne()
                        .from(DSL.name("pg_locks"))
                        .where(
                                DSL.field(DSL.name("pg_locks", "locktype"), String.class)
                                        .eq("advisory"))
                        .and(number("pg_locks", "database").eq(thisDatabase))
                        .and(number("pg_locks", "classid").eq((long) ImportRun.LOCKS))
                        .and(
                                number("pg_locks", "objid")
                                        .eq(IMPORT_RUN.RUN_ID.cast(SQLDataType.BIGINT))));
    }

    /** An object identifier as a number. */
    private static Field<Long> number(String table, String column) {
        return DSL.field(DSL.name(table, column), Object.class).cast(SQLDataType.BIGINT);
    }
}
