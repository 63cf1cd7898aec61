package dev.cairn.adapters.persistence.staging;

import dev.cairn.adapters.persistence.schema.ColumnType;
import dev.cairn.domain.model.DataType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
import org.postgresql.copy.CopyIn;

/**
 * A transaction with a temporary table: rows stream into it by COPY, in constant memory, and are then merged by statements over the whole
 * of it. Closed without {@link #merge} nothing of it remains.
 */
public final class Staging implements AutoCloseable {
    private static final Name NAME = DSL.name("staging");

    /** Number of the row, from 1. */
    public static final Field<Long> LINE = DSL.field(NAME.append("line"), SQLDataType.BIGINT);

    /** What identifies what the row is about. */
    public static final Field<UUID> KEY = DSL.field(NAME.append("row_key"), SQLDataType.UUID);

    /** Key of an account; null: of no account. */
    public static final Field<String> ACCOUNT_KEY =
            DSL.field(NAME.append("account_key"), SQLDataType.CLOB);

    /** Key of a user of that account; null: of no user. */
    public static final Field<String> USER_KEY =
            DSL.field(NAME.append("user_key"), SQLDataType.CLOB);

    private static final int CHUNK = 1 << 16;

    private final Connection connection;
    private final DSLContext transaction;
    private final CopyText text = new CopyText();
    private @Nullable CopyIn copy;
    private final List<Field<?>> content;
    private long lines;

    private Staging(Connection connection, List<Field<?>> values) {
        this.connection = connection;
        this.content = Stream.concat(Stream.of(ACCOUNT_KEY, USER_KEY), values.stream()).toList();
        this.transaction =
                DSL.using(new DefaultConnectionProvider(connection), SQLDialect.POSTGRES);
    }

    /** A column of the temporary table; qualified by its name. */
    public static <T> Field<T> column(String name, org.jooq.DataType<T> type) {
        return DSL.field(NAME.append(name), type);
    }

    public static Table<Record> table() {
        return DSL.table(NAME);
    }

    /** @param values columns beside the keys; text among them is compared by code point */
    public static Staging open(DataSource dataSource, List<Field<?>> values) {
        Staging staging = new Staging(connect(dataSource), values);
        try {
            staging.connection.setAutoCommit(false);
            staging.create();
            // No name of anybody's is in it: the columns are taken in order.
            staging.copy =
                    staging.connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy staging from stdin");
            return staging;
        } catch (SQLException | RuntimeException e) {
            staging.close();
            throw failed(e);
        }
    }

    private static Connection connect(DataSource dataSource) {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void create() {
        var table =
                transaction
                        .createTemporaryTable(NAME)
                        .column(LINE.getUnqualifiedName(), LINE.getDataType())
                        .column(KEY.getUnqualifiedName(), KEY.getDataType());
        for (Field<?> column : content) {
            boolean isText = column.getDataType().getSQLDataType() == SQLDataType.CLOB;
            table =
                    table.column(
                            column.getUnqualifiedName(),
                            isText ? ColumnType.declared(DataType.TEXT) : column.getDataType());
        }
        table.onCommitDrop().execute();
    }

    /** All that a row says: the account, the user, and its values. */
    List<Field<?>> content() {
        return content;
    }

    /** Whether two values of one type differ; two nulls do not. */
    public static Condition distinct(Field<?> left, Field<?> right) {
        return left.coerce(Object.class).isDistinctFrom(right.coerce(Object.class));
    }

    /** Sends a row; its values as {@link Storable} gives them, in the order of the columns. */
    public void add(
            UUID key,
            @Nullable String account,
            @Nullable String user,
            List<@Nullable Object> values) {
        var row = new ArrayList<@Nullable Object>(values.size() + 4);
        row.add(++lines);
        row.add(key);
        row.add(account);
        row.add(user);
        row.addAll(values);
        text.add(row);
        if (text.length() >= CHUNK) {
            send();
        }
    }

    private void send() {
        if (copy == null) {
            throw new IllegalStateException("the load is over");
        }
        byte[] bytes = text.take();
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Rows sent. */
    public long lines() {
        return lines;
    }

    /** Runs a merge over all rows and commits. */
    public <T> T merge(Function<DSLContext, T> merge) {
        send();
        try {
            if (copy != null) {
                copy.endCopy();
                copy = null;
            }
            transaction.setLocal(DSL.name("work_mem"), DSL.val("64MB")).execute();
            analyze(table());
            T result = merge.apply(transaction);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Lets PostgreSQL look at a table that has just been filled, so that the next statements are planned for what is in it. */
    public void analyze(Table<?> filled) {
        try (var statement = connection.createStatement()) {
            statement.execute("analyze " + transaction.render(filled));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (connection.isClosed()) {
                return;
            }
            if (copy != null && copy.isActive()) {
                copy.cancelCopy();
            }
            copy = null;
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(Exception e) {
        return e instanceof RuntimeException unchecked
                ? unchecked
                : new DataAccessException(String.valueOf(e.getMessage()), e);
    }
}
