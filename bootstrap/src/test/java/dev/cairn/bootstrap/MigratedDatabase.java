package dev.cairn.bootstrap;

import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;

/** Databases that have the tables already: made by the changelog once in a JVM, then copied, which is quicker. */
public final class MigratedDatabase {
    private MigratedDatabase() {}

    public static TestDatabase create() {
        return TestServer.shared()
                .databaseLike(
                        "changelog", empty -> new SchemaMigration(empty.dataSource()).migrate());
    }
}
