package dev.cairn.adapters.persistence;

import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL with the tables of the changelog, for one test. */
public final class MigratedDatabase implements AfterEachCallback, AutoCloseable {
    private final TestDatabase database =
            TestServer.shared().databaseLike("changelog", MigratedDatabase::migrate);

    public TestDatabase database() {
        return database;
    }

    public DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        database.close();
    }

    public static void migrate(TestDatabase empty) {
        new SchemaMigration(empty.dataSource()).migrate();
    }
}
