package dev.cairn.adapters.persistence.staging;

import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_BATCH;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_RUN;

import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.StoreFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;

/**
 * An import that is under way or was interrupted: its rows wait, batch by batch, in an unlogged table of their own. Whoever works on it holds a
 * lock of the session, so that nobody else takes it up.
 */
final class ImportRun {
    /** The space of the advisory locks of runs: any number that nobody else uses. */
    static final int LOCKS = 0x434f_5059;

    private static final String UNTIL_COMMIT = "pg_try_advisory_xact_lock";
    private static final String FOR_SESSION = "pg_try_advisory_lock";

    /** An interrupted run that nobody came back to for so many days is dropped by the next import. */
    private static final int DAYS_KEPT = 7;

    /** @param rows stored with this batch and those before it */
    private record Batch(long rows, UUID digest) {}

    private final DSLContext dsl;
    private final int id;
    private final List<Batch> batches;

    private ImportRun(DSLContext dsl, int id, List<Batch> batches) {
        this.dsl = dsl;
        this.id = id;
        this.batches = batches;
    }

    /** Begins a run, with a table of these columns. */
    static ImportRun begin(DSLContext dsl, String target, UUID layout, List<Field<?>> columns) {
        int id =
                dsl.insertInto(IMPORT_RUN, IMPORT_RUN.TARGET, IMPORT_RUN.LAYOUT)
                        .values(target, layout)
                        .returningResult(IMPORT_RUN.RUN_ID)
                        .fetchSingle()
                        .value1();
        if (!lock(dsl, FOR_SESSION, id)) {
            // A backup that was restored meanwhile has given the number anew.
            throw new StoreFailed(
                    "Another import, begun before a backup was restored, is still under way. Stop it.",
                    new IllegalStateException("run %d is locked".formatted(id)));
        }
        dsl.createTable(name(id)).columns(columns).execute();
        // jOOQ has no words for it. Nothing is to be vacuumed that is read once.
        Postgres.execute(
                dsl, "alter table %s set unlogged, set (autovacuum_enabled = off)", name(id));
        return new ImportRun(dsl, id, new ArrayList<>());
    }

    /** The interrupted run into the same target that begins with the same batch, and holds the most rows. */
    static Optional<ImportRun> resume(DSLContext dsl, String target, UUID layout, UUID first) {
        var last = DSL.max(IMPORT_BATCH.BATCH);
        var ids =
                dsl.select(IMPORT_RUN.RUN_ID)
                        .from(IMPORT_RUN)
                        .join(IMPORT_BATCH)
                        .using(IMPORT_RUN.RUN_ID)
                        .where(IMPORT_RUN.TARGET.eq(target))
                        .and(IMPORT_RUN.LAYOUT.eq(layout))
                        .groupBy(IMPORT_RUN.RUN_ID)
                        .having(
                                DSL.boolOr(
                                        IMPORT_BATCH
                                                .BATCH
                                                .eq(0)
                                                .and(IMPORT_BATCH.DIGEST.eq(first))))
                        .orderBy(last.desc())
                        .fetch(IMPORT_RUN.RUN_ID);
        for (int id : ids) {
            if (lock(dsl, UNTIL_COMMIT, id)) {
                var run = new ImportRun(dsl, id, batches(dsl, id));
                if (run.isWhole()) {
                    lock(dsl, FOR_SESSION, id);
                    return Optional.of(run);
                }
                run.end();
            }
        }
        return Optional.empty();
    }

    private static List<Batch> batches(DSLContext dsl, int id) {
        return dsl.selectFrom(IMPORT_BATCH)
                .where(IMPORT_BATCH.RUN_ID.eq(id))
                .orderBy(IMPORT_BATCH.BATCH)
                .fetch(row -> new Batch(row.get(IMPORT_BATCH.ROWS), row.get(IMPORT_BATCH.DIGEST)));
    }

    /** Not where another import has just ended it, nor where the server crashed, which empties unlogged tables. */
    private boolean isWhole() {
        return !batches.isEmpty()
                && dsl.fetchExists(
                        DSL.selectOne()
                                .where(
                                        DSL.function(
                                                        DSL.name("to_regclass"),
                                                        SQLDataType.OTHER,
                                                        DSL.inline(name().last()))
                                                .isNotNull()))
                && dsl.fetchExists(DSL.table(name()));
    }

    /** Drops the runs that nobody came back to. */
    static void dropForgotten(DSLContext dsl) {
        drop(dsl, IMPORT_RUN.TOUCHED.lt(DSL.currentInstant().minus(new DayToSecond(DAYS_KEPT))));
    }

    /** Drops the runs that nobody is at. */
    static void dropWaiting(DSLContext dsl) {
        drop(dsl, DSL.noCondition());
    }

    private static void drop(DSLContext dsl, Condition which) {
        var ids =
                dsl.select(IMPORT_RUN.RUN_ID)
                        .from(IMPORT_RUN)
                        .where(which)
                        .fetch(IMPORT_RUN.RUN_ID);
        for (int id : ids) {
            if (lock(dsl, UNTIL_COMMIT, id)) {
                new ImportRun(dsl, id, List.of()).end();
            }
        }
    }

    /** Rows stored. */
    long rows() {
        return batches.isEmpty() ? 0 : batches.getLast().rows();
    }

    boolean has(int batch, UUID digest) {
        return batch < batches.size() && batches.get(batch).digest().equals(digest);
    }

    /** Takes out the batches from a number on. */
    void cut(int from) {
        if (from >= batches.size()) {
            return;
        }
        batches.subList(from, batches.size()).clear();
        dsl.deleteFrom(IMPORT_BATCH)
                .where(IMPORT_BATCH.RUN_ID.eq(id))
                .and(IMPORT_BATCH.BATCH.ge(from))
                .execute();
        dsl.deleteFrom(DSL.table(name()))
                .where(DSL.field(Staging.LINE.getUnqualifiedName(), Long.class).gt(rows()))
                .execute();
    }

    /** Writes down that a batch is stored. */
    void add(long rows, UUID digest) {
        dsl.insertInto(IMPORT_BATCH)
                .set(IMPORT_BATCH.RUN_ID, id)
                .set(IMPORT_BATCH.BATCH, batches.size())
                .set(IMPORT_BATCH.ROWS, rows)
                .set(IMPORT_BATCH.DIGEST, digest)
                .execute();
        dsl.update(IMPORT_RUN)
                .set(IMPORT_RUN.TOUCHED, DSL.currentInstant())
                .where(IMPORT_RUN.RUN_ID.eq(id))
                .execute();
        batches.add(new Batch(rows, digest));
    }

    /** Removes all that there is of it but the lock. */
    void end() {
        dsl.dropTableIfExists(name()).execute();
        dsl.deleteFrom(IMPORT_RUN).where(IMPORT_RUN.RUN_ID.eq(id)).execute();
    }

    Name name() {
        return name(id);
    }

    /** The rows that wait. */
    Table<Record> table(String alias) {
        return DSL.table(name()).as(alias);
    }

    private static Name name(int id) {
        return DSL.name("import_" + id);
    }

    /** Gives up the locks that a session has. */
    static void unlockAll(DSLContext dsl) {
        dsl.select(DSL.function(DSL.name("pg_advisory_unlock_all"), SQLDataType.OTHER)).execute();
    }

    /** Whether nobody else has it. */
    private static boolean lock(DSLContext dsl, String function, int id) {
        return dsl.select(
                        DSL.function(
                                DSL.name(function),
                                SQLDataType.BOOLEAN,
                                DSL.inline(LOCKS),
                                DSL.inline(id)))
                .fetchSingle()
                .value1();
    }
}
