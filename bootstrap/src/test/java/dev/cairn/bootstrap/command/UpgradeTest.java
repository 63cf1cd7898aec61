package dev.cairn.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.backup.DatabaseBackup;
import dev.cairn.adapters.persistence.migration.SchemaMigration;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.Test;

/** A database that an earlier version filled, as that version kept it, under the current program. */
class UpgradeTest extends TypedCommands {
    private static final String[] QUESTION = {
        "query",
        "logins",
        "seconds",
        "--range",
        "2026-01..2026-02",
        "--grain",
        "month",
        "--zone",
        "Europe/Berlin",
        "--format",
        "csv"
    };
    private static final String[] ANSWER = {"2026-01-01,2,80", "2026-02-01,1,130"};

    /** Of which the fixture was made. */
    private static final String FILE =
            "id,at,customer,duration\n1,2026-01-05 08:00,acme,10\n2,2026-01-05 09:30,,70\n3,2026-02-07 10:00,bolt,130\n";

    @Test
    void database_of_the_first_changelog_is_migrated_and_answers_as_before() throws Exception {
        fillAsTheFirstChangelogDid(database);

        assertThat(cairn(QUESTION)).isZero();

        assertThat(said().lines()).endsWith(ANSWER);
        assertThat(new SchemaMigration(database.dataSource()).state().isUpToDate()).isTrue();
        assertThat(cairn("import", "login", file("login.csv", FILE))).isZero();
        assertThat(said()).containsPattern("duplicates +3\\b").containsPattern("loaded +0\\b");
    }

    @Test
    void backup_of_the_first_changelog_is_restored_migrated_and_answers_as_before()
            throws Exception {
        var backup = folder.resolve("old.backup");
        try (var old = TestServer.shared().emptyDatabase()) {
            fillAsTheFirstChangelogDid(old);
            new DatabaseBackup(old.dataSource(), "0.0.1").writeTo(backup, (_, _, _) -> {});
        }

        assertThat(cairn("restore", backup.toString())).isZero();

        assertThat(new SchemaMigration(database.dataSource()).state().isUpToDate()).isTrue();
        assertThat(cairn(QUESTION)).isZero();
        assertThat(said().lines()).endsWith(ANSWER);
    }

    private static void fillAsTheFirstChangelogDid(TestDatabase empty) throws Exception {
        try (var connection = empty.connect();
                var fixture =
                        Objects.requireNonNull(
                                UpgradeTest.class.getResourceAsStream("/upgrade/0001.sql"))) {
            var liquibase =
                    new Liquibase(
                            "db/changelog/0001-accounts-and-definitions.sql",
                            new ClassLoaderResourceAccessor(),
                            DatabaseFactory.getInstance()
                                    .findCorrectDatabaseImplementation(
                                            new JdbcConnection(connection)));
            Scope.child(
                    Scope.Attr.ui, new LoggerUIService(), () -> liquibase.update(new Contexts()));
            connection.setAutoCommit(true);
            connection
                    .createStatement()
                    .execute(new String(fixture.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
