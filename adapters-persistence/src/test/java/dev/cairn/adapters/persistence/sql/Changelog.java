package dev.cairn.adapters.persistence.sql;

import dev.cairn.testkit.database.TestDatabase;
import java.sql.SQLException;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;

/** The fixed tables. */
final class Changelog {
    private Changelog() {}

    static void run(TestDatabase empty) {
        try (var connection = empty.connect()) {
            var database =
                    DatabaseFactory.getInstance()
                            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
            new Liquibase(
                            "db/changelog/db.changelog-master.yaml",
                            new ClassLoaderResourceAccessor(),
                            database)
                    .update(new Contexts());
        } catch (SQLException | LiquibaseException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
