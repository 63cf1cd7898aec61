package dev.cairn.adapters.persistence.migration;

import static dev.cairn.domain.model.DataType.DATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.domain.model.Entity;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldLoader;
import dev.cairn.testkit.database.TestDatabase;
import dev.cairn.testkit.database.TestServer;
import java.util.Locale;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a database kept as instants made of dates, before it kept the dates. */
class ExistenceByDateTest {
    private static final String EXISTENCE =
            """
            select concat_ws(' ', account_key, declared_start, declared_start_on, first_fact, first_fact_on, removed_at, removed_on)
            from account where account_id <> 0
            union all
            select concat_ws(' ', 'user', user_key, declared_start, declared_start_on, first_fact, first_fact_on, removed_at, removed_on)
            from account_user
            order by 1
            """;

    private final TestDatabase database = TestServer.shared().emptyDatabase();
    private final DSLContext dsl = Postgres.dsl(database.dataSource());

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void dates_of_what_is_stored_are_those_that_were_imported() {
        new SchemaMigration(database.dataSource()).migrate();
        load();
        var expected = dsl.fetch(EXISTENCE).getValues(0);
        assertThat(expected.toString())
                .contains(
                        "acme 2026-05-10 ",
                        " 2026-04-01 2026-06-01",
                        "bolt 2026-01-01",
                        "user ann");
        asItWasKeptBefore();
        assertThat(dsl.fetch("select * from account where account_key = 'acme'").formatCSV())
                .contains("2026-05-10T00:00", "2026-03-31T22:00");

        new SchemaMigration(database.dataSource()).migrate();

        assertThat(dsl.fetch(EXISTENCE).getValues(0)).isEqualTo(expected);
    }

    private void load() {
        var dataSource = database.dataSource();
        new WorldLoader(
                        new JooqDefinitionStore(dataSource),
                        new JooqAccountDirectory(dataSource),
                        new JooqFactStore(dataSource))
                .load(
                        World.world()
                                .entity(
                                        EntityBuilder.accounts()
                                                .attribute("started", DATE, Entity.Mark.START)
                                                .attribute("ended", DATE, Entity.Mark.REMOVED))
                                .entity(
                                        EntityBuilder.users()
                                                .attribute("joined", DATE, Entity.Mark.START))
                                .source(
                                        SourceBuilder.source("payment")
                                                .date("paid_on")
                                                .account("customer")
                                                .user("person")
                                                .zone("Europe/Berlin"))
                                .source(
                                        SourceBuilder.source("visit")
                                                .timestamp("seen_at")
                                                .account("customer"))
                                .member(
                                        MemberBuilder.account("acme")
                                                .sinceDate("2026-05-10")
                                                .removedOn("2026-06-01")
                                                .with("started", "2026-05-10")
                                                .with("ended", "2026-06-01"))
                                .member(MemberBuilder.account("cord"))
                                .member(
                                        MemberBuilder.user("acme", "ann")
                                                .sinceDate("2026-05-11")
                                                .with("joined", "2026-05-11"))
                                .fact("payment", "2026-04-01", "acme", "ann")
                                .fact("payment", "2026-04-02", "acme", "bob")
                                .fact("payment", "2026-04-02", null, "cid")
                                .fact("visit", "2026-04-05T10:00:00Z", "acme")
                                .fact("visit", "2026-01-01T10:00:00Z", "bolt")
                                .build());
    }

    /** Each date as the first instant of it: of an attribute in UTC, of a fact in the zone of its source, the least of all sources; and what was declared. */
    private void asItWasKeptBefore() {
        for (String members : new String[] {"account", "account_user"}) {
            dsl.execute(
                    """
                    update %s set
                        declared_start = declared_start_on::timestamp at time zone 'UTC',
                        removed_at = removed_on::timestamp at time zone 'UTC',
                        first_fact = least(first_fact, first_fact_on::timestamp at time zone 'Europe/Berlin')
                    """
                            .formatted(members));
            dsl.execute(
                    "alter table %s drop column declared_start_on, drop column first_fact_on, drop column removed_on"
                            .formatted(members));
        }
        for (String entity : new String[] {"account", "user"}) {
            int changed =
                    dsl.execute(
                            "update definition set payload = replace(payload, ?, ?) where kind = 'entity'",
                            "\"entity\":\"%s\"".formatted(entity),
                            "\"entity\":\"%s\"".formatted(entity.toUpperCase(Locale.ROOT)));
            assertThat(changed).isPositive();
        }
        dsl.execute(
                "delete from databasechangelog where filename like '%0004-existence-by-date.sql'");
    }
}
