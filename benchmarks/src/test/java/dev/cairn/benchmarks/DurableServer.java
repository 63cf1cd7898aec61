package dev.cairn.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.files.definition.DefinitionFile;
import dev.cairn.adapters.files.definition.DefinitionReader;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.application.port.in.DefineUseCase.Outcome;
import dev.cairn.application.port.in.DefineUseCase.Request;
import dev.cairn.application.service.Catalogs;
import dev.cairn.application.service.DefineService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The embedded PostgreSQL with its own settings: unlike in tests, what is committed is on the disk. */
final class DurableServer implements AutoCloseable {
    private final EmbeddedPostgres server;
    private int databases;

    DurableServer() throws IOException, SQLException {
        server =
                EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var fsync = statement.executeQuery("show fsync")) {
            fsync.next();
            assertThat(fsync.getString(1)).isEqualTo("on");
        }
    }

    /** A new database in which this is defined. The one before it is dropped. */
    DataSource databaseWith(String definitions) throws Exception {
        var postgres = server.getPostgresDatabase();
        execute(postgres, "drop database if exists benchmark_%d".formatted(databases));
        databases++;
        execute(postgres, "create database benchmark_%d".formatted(databases));
        var database = server.getDatabase("postgres", "benchmark_%d".formatted(databases));
        make(database, definitions);
        return database;
    }

    /** The tables, in a database without any. */
    static void make(DataSource database, String definitions) throws Exception {
        new SchemaMigration(database).migrate();
        define(database, definitions);
    }

    private static void define(DataSource database, String definitions) {
        var store = new JooqDefinitionStore(database);
        var read =
                DefinitionReader.read(List.of(new DefinitionFile("definitions.yaml", definitions)));
        var outcome =
                new DefineService(new Catalogs(store), store)
                        .define(new Request(read.drafts(), false, false));
        if (!read.problems().isEmpty() || outcome instanceof Outcome.Rejected) {
            throw new IllegalStateException("%s %s".formatted(read.problems(), outcome));
        }
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection()) {
            execute(connection, sql);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
