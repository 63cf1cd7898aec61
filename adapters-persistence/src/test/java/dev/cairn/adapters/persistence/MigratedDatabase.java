package dev.cairn.adapters.persistence;

import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.sql.Connection;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL with the tables of the changelog, for one test. */
public final class MigratedDatabase implements AfterEachCallback, AutoCloseable {
    private final TestDatabase database =
            TestServer.shared().databaseLike("changelog", MigratedDatabase::migrate);

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

    private static void migrate(TestDatabase empty) throws Exception {
        try (Connection connection = empty.connect()) {
            var liquibase =
                    new Liquibase(
                            "db/changelog/db.changelog-master.yaml",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(
                                            new JdbcConnection(connection)));
            Scope.child(
                    Scope.Attr.ui, new LoggerUIService(), () -> liquibase.update(new Contexts()));
        }
    }
}
