package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jooq.DSLContext;
import org.jooq.impl.DefaultConnectionProvider;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * Worlds that are there while their transaction is: closing rolls it back, and the database is as it was. To make a database and a session for each world takes
 * longer than to ask it. Nobody else sees such a world, so what needs two sessions takes {@link WorldDatabases}.
 */
final class PassingWorlds implements AutoCloseable {
    private static final Map<TestServer, Queue<Connection>> FREE = new ConcurrentHashMap<>();

    private final TestServer server;
    private final List<Connection> taken = new ArrayList<>();

    PassingWorlds(TestServer server) {
        this.server = server;
    }

    /** On one connection, with a database of its own. */
    DSLContext of(World world) {
        try {
            var connection = free();
            taken.add(connection);
            var dsl = Postgres.dsl(new DefaultConnectionProvider(connection));
            var session = connection.unwrap(PGConnection.class);
            session.setAutosave(AutoSave.NEVER);
            WorldTables.write(dsl, world);
            session.setAutosave(AutoSave.ALWAYS);
            return dsl;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Connection free() throws SQLException {
        var free = FREE.computeIfAbsent(server, _ -> new ConcurrentLinkedQueue<>()).poll();
        return free == null ? connected() : free;
    }

    /** A statement that fails leaves the transaction as it was before it. */
    private Connection connected() throws SQLException {
        var database = server.databaseLike("changelog", MigratedDatabase::migrate);
        var connection =
                DriverManager.getConnection(
                        database.url()
                                + (database.url().contains("?") ? "&" : "?")
                                + "autosave=always",
                        database.user(),
                        database.password());
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : taken) {
            connection.rollback();
            FREE.get(server).add(connection);
        }
        taken.clear();
    }
}
