package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_BATCH;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.application.port.StoreFailed;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Load;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads that end before they are committed, and loads of the same facts after them. Their batches are of a few rows. */
class InterruptedLoadTest {
    private static final int BATCH_BYTES = 1000;
    private static final int ROWS = 200;
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field STATE = Field.of("state", DataType.TEXT);

    /** Without a key: equal facts are told apart by their occurrence. */
    private static final Source EVENT = source("event", List.of(), AT, CUSTOMER, STATE);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final JooqFactStore store = new JooqFactStore(database, BATCH_BYTES);
    private final Facts facts = Facts.in(database);

    @BeforeEach
    void declare() {
        save(database, EVENT);
    }

    /** Each one twice, far apart. */
    private static Fact row(int number) {
        int half = number % (ROWS / 2);
        return fact(EVENT, MONDAY.plusSeconds(half), "a" + half % 7, "s" + half);
    }

    private Load begin() {
        return store.begin(EVENT, MONDAY);
    }

    private static void add(Load load, int from, int to) {
        IntStream.range(from, to).mapToObj(InterruptedLoadTest::row).forEach(load::add);
    }

    private void interruptAfter(int rows) {
        try (var load = begin()) {
            add(load, 0, rows);
        }
    }

    private int storedRows() {
        var rows = DSL.max(IMPORT_BATCH.ROWS);
        var stored = facts.dsl().select(rows).from(IMPORT_BATCH).fetchOne(rows);
        return stored == null ? 0 : stored.intValue();
    }

    private List<Integer> runs() {
        return facts.dsl().selectFrom(IMPORT_RUN).fetch(IMPORT_RUN.RUN_ID);
    }

