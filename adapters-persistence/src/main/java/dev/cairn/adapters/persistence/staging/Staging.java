package dev.cairn.adapters.persistence.staging;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.StoreFailures;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.FactStore.DeclaredAnew;
import dev.cairn.domain.model.DataType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows on their way to be merged by statements over all of them. They are stored by COPY in batches, one while the next is filled, each
 * committed with what identifies it. Closed without {@link #merge} they stay, and an import of the same rows begins behind them: it compares
 * its batches with those that are there, and sends the ones that are not.
 */
public final class Staging implements AutoCloseable {
    private static final Name NAME = DSL.name("staging");

    /** Number of the row, from 1. */
    public static final Field<Long> LINE = DSL.field(NAME.append("line"), SQLDataType.BIGINT);

    /** What identifies what the row is about. */
    public static final Field<UUID> KEY = DSL.field(NAME.append("row_key"), SQLDataType.UUID);

    /** What stands before a key, so that nothing stands for none: unlike null that equals itself, and rows can be joined by it. */
    private static final String NO_SUCH_TABLE = "42P01";

    private static final String SOME = "=";

    private static final String NONE = "";

    /** Key of an account, behind {@code =}; empty: of no account. */
    public static final Field<String> ACCOUNT_KEY =
            DSL.field(NAME.append("account_key"), SQLDataType.CLOB);

    /** Key of a user of that account, behind {@code =}; empty: of no user. */
    public static final Field<String> USER_KEY =
            DSL.field(NAME.append("user_key"), SQLDataType.CLOB);

    /** A batch is to be well worth its commit, and small beside the memory of a client. */
    public static final int BATCH_BYTES = 4 << 20;

    private final Connection connection;
    private final DSLContext transaction;
    private final String target;
    private final List<Field<?>> content;
    private final int batchBytes;
    private final KeyDigest digest = new KeyDigest();
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("import").factory());
    private @Nullable Future<?> sending;
    private CopyBatch filling = new CopyBatch();
    private CopyBatch sent = new CopyBatch();
    private long lines;

    /** Both of the sender, and of the caller when nothing is being sent. */
    private @Nullable ImportRun run;

    private int batches;

    private volatile long resumed;

    private Staging(Connection connection, String target, List<Field<?>> values, int batchBytes) {
        this.connection = connection;
        this.transaction =
                DSL.using(new DefaultConnectionProvider(connection), SQLDialect.POSTGRES);
        this.target = target;
        this.content = Stream.concat(Stream.of(ACCOUNT_KEY, USER_KEY), values.stream()).toList();
        this.batchBytes = batchBytes;
    }

    /** A column of the rows; qualified by the name that the rows have. */
    public static <T> Field<T> column(String name, org.jooq.DataType<T> type) {
        return DSL.field(NAME.append(name), type);
    }

    /**
     * @param target what the rows are imported into
     * @param values columns beside the keys; text among them is compared by code point
     * @param batchBytes a batch of that many bytes is stored
     */
    public static Staging open(
            DataSource dataSource, String target, List<Field<?>> values, int batchBytes) {
        try {
            var connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            return new Staging(connection, target, values, batchBytes);
        } catch (SQLException e) {
            throw StoreFailures.of(e);
        }
    }

    /** Drops the rows of imports that were interrupted, those that are under way aside. */
    public static void dropWaiting(DSLContext transaction) {
        ImportRun.dropWaiting(transaction);
    }

    /** All rows; of a merge. */
    public Table<Record> table() {
        return table(NAME.last());
    }

    /** All rows under another name than that which the columns have. */
    Table<Record> table(String alias) {
        if (run == null) {
            throw new IllegalStateException("there are no rows yet");
        }
        return run.table(alias);
    }

    /** The key of an account or user that is staged; null where there is none. */
    public static Field<String> key(Field<String> staged) {
        return DSL.when(staged.ne(NONE), DSL.substring(staged, SOME.length() + 1));
    }

    /** What is staged where there is no key. */
    public static Field<String> noKey() {
        return DSL.inline(NONE);
    }

    /** A key as it is staged. */
    public static Field<String> written(Field<String> key) {
        return DSL.concat(DSL.inline(SOME), key);
    }

    /** All that a row says: the account, the user, and its values. */
    List<Field<?>> content() {
        return content;
    }

    /** Whether two values of one type differ; two nulls do not. */
    public static Condition distinct(Field<?> left, Field<?> right) {
        return left.coerce(Object.class).isDistinctFrom(right.coerce(Object.class));
    }

    /** Adds a row; its values as {@link Storable} gives them, in the order of the columns. */
    public void add(
            UUID key,
            @Nullable String account,
            @Nullable String user,
            List<@Nullable Object> values) {
        filling.add(
                ++lines,
                key,
                account == null ? NONE : SOME + account,
                user == null ? NONE : SOME + user,
                values);
        if (filling.length() >= batchBytes) {
            send();
        }
    }

    /** Hands over what is filled, once the batch before it is stored. */
    private void send() {
        awaitSent();
        var batch = filling;
        long upTo = lines;
        filling = sent;
        filling.clear();
        sent = batch;
        sending = sender.submit(() -> store(batch, upTo));
    }

    private void awaitSent() {
        var last = sending;
        sending = null;
        try {
            if (last != null) {
                last.get();
            }
        } catch (ExecutionException e) {
            throw StoreFailures.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows are sent", e);
        }
    }

    private void store(CopyBatch batch, long upTo) {
        var identity = batch.digest(digest);
        try {
            if (run == null) {
                ImportRun.dropForgotten(transaction);
                run = ImportRun.resume(transaction, target, layout(), identity).orElse(null);
                resumed = run == null ? 0 : run.rows();
                connection.commit();
            }
            if (run == null || !run.has(batches, identity)) {
                var into = run == null ? begin() : run;
                into.cut(batches);
                resumed = Math.min(resumed, into.rows());
                copy(batch, into);
                into.add(upTo, identity);
                connection.commit();
                run = into;
            }
            batches++;
        } catch (SQLException | IOException | DataAccessException e) {
            throw failure(e);
        }
    }

    /** The tables of an import are gone where a backup has taken the place of all that there was. */
    private static RuntimeException failure(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && NO_SUCH_TABLE.equals(sql.getSQLState())) {
                return new StoreFailed(
                        "A backup was restored while the import was under way.", failed);
            }
        }
        return StoreFailures.of(failed);
    }

    private void copy(CopyBatch batch, ImportRun into) throws SQLException, IOException {
        // No name of anybody's is in it: the columns are taken in order.
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "copy %s from stdin (format binary)"
                                .formatted(transaction.render(into.name())),
                        batch.complete());
    }

    private ImportRun begin() {
        return ImportRun.begin(transaction, target, layout(), columns());
    }

    private List<Field<?>> columns() {
        var columns = new ArrayList<Field<?>>(List.of(LINE, KEY));
        for (Field<?> column : content) {
            boolean isText = column.getDataType().getSQLDataType() == SQLDataType.CLOB;
            org.jooq.DataType<?> type =
                    isText ? ColumnType.declared(DataType.TEXT) : column.getDataType();
            columns.add(DSL.field(column.getUnqualifiedName(), type));
        }
        return columns;
    }

    /** Rows of another layout cannot follow each other. */
    private UUID layout() {
        var text = new StringBuilder();
        for (Field<?> column : columns()) {
            text.append(column.getName())
                    .append(' ')
                    .append(column.getDataType().getTypeName())
                    .append('\n');
        }
        return digest.of(text);
    }

    /** Rows added. */
    public long lines() {
        return lines;
    }

    /** How many rows, from the first on, an interrupted import stored; until one differs. */
    public long resumed() {
        return resumed;
    }

    /** Runs a merge over all rows, removes them, and commits; a trial takes back what the merge does, and keeps the rows for a load that is none. */
    public <T> T merge(Function<DSLContext, T> merge, boolean isTrial) {
        return merge(
                locking -> {
                    Postgres.lockWriters(locking);
                    return locking;
                },
                (_, locked) -> merge.apply(locked),
                isTrial);
    }

    /** Brings rows into the table in the course of a merge, which are of no batch. */
    public RowCopy late() {
        if (run == null) {
            throw new IllegalStateException("there is no table yet");
        }
        return new RowCopy(transaction, run.name());
    }

    /**
     * The same.
     *
     * @param lock locks writers, and gives what the merge is told
     * @param isTrial takes back what the merge does; the rows stay, for a load that is no trial
     */
    public <L, T> T merge(
            Function<DSLContext, L> lock, BiFunction<DSLContext, L, T> merge, boolean isTrial) {
        if (!filling.isEmpty()) {
            send();
        }
        awaitSent();
        try {
            if (run == null) {
                run = begin();
            }
            // Before anything is locked that a restore is about to drop.
            var locked = lock.apply(transaction);
            prepare(run);
            T result = merge.apply(transaction, locked);
            if (isTrial) {
                connection.rollback();
                return result;
            }
            run.end();
            connection.commit();
            return result;
        } catch (DeclaredAnew e) {
            if (run != null) {
                drop(run);
            }
            throw e;
        } catch (SQLException | RuntimeException e) {
            throw StoreFailures.of(e);
        }
    }

    private void prepare(ImportRun all) {
        try {
            all.cut(batches);
            transaction.setLocal(DSL.name("work_mem"), DSL.val("64MB")).execute();
            Postgres.analyze(transaction, all.name());
        } catch (DataAccessException e) {
            throw failure(e);
        }
    }

    /** Rows that were read by an earlier declaration are of no use to the next import. */
    private void drop(ImportRun useless) {
        try {
            connection.rollback();
            useless.end();
            connection.commit();
        } catch (SQLException e) {
            throw StoreFailures.of(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            sender.close();
            try {
                awaitSent();
            } finally {
                giveBack();
            }
        } catch (SQLException e) {
            throw StoreFailures.of(e);
        }
    }

    private void giveBack() throws SQLException {
        if (!connection.isClosed()) {
            connection.rollback();
            connection.setAutoCommit(true);
            ImportRun.unlockAll(transaction);
        }
    }
}
