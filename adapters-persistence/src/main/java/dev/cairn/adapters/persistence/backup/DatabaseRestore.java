package dev.cairn.adapters.persistence.backup;

import dev.cairn.adapters.persistence.backup.SchemaShape.TableShape;
import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.BackupProgress;
import dev.cairn.application.port.RestoreOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Puts what an archive holds in the place of what a database holds. All of it is made and filled in a schema of its own and takes the place
 * in the end, in one transaction: whatever goes wrong, nothing has changed, and who asks meanwhile is answered from what was there before.
 */
public final class DatabaseRestore {
    /** The rows that the changelog itself puts into tables. A table with others is in use. */
    private static final Map<String, String> FRESH =
            Map.of(
                    "databasechangelog", "true",
                    "databasechangeloglock", "true",
                    "catalog_version", "version = 0",
                    "account", "account_id = 0",
                    "seal_key", "true");

    private static final String NOT_ALLOWED = "42501";

    private final DataSource database;

    public DatabaseRestore(DataSource database) {
        this.database = database;
    }

    /**
     * Takes an archive back.
     *
     * @param replace whether what the database holds is given up; else it has to be empty
     */
    public RestoreOutcome restore(Path file, boolean replace, BackupProgress progress)
            throws IOException {
        try (ArchiveReader archive = new ArchiveReader(file);
                Connection connection = database.getConnection()) {
            Manifest manifest = archive.manifest();
            if (!SchemaMigration.unknown(manifest.changesets()).isEmpty()) {
                return new RestoreOutcome.TooNew(manifest.cairn());
            }
            archive.verify();
            connection.setAutoCommit(false);
            try {
                Postgres.lockWriters(DSL.using(connection, SQLDialect.POSTGRES));
                Optional<String> used = replace ? Optional.empty() : firstUsed(connection);
                if (used.isPresent()) {
                    return new RestoreOutcome.NotEmpty(used.get());
                }
                new Replacement(connection, archive, progress).carryOut();
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            new SchemaMigration(database).migrate();
            return new RestoreOutcome.Restored(
                    manifest.content().size(), manifest.rows(), manifest.cairn());
        } catch (DamagedArchive e) {
            return new RestoreOutcome.Damaged(String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                return new RestoreOutcome.NotAllowed(String.valueOf(e.getMessage()));
            }
            throw new IllegalStateException(e);
        }
    }

    /** The name of a table that somebody put something in. */
    private static Optional<String> firstUsed(Connection connection) throws SQLException {
        for (TableShape table : SchemaShape.of(connection).tables()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    "select exists (select from %s where not (%s))"
                                            .formatted(
                                                    DatabaseBackup.quoted(table.name()),
                                                    FRESH.getOrDefault(table.name(), "false")))) {
                row.next();
                if (row.getBoolean(1)) {
                    return Optional.of(table.name());
                }
            }
        }
        return Optional.empty();
    }
}