    private void assertAllIsThere() {
        assertThat(facts.rows(EVENT)).isEqualTo(ROWS);
        assertThat(facts.inForce(EVENT))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROWS)
                                .mapToObj(number -> withAccount(row(number)))
                                .toList());
        assertThat(facts.accounts()).hasSize(7);
        assertNothingIsLeft();
    }

    private static List<@Nullable Object> withAccount(Fact fact) {
        var row = new ArrayList<@Nullable Object>(List.of(Objects.requireNonNull(fact.account())));
        row.addAll(fact.values());
        return row;
    }

    private void assertNothingIsLeft() {
        assertThat(runs()).isEmpty();
        assertThat(
                        facts.dsl()
                                .meta()
                                .filterTables(table -> table.getName().startsWith("import_"))
                                .getTables())
                .extracting(org.jooq.Table::getName)
                .containsExactlyInAnyOrder("import_run", "import_batch");
    }

    @Test
    void nobody_sees_anything_of_a_load_that_was_interrupted() {
        interruptAfter(150);

        assertThat(storedRows()).isBetween(100, 150);
        assertThat(facts.rows(EVENT)).isZero();
        assertThat(facts.accounts()).isEmpty();
        assertThat(facts.store().dataVersion("event")).isZero();
    }

    @Test
    void the_same_load_again_goes_on_where_it_was_interrupted() {
        interruptAfter(150);
        int stored = storedRows();
        int run = runs().getFirst();

        try (var again = begin()) {
            add(again, 0, 150);
            assertThat(again.stored()).isEqualTo(stored);
            assertThat(runs()).containsExactly(run);
            add(again, 150, ROWS);
            assertThat(again.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertAllIsThere();
    }

    @Test
    void a_load_interrupted_again_and_again_comes_to_an_end() {
        for (int rows = 10; rows < ROWS; rows += 37) {
            interruptAfter(rows);
            assertThat(runs()).hasSizeLessThanOrEqualTo(1);
        }

        try (var last = begin()) {
            add(last, 0, ROWS);
            assertThat(last.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertAllIsThere();
    }

    @Test
    void a_load_that_differs_from_some_row_on_keeps_what_is_before() {
        try (var other = begin()) {
            add(other, 0, 60);
            add(other, 100, 180);
        }

        try (var load = begin()) {
            add(load, 0, ROWS);
            assertThat(load.stored()).isBetween(30L, 60L);
            assertThat(load.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertAllIsThere();
    }

    @Test
    void a_shorter_load_takes_in_no_more_than_it_has() {
        interruptAfter(150);

        try (var shorter = begin()) {
            add(shorter, 0, 40);
            assertThat(shorter.commit(null)).isEqualTo(new Loaded(40, 0, 0));
        }

        assertThat(facts.rows(EVENT)).isEqualTo(40);
        assertNothingIsLeft();
    }

    @Test
    void a_load_that_begins_otherwise_leaves_the_interrupted_one_alone() {
        interruptAfter(150);
        var interrupted = runs();

        try (var other = begin()) {
            add(other, 50, 100);
            assertThat(other.commit(null)).isEqualTo(new Loaded(50, 0, 0));
        }

        assertThat(runs()).isEqualTo(interrupted);
    }

    @Test
    void a_load_that_is_under_way_is_not_taken_up_by_another() {
        try (var first = begin();
                var second = begin()) {
            add(first, 0, 150);
            add(second, 0, 150);
            add(first, 150, ROWS);
            assertThat(second.stored()).isZero();
            assertThat(runs()).hasSize(2);
            assertThat(first.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
            add(second, 150, ROWS);
            assertThat(second.commit(null)).isEqualTo(new Loaded(0, 0, ROWS));
        }

        assertAllIsThere();
    }

    @Test
    void what_a_crash_of_the_server_emptied_is_stored_again() {
        interruptAfter(150);
        facts.dsl().truncate(DSL.name("import_" + runs().getFirst())).execute();

        try (var again = begin()) {
            add(again, 0, ROWS);
            assertThat(again.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertAllIsThere();
    }

    @Test
    void a_run_without_its_table_is_begun_anew() {
        interruptAfter(150);
        facts.dsl().dropTable(DSL.name("import_" + runs().getFirst())).execute();

        try (var again = begin()) {
            add(again, 0, ROWS);
            assertThat(again.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertAllIsThere();
    }

    @Test
    void a_source_declared_anew_begins_anew() {
        interruptAfter(150);
        var more = source("event", List.of(), AT, CUSTOMER, STATE, Field.of("more", DataType.TEXT));
        save(database, more);

        try (var load = store.begin(more, MONDAY)) {
            IntStream.range(0, ROWS).forEach(i -> load.add(fact(more, MONDAY, "a", "s" + i, null)));
            assertThat(load.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertThat(facts.rows(more)).isEqualTo(ROWS);
    }

    @Test
    void a_run_that_nobody_came_back_to_is_dropped_by_the_next_load() {
        interruptAfter(150);
        var forgotten = facts.dsl().selectFrom(IMPORT_RUN).fetchSingle(IMPORT_RUN.TOUCHED);
        facts.dsl()
                .update(IMPORT_RUN)
                .set(IMPORT_RUN.TOUCHED, forgotten.minus(Duration.ofDays(8)))
                .execute();

        try (var other = begin()) {
            add(other, 50, 100);
            other.commit(null);
        }

        assertNothingIsLeft();
    }

    /** Lets PostgreSQL itself report a full disk. */
    private void failWhere(String table, String condition) {
        facts.dsl()
                .execute(
                        """
                        create or replace function fail() returns trigger language plpgsql as
                        $$begin raise exception 'no space left' using errcode = '53100'; end$$
                        """);
        facts.dsl()
                .execute(
                        "create trigger fail after insert on %s for each row when (%s) execute function fail()"
                                .formatted(table, condition));
    }

    @Test
    void a_full_disk_is_told_and_the_load_goes_on_when_there_is_room() {
        failWhere("import_batch", "new.batch = 3");

        assertThatThrownBy(() -> interruptAfter(ROWS))
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("disk of the database is full (ERROR: no space left");
        assertThat(facts.rows(EVENT)).isZero();
        assertThat(storedRows()).isBetween(1, ROWS - 1);
        facts.dsl().execute("drop trigger fail on import_batch");
        interruptAfter(ROWS);

        try (var again = begin()) {
            add(again, 0, ROWS);
            assertThat(again.stored()).isGreaterThan(150);
            assertThat(again.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }
        assertAllIsThere();
    }

    @Test
    void a_disk_that_is_full_at_the_merge_leaves_all_batches_and_no_facts() {
        failWhere("source_state", "true");

        try (var load = begin()) {
            add(load, 0, ROWS);
            assertThatThrownBy(() -> load.commit(null)).isInstanceOf(StoreFailed.class);
        }
        assertThat(facts.rows(EVENT)).isZero();
        assertThat(facts.accounts()).isEmpty();
        assertThat(storedRows()).isEqualTo(ROWS);
        facts.dsl().execute("drop trigger fail on source_state");

        try (var again = begin()) {
            add(again, 0, ROWS);
            assertThat(again.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }
        assertAllIsThere();
    }

    @Test
    void a_connection_that_is_cut_is_told_and_the_load_goes_on_over_another() {
        assertThatThrownBy(
                        () -> {
                            try (var load = begin()) {
                                add(load, 0, 100);
                                facts.dsl()
                                        .execute(
                                                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
                                add(load, 100, ROWS);
                                load.commit(null);
                            }
                        })
                .isInstanceOf(StoreFailed.class)
                .hasMessageContaining("was stopped or cannot be reached");
        assertThat(facts.rows(EVENT)).isZero();

        try (var again = begin()) {
            add(again, 0, ROWS);
            assertThat(again.stored()).isPositive();
            assertThat(again.commit(null)).isEqualTo(new Loaded(ROWS, 0, 0));
        }
        assertAllIsThere();
    }

    @Test
    void a_load_of_accounts_goes_on_where_it_was_interrupted() {
        var account =
                new Entity(
                        EntityRef.ACCOUNT,
                        "Account",
                        "",
                        "id",
                        List.of(
                                new Entity.Attribute(
                                        Field.of("plan", DataType.TEXT), Entity.Mark.NONE)));
        save(database, account);
        var directory = new JooqAccountDirectory(database, BATCH_BYTES);
        try (var load = directory.begin(account, MONDAY)) {
            IntStream.range(0, 150).mapToObj(InterruptedLoadTest::member).forEach(load::add);
        }
        int stored = storedRows();

        try (var again = directory.begin(account, MONDAY)) {
            IntStream.range(0, 150).mapToObj(InterruptedLoadTest::member).forEach(again::add);
            assertThat(again.stored()).isEqualTo(stored).isPositive();
            IntStream.range(150, ROWS).mapToObj(InterruptedLoadTest::member).forEach(again::add);
            assertThat(again.commit()).isEqualTo(new Loaded(ROWS, 0, 0));
        }

        assertThat(facts.accounts()).hasSize(ROWS);
        assertNothingIsLeft();
    }

    private static Member member(int number) {
        return new Member("a" + number, null, null, null, List.of("pro"));
    }
}
