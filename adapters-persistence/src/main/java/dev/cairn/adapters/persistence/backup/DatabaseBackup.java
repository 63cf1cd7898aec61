package dev.cairn.adapters.persistence.backup;

import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_BATCH;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_RUN;

import dev.cairn.adapters.persistence.backup.Manifest.Content;
import dev.cairn.adapters.persistence.backup.Manifest.Sequence;
import dev.cairn.adapters.persistence.backup.SchemaShape.TableShape;
import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.application.port.BackupOutcome;
import dev.cairn.application.port.BackupProgress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Writes all that a database holds, as it is at one moment, to one file. Questions and imports go on meanwhile. Of imports that are not
 * done nothing is in it: run again on what is restored, they begin at their first row.
 */
public final class DatabaseBackup {
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String SEQUENCES =
            """
            select c.relname, a.attname, last.number
            from pg_class c
            join pg_attribute a on a.attrelid = c.oid and a.attidentity <> ''
            cross join lateral pg_sequence_last_value(
                pg_get_serial_sequence(quote_ident(c.relname), a.attname)::regclass) last(number)
            where c.relnamespace = current_schema()::regnamespace and last.number is not null
            order by c.relname, a.attname
            """;

    private final DataSource database;
    private final String cairnVersion;

    public DatabaseBackup(DataSource database, String cairnVersion) {
        this.database = database;
        this.cairnVersion = cairnVersion;
    }

    public BackupOutcome writeTo(Path file, BackupProgress progress) throws IOException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                SchemaShape shape = lockedShape(connection);
                List<String> foreign = SchemaShape.notCovered(connection);
                return foreign.isEmpty()
                        ? write(connection, shape, file, progress)
                        : new BackupOutcome.Refused(foreign);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private BackupOutcome write(
            Connection connection, SchemaShape shape, Path file, BackupProgress progress)
            throws SQLException, IOException {
        try (ArchiveWriter archive = new ArchiveWriter(file)) {
            List<Content> content = new ArrayList<>();
            long before = 0;
            for (TableShape table :
                    shape.tables().stream().filter(DatabaseBackup::isKept).toList()) {
                Content rows = copy(connection, archive, table, before, progress);
                content.add(rows);
                before += rows.rows();
            }
            archive.finish(
                    new Manifest(
                            Manifest.FORMAT,
                            cairnVersion,
                            connection.getMetaData().getDatabaseProductVersion(),
                            SchemaMigration.done(connection),
                            shape,
                            content,
                            sequences(connection)));
            return new BackupOutcome.Written(content.size(), before);
        }
    }

    /** What waits to be imported is not kept, so nothing may say that it is there. */
    private static boolean isKept(TableShape table) {
        return table.rows()
                && !table.name().equals(IMPORT_RUN.getName())
                && !table.name().equals(IMPORT_BATCH.getName());
    }

    /**
     * Locks all tables against changes of their columns, and only then lets the transaction see its moment: to lock is the one thing that may
     * be done before. Where a table came or went meanwhile, once more.
     */
    private static SchemaShape lockedShape(Connection connection) throws SQLException {
        while (true) {
            SchemaShape seen = SchemaShape.of(connection);
            connection.rollback();
            try (Statement statement = connection.createStatement()) {
                for (TableShape table : seen.tables()) {
                    statement.execute(
                            "lock table only %s in access share mode"
                                    .formatted(quoted(table.name())));
                }
                if (SchemaShape.of(connection).equals(seen)) {
                    return seen;
                }
            } catch (SQLException e) {
                if (!NO_SUCH_TABLE.equals(e.getSQLState())) {
                    throw e;
                }
            }
            connection.rollback();
        }
    }

    private static Content copy(
            Connection connection,
            ArchiveWriter archive,
            TableShape table,
            long before,
            BackupProgress progress)
            throws SQLException, IOException {
        Checked checked = new Checked(rows -> progress.at(table.name(), before + rows, 0));
        OutputStream target = archive.table(table.name(), checked);
        long rows =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("copy %s to stdout".formatted(columnsOf(table)), target);
        return new Content(table.name(), rows, checked.sha256InHex());
    }

    /** Those that have given a number; the others start as they were made to. */
    private static List<Sequence> sequences(Connection connection) throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                sequences.add(new Sequence(rows.getString(1), rows.getString(2), rows.getLong(3)));
            }
        }
        return sequences;
    }

    /** A table with its columns, as {@code copy} wants them. */
    static String columnsOf(TableShape table) {
        return "%s (%s)"
                .formatted(
                        quoted(table.name()),
                        String.join(
                                ", ",
                                table.columns().stream().map(DatabaseBackup::quoted).toList()));
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
