package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DefaultConnectionProvider;

/** Databases that hold a world each; closing drops them. */
final class WorldDatabases implements AutoCloseable {
    private final TestServer server;
    private final List<TestDatabase> databases = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();

    WorldDatabases(TestServer server) {
        this.server = server;
    }

    /** On one connection. */
    DSLContext of(World world) {
        var database = server.databaseLike("changelog", MigratedDatabase::migrate);
        databases.add(database);
        try {
            var connection = database.connect();
            connections.add(connection);
            var dsl = Postgres.dsl(new DefaultConnectionProvider(connection));
            WorldTables.write(dsl, world);
            return dsl;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    TestDatabase last() {
        return databases.getLast();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
        databases.forEach(TestDatabase::close);
        connections.clear();
        databases.clear();
    }
}
