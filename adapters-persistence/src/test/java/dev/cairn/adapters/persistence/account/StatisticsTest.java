package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.testkit.contract.Question.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqAnalysisExecutor;
import dev.cairn.adapters.persistence.sql.RowCounts;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.Grain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without them the first question about accounts after a load was planned as if there were none, and took minutes. */
class StatisticsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ACCOUNTS = 40;
    private static final int MANY = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long NEVER_ANALYZED = -1;
    private static final Entity ACCOUNT =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "key",
                    List.of(new Attribute(Field.of("plan", DataType.TEXT), Mark.NONE)));
    private static final Source EVENT =
            source(
                    "event",
                    List.of(),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("customer", DataType.TEXT),
                    Field.of("person", DataType.TEXT));

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
                        EntityRef.ACCOUNT,
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

    @Test
    void a_load_of_accounts_says_nothing_of_the_users_that_are_not_there_yet() {
        loadAccounts();

        assertThat(rows("account_user")).isEqualTo(NEVER_ANALYZED);
    }

    @Test
    void users_of_a_load_after_one_of_accounts_are_not_compared_one_by_one_with_those_before() {
        loadAccounts();

        loadEvents();

        assertFilledWithoutScansForEachRow("account_user");
    }

    @Test
    void tables_that_postgres_knows_as_empty_are_not_read_once_for_each_row_that_fills_them() {
        save(database.dataSource(), ACCOUNT, EVENT);
        Postgres.dsl(database.dataSource()).execute("analyze");

        loadEvents();
        loadAccounts();

        assertFilledWithoutScansForEachRow("account_user");
        assertFilledWithoutScansForEachRow("account_identity");
        assertFilledWithoutScansForEachRow("account");
        assertFilledWithoutScansForEachRow("attribute_account");
    }

    @Test
    void a_question_by_user_for_each_of_many_buckets_is_expected_to_make_many_rows() {
        save(database.dataSource(), ACCOUNT);
        loadEvents();
        var dsl = Postgres.dsl(database.dataSource());
        var rows = new RowCounts(dsl);
        var executor = new JooqAnalysisExecutor(dsl, rows);
        var plan =
                ask("count(event)")
                        .between("2024-01-01", "2026-09-27")
                        .grain(Grain.DAY)
                        .by("event.user")
                        .plan(new JooqDefinitionStore(database.dataSource()).load());
        assertThat(executor.prepare(plan).cost()).isZero();

        rows.refresh();

        assertThat(executor.prepare(plan).cost()).isEqualTo(MANY + MANY * 1_000L);
    }

    private void loadAccounts() {
        save(database.dataSource(), ACCOUNT);
        try (var load = new JooqAccountDirectory(database.dataSource()).begin(ACCOUNT, NOW)) {
            for (int number = 0; number < MANY; number++) {
                load.add(new Member("a" + number, null, null, null, List.of("pro")));
            }
            load.commit();
        }
    }

    private void loadEvents() {
        save(database.dataSource(), EVENT);
        try (var load = new JooqFactStore(database.dataSource()).begin(EVENT, NOW)) {
            for (int number = 0; number < MANY; number++) {
                var account = "a" + number;
                load.add(new Fact(NOW, null, account, "ann", List.of(NOW, account, "ann")));
            }
            load.commit(null);
        }
    }

    /** A server process tells what it did when it ends, after the client has gone. */
    private void assertFilledWithoutScansForEachRow(String table) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (statistic(table, "n_tup_ins") < MANY && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        assertThat(statistic(table, "n_tup_ins")).isGreaterThanOrEqualTo(MANY);
        assertThat(statistic(table, "seq_scan")).isLessThan(MANY / 10);
    }

    private long statistic(String table, String name) {
        return Postgres.dsl(database.dataSource())
                .select(DSL.field(DSL.name(name), long.class))
                .from(DSL.table(DSL.name("pg_stat_user_tables")))
                .where(DSL.field(DSL.name("relname"), String.class).eq(table))
                .fetchSingle()
                .value1();
    }

    private long rows(String table) {
        return Postgres.dsl(database.dataSource())
                .fetchSingle(
                        "select reltuples::bigint from pg_class where oid = to_regclass(?)", table)
                .into(long.class);
    }
}
