package dev.cairn.adapters.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL with the tables of the changelog, for one test. */
public final class MigratedDatabase implements AfterEachCallback, AutoCloseable {
    private static final int MOST_CONNECTIONS = 20;

    private @Nullable HikariDataSource pool;
    private final TestDatabase database =
            TestServer.shared().databaseLike("changelog", MigratedDatabase::migrate);

    public TestDatabase database() {
        return database;
    }

    /** Of a pool, as in the service: a session of a new database costs more than most of what a test does in it. */
    public synchronized DataSource dataSource() {
        if (pool == null) {
            var config = new HikariConfig();
            config.setDataSource(database.dataSource());
            config.setMinimumIdle(0);
            config.setMaximumPoolSize(MOST_CONNECTIONS);
            pool = new HikariDataSource(config);
        }
        return pool;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
        database.close();
    }

    public static void migrate(TestDatabase empty) {
        new SchemaMigration(empty.dataSource()).migrate();
    }
}
