package dev.cairn.adapters.persistence.backup;

import dev.cairn.adapters.persistence.backup.Manifest.Content;
import dev.cairn.adapters.persistence.backup.Manifest.Sequence;
import dev.cairn.adapters.persistence.backup.SchemaShape.TableShape;
import dev.cairn.application.port.BackupProgress;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Makes and fills tables in a schema of their own, and then has them take the place of those that are there; within a transaction of the caller's. */
final class Replacement {
    private static final String STAGE = "cairn_restore";

    private final Connection connection;
    private final ArchiveReader archive;
    private final Manifest manifest;
    private final BackupProgress progress;

    Replacement(Connection connection, ArchiveReader archive, BackupProgress progress) {
        this.connection = connection;
        this.archive = archive;
        this.manifest = archive.manifest();
        this.progress = progress;
    }

    void carryOut() throws SQLException, IOException {
        String place = place();
        execute("create schema " + STAGE);
        execute("set local search_path to " + STAGE);
        for (TableShape table : manifest.shape().tables()) {
            execute(table.create());
        }
        fill();
        for (String statement : manifest.shape().afterwards()) {
            execute(statement);
        }
        for (Sequence sequence : manifest.sequences()) {
            moveOn(sequence);
        }
        countAsChange(place);
        execute("analyze " + names(filled()));
        execute("set local search_path to " + place);
        takePlace(place);
    }

    private String place() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select quote_ident(current_schema())")) {
            row.next();
            return row.getString(1);
        }
    }

    private void fill() throws SQLException, IOException {
        long before = 0;
        for (Content content : manifest.content()) {
            long done = before;
            Checked checked =
                    new Checked(rows -> progress.at(content.table(), done + rows, manifest.rows()));
            try (InputStream rows = archive.rowsOf(content, checked)) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy %s from stdin with (freeze)"
                                        .formatted(
                                                DatabaseBackup.columnsOf(
                                                        manifest.shapeOf(content))),
                                rows);
            }
            ArchiveReader.compare(content, checked);
            before += content.rows();
        }
    }

    /** PostgreSQL is not to plan the next import as if tables that are empty stayed so. The version of the catalogue is never empty. */
    private List<String> filled() {
        return manifest.content().stream()
                .filter(content -> content.rows() > 0)
                .map(Content::table)
                .toList();
    }

    private void moveOn(Sequence sequence) throws SQLException {
        try (PreparedStatement set =
                connection.prepareStatement("select setval(pg_get_serial_sequence(?, ?), ?)")) {
            set.setString(1, DatabaseBackup.quoted(sequence.table()));
            set.setString(2, sequence.column());
            set.setLong(3, sequence.last());
            set.execute();
        }
    }

    /** A service that has what was there before in memory sees by these numbers that it is no longer so. */
    private void countAsChange(String place) throws SQLException {
        execute(
                """
                update catalog_version now set version = greatest(now.version, before.version + 1)
                from %s.catalog_version before\
                """
                        .formatted(place));
        execute(
                """
                update source_state now set data_version = greatest(now.data_version, before.data_version + 1)
                from %s.source_state before where before.source = now.source\
                """
                        .formatted(place));
    }

    private void takePlace(String place) throws SQLException {
        List<String> given = new ArrayList<>(SchemaShape.waiting(connection));
        SchemaShape.of(connection).tables().forEach(table -> given.add(table.name()));
        if (!given.isEmpty()) {
            execute("drop table " + names(given));
        }
        for (TableShape table : manifest.shape().tables()) {
            execute(
                    "alter table %s.%s set schema %s"
                            .formatted(STAGE, DatabaseBackup.quoted(table.name()), place));
        }
        execute("drop schema " + STAGE);
    }

    private static String names(List<String> tables) {
        return tables.stream().map(DatabaseBackup::quoted).collect(Collectors.joining(", "));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
