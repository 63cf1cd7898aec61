package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without them the first question about accounts after a load was planned as if there were none, and took minutes. */
class StatisticsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ACCOUNTS = 40;

    @RegisterExtension final MigratedDatabase database = new MigratedDatabase();

    @Test
    void postgres_knows_how_many_accounts_and_users_the_facts_of_a_load_named() {
        var event =
                source(
                        "event",
                        List.of(),
                        Field.of("at", DataType.TIMESTAMP),
                        Field.of("customer", DataType.TEXT),
                        Field.of("person", DataType.TEXT));
        save(database.dataSource(), event);
        try (var load = new JooqFactStore(database.dataSource()).begin(event, NOW)) {
            for (int number = 0; number < ACCOUNTS; number++) {
                var account = "a" + number;
                load.add(new Fact(NOW, null, account, "ann", List.of(NOW, account, "ann")));
            }
            load.commit(null);
        }

        assertThat(rows("account_identity")).isEqualTo(ACCOUNTS);
        assertThat(rows("account")).isEqualTo(ACCOUNTS + 1L);
        assertThat(rows("account_user")).isEqualTo(ACCOUNTS);
    }

    @Test
    void postgres_knows_how_many_accounts_a_file_of_them_gave_attributes() {
        var accounts =
                new Entity(
                        EntityKind.ACCOUNT,
                        "Account",
                        "",
                        "key",
                        List.of(new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE)));
        save(database.dataSource(), accounts);
        try (var load = new JooqAccountDirectory(database.dataSource()).begin(accounts, NOW)) {
            for (int number = 0; number < ACCOUNTS; number++) {
                load.add(new Member("a" + number, null, null, null, List.of("pro")));
            }
            load.commit();
        }

        assertThat(rows("attribute_account")).isEqualTo(ACCOUNTS);
    }

    private long rows(String table) {
        return Postgres.dsl(database.dataSource())
                .fetchSingle(
                        "select reltuples::bigint from pg_class where oid = to_regclass(?)", table)
                .into(long.class);
    }
}
