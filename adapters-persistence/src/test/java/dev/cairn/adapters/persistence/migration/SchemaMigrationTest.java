package dev.cairn.adapters.persistence.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldLoader;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
    private final TestDatabase database = TestServer.shared().emptyDatabase();
    private final SchemaMigration migration = new SchemaMigration(database.dataSource());

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void changesets_are_those_that_liquibase_finds() throws Exception {
        var resources = new ClassLoaderResourceAccessor();
        DatabaseChangeLog changelog =
                ChangeLogParserFactory.getInstance()
                        .getParser(Changesets.CHANGELOG, resources)
                        .parse(Changesets.CHANGELOG, new ChangeLogParameters(), resources);

        assertThat(Changesets.all())
                .containsExactlyElementsOf(
                        changelog.getChangeSets().stream()
                                .map(found -> new Changeset(found.getFilePath(), found.getId()))
                                .toList());
        assertThat(changelog.getChangeSets())
                .allMatch(changeset -> changeset.getAuthor().equals(Changeset.AUTHOR));
    }

    @Test
    void empty_database_gets_its_tables_once() throws SQLException {
        assertThat(migration.state().pending()).containsExactlyElementsOf(Changesets.all());

        migration.migrate();

        assertThat(migration.state().isUpToDate()).isTrue();
        assertThat(migration.migrate().isUpToDate()).isTrue();
        assertThat(ask("select count(*) from definition")).isEqualTo("0");
    }

    @Test
    void database_of_a_newer_program_is_left_alone() throws SQLException {
        migration.migrate();
        execute(
                """
                insert into databasechangelog
                select 'targets', author, 'db/changelog/0999-targets.sql', dateexecuted, 999, exectype, md5sum
                from databasechangelog limit 1
                """);
        execute("delete from databasechangelog where id = 'definitions'");

        assertThat(migration.migrate().unknown())
                .containsExactly(new Changeset("db/changelog/0999-targets.sql", "targets"));
        assertThat(migration.state().pending()).hasSize(1);
    }

    @Test
    void changelog_of_another_program_in_the_same_database_does_not_matter() throws SQLException {
        migration.migrate();
        execute(
                """
                insert into databasechangelog
                select '1', 'somebody', 'other.xml', dateexecuted, 999, exectype, md5sum
                from databasechangelog limit 1
                """);

        assertThat(migration.state().isUpToDate()).isTrue();
    }

    @Test
    void migration_that_was_killed_is_taken_up_again() throws SQLException {
        migration.migrate();
        execute("drop table definition, catalog_version");
        execute("delete from databasechangelog where id = 'definitions'");
        execute(
                """
                update databasechangeloglock
                set locked = true, lockgranted = now(), lockedby = 'a program that was killed'
                """);

        migration.migrate();

        assertThat(migration.state().isUpToDate()).isTrue();
        assertThat(ask("select count(*) from definition")).isEqualTo("0");
        assertThat(ask("select locked from databasechangeloglock")).isEqualTo("f");
    }

    @Test
    void index_of_the_time_of_facts_becomes_that_of_new_tables() throws SQLException {
        migration.migrate();
        var dataSource = database.dataSource();
        new WorldLoader(
                        new JooqDefinitionStore(dataSource),
                        new JooqAccountDirectory(dataSource),
                        new JooqFactStore(dataSource))
                .load(
                        World.world()
                                .source(SourceBuilder.source("visit").timestamp("seen_at"))
                                .source(SourceBuilder.source("payment").date("paid_on"))
                                .fact("visit", "2026-04-05T10:00:00Z")
                                .build());
        var indexes =
                "select string_agg(indexdef, ', ' order by indexname) from pg_indexes where indexname like 'time_of%'";
        var ofNewTables = ask(indexes);
        assertThat(ofNewTables).contains("INCLUDE (account_id, user_id) WHERE");
        execute("drop index time_of_fact_visit, time_of_fact_payment");
        execute("create index time_of_fact_visit on fact_visit (f_seen_at)");
        execute("create index time_of_fact_payment on fact_payment (f_paid_on)");
        execute("delete from databasechangelog where id = 'time-of-facts-in-force'");

        migration.migrate();

        assertThat(ask(indexes)).isEqualTo(ofNewTables);
    }

    @Test
    void two_at_once_do_it_once() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<SchemaMigration.State> start = migration::migrate;
            for (Future<?> end : threads.invokeAll(List.of(start, start))) {
                end.get();
            }
        }
        assertThat(migration.state().isUpToDate()).isTrue();
    }

    @Test
    void changesets_done_somewhere_else_are_compared_with_the_known_ones() {
        var newer = new Changeset("db/changelog/0999-targets.sql", "targets");
        var known = Changesets.all().iterator().next();

        assertThat(SchemaMigration.unknown(Set.of(known, newer))).containsExactly(newer);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
