package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.ContradictoryHistory;
import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.time.PointInTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryMergeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Entity PLAIN =
            new Entity(
                    EntityRef.ACCOUNT,
                    "",
                    "",
                    "key",
                    List.of(
                            new Entity.Attribute(Field.of("plan", DataType.TEXT), Mark.NONE),
                            new Entity.Attribute(Field.of("seats", DataType.INTEGER), Mark.NONE)));
    private static final Entity ACCOUNTS = PLAIN.with(new History.OfFiles());
    private static final Entity ENDING =
            new Entity(
                            EntityRef.ACCOUNT,
                            "",
                            "",
                            "key",
                            List.of(
                                    new Entity.Attribute(
                                            Field.of("ended", DataType.DATE), Mark.REMOVED)))
                    .with(new History.OfFiles());

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final DSLContext dsl = Postgres.dsl(database);
    private final AccountDirectory directory = new JooqAccountDirectory(database);

    private static Member held(
            String key, @Nullable String from, @Nullable String until, @Nullable Object... values) {
        return new Member(
                key,
                null,
                null,
                null,
                Arrays.asList(values),
                new Held(day(from), day(until), false));
    }

    private static Member seen(String key, String day, @Nullable Object... values) {
        return new Member(
                key, null, null, null, Arrays.asList(values), new Held(day(day), null, true));
    }

    private static @Nullable LocalDate day(@Nullable String day) {
        return day == null ? null : LocalDate.parse(day);
    }

    private Loaded load(Member... members) {
        return load(List.of("plan", "seats"), members);
    }

    private Loaded load(List<String> attributes, Member... members) {
        return load(ACCOUNTS, attributes, NOW, members);
    }

    private Loaded load(Entity entity, List<String> attributes, Instant now, Member... members) {
        var taken =
                entity.attributes().stream()
                        .filter(attribute -> attributes.contains(attribute.field().name()))
                        .toList();
        try (var load = directory.begin(entity, taken, now)) {
            for (var member : members) {
                load.add(member);
            }
            return load.commit();
        }
    }

    private Loaded loadEnds(Held held, @Nullable String ended) {
        var removed = ended == null ? null : PointInTime.on(LocalDate.parse(ended));
        var member = new Member("a", null, null, removed, Arrays.asList(day(ended)), held);
        return load(ENDING, List.of("ended"), NOW, member);
    }

    private @Nullable LocalDate removal() {
        return dsl.select(ACCOUNT.REMOVED_ON)
                .from(ACCOUNT)
                .where(ACCOUNT.ACCOUNT_KEY.eq("a"))
                .fetchSingle()
                .value1();
    }

    private List<@Nullable Object> knownPlans() {
        return directory.page(Expr.TRUE, null, 10).stream()
                .<@Nullable Object>map(account -> account.attributes().get("plan"))
                .toList();
    }

    /** "key from..until plan seats", in order; a first interval is marked. */
    private List<String> stored() {
        var history = new HistoryTable(EntityRef.ACCOUNT);
        var plan = DSL.field(history.name().append("a_plan"), SQLDataType.CLOB);
        var seats = DSL.field(history.name().append("a_seats"), SQLDataType.BIGINT);
        return dsl.select(
                        ACCOUNT.ACCOUNT_KEY,
                        history.from().cast(SQLDataType.CLOB),
                        history.until().cast(SQLDataType.CLOB),
                        plan,
                        seats,
                        history.isFirst())
                .from(history.table())
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(history.accountId()))
                .orderBy(ACCOUNT.ACCOUNT_KEY, history.from())
                .fetch(row ->
                        "%s %s..%s %s %s%s"
                                .formatted(
                                        row.value1(),
                                        row.value2(),
                                        row.value3(),
                                        row.value4(),
                                        row.value5(),
                                        row.value6() ? " first" : ""));
    }

    @Test
    void intervals_are_kept_as_they_are_said_and_what_holds_today_is_what_is_known_now() {
        save(database, ACCOUNTS);

        var loaded =
                load(
                        held("a", "2026-02-01", null, "pro", 2L),
                        held("a", null, "2026-02-01", "free", 1L),
                        held("b", "2026-01-01", "2026-03-01", "pro", null),
                        // never holds
                        held("b", "2026-03-01", "2026-03-01", "free", null));

        assertThat(loaded).isEqualTo(new Loaded(3, 0, 1));
        assertThat(stored())
                .containsExactly(
                        "a -infinity..2026-02-01 free 1 first",
                        "a 2026-02-01..infinity pro 2",
                        "b 2026-01-01..2026-03-01 pro null first");
        // b's interval is over
        assertThat(knownPlans()).containsExactly("pro", null);
    }

    @Test
    void what_begins_later_is_not_known_now_until_an_import_on_its_day() {
        save(database, ACCOUNTS);

        load(
                held("a", null, "2026-06-02", "free", 1L),
                held("a", "2026-06-02", null, "pro", 1L),
                // not there yet: it has its first value
                held("b", "2027-01-01", null, "trial", 1L));
        assertThat(knownPlans()).containsExactly("free", "trial");

        var tomorrow = NOW.plus(Duration.ofDays(1));
        long version = new JooqFactStore(database).dataVersion("account");
        load(ACCOUNTS, List.of("plan"), tomorrow, held("b", "2027-01-01", null, "trial"));

        assertThat(knownPlans()).containsExactly("pro", "trial");
        assertThat(new JooqFactStore(database).dataVersion("account")).isGreaterThan(version);
    }

    @Test
    void a_snapshot_of_today_is_known_at_once_where_the_day_begins_first() {
        save(database, ACCOUNTS);

        load(
                ACCOUNTS,
                List.of("plan"),
                Instant.parse("2026-06-01T12:00:00Z"),
                seen("a", "2026-01-01", "free"),
                seen("a", "2026-06-02", "pro"));

        assertThat(knownPlans()).containsExactly("pro");
    }

    @Test
    void an_older_snapshot_says_nothing_of_when_an_account_exists() {
        save(database, ENDING);
        loadEnds(new Held(day("2026-01-01"), null, true), null);
        loadEnds(new Held(day("2026-06-01"), null, true), "2026-05-15");

        assertThat(loadEnds(new Held(day("2026-01-01"), null, true), null))
                .isEqualTo(new Loaded(0, 0, 1));
        assertThat(removal()).isEqualTo("2026-05-15");
        loadEnds(new Held(day("2026-03-01"), null, true), null);
        assertThat(removal()).isEqualTo("2026-05-15");

        loadEnds(new Held(day("2026-06-01"), null, true), "2026-05-16");
        assertThat(removal()).isEqualTo("2026-05-16");
    }

    @Test
    void an_interval_says_when_an_account_exists_unless_others_begin_and_end_later() {
        save(database, ENDING);
        loadEnds(new Held(day("2026-01-01"), null, false), null);
        loadEnds(new Held(day("2026-01-01"), day("2026-03-01"), false), "2026-03-01");
        assertThat(removal()).isEqualTo("2026-03-01");

        // never holds
        loadEnds(new Held(day("2026-09-01"), day("2026-09-01"), false), null);
        loadEnds(new Held(null, day("2026-01-01"), false), null);
        assertThat(removal()).isEqualTo("2026-03-01");

        // holds over all that is known
        loadEnds(new Held(null, null, false), "2026-04-01");
        assertThat(removal()).isEqualTo("2026-04-01");
    }

    @Test
    void the_same_file_twice_changes_nothing() {
        save(database, ACCOUNTS);
        var file =
                new Member[] {
                    held("a", null, "2026-02-01", "free", 1L),
                    held("a", "2026-02-01", null, "pro", 2L),
                    held("a", "2026-02-01", null, "pro", 2L)
                };
        load(file);
        var before = stored();
        long version = new JooqFactStore(database).dataVersion("account");

        assertThat(load(file)).isEqualTo(new Loaded(0, 0, 3));
        assertThat(stored()).isEqualTo(before);
        assertThat(new JooqFactStore(database).dataVersion("account")).isEqualTo(version);
    }

    @Test
    void a_snapshot_holds_until_the_next_and_a_late_one_between_its_neighbours() {
        save(database, ACCOUNTS);
        load(seen("a", "2026-01-01", "free", 1L));
        load(seen("a", "2026-03-01", "free", 1L));

        var loaded = load(seen("a", "2026-02-01", "trial", 1L));

        assertThat(loaded).isEqualTo(new Loaded(1, 1, 0));
        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 trial 1",
                        "a 2026-03-01..infinity free 1");
    }

    @Test
    void a_late_snapshot_goes_on_where_later_ones_have_no_column_for_what_it_says() {
        save(database, ACCOUNTS);
        load(seen("a", "2026-01-01", "free", 1L));
        // says nothing of the plan
        load(List.of("seats"), seen("a", "2026-03-01", 3L));
        load(List.of("seats"), seen("a", "2026-04-01", 4L));
        load(seen("a", "2026-05-01", "pro", 5L));

        load(List.of("plan"), seen("a", "2026-02-01", "trial"));

        // The plan is trial from February until the next file that says one, seats are as of
        // before.
        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 trial 1",
                        "a 2026-03-01..2026-04-01 trial 3",
                        "a 2026-04-01..2026-05-01 trial 4",
                        "a 2026-05-01..infinity pro 5");
        // Once more with another plan, and with one that is empty: that is said.
        load(List.of("plan"), seen("a", "2026-03-01", (Object) null));
        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 trial 1",
                        "a 2026-03-01..2026-04-01 null 3",
                        "a 2026-04-01..2026-05-01 null 4",
                        "a 2026-05-01..infinity pro 5");
    }

    @Test
    void snapshots_that_each_say_a_part_come_in_any_order() {
        save(database, ACCOUNTS);
        var files =
                List.<Runnable>of(
                        () -> load(List.of("plan"), seen("a", "2026-01-01", "free")),
                        () -> load(List.of("seats"), seen("a", "2026-02-01", 2L)),
                        () -> load(List.of("plan"), seen("a", "2026-03-01", "pro")),
                        () -> load(List.of("seats"), seen("a", "2026-04-01", 4L)));
        for (var order :
                List.of(
                        List.of(0, 1, 2, 3),
                        List.of(3, 2, 1, 0),
                        List.of(3, 0, 2, 1),
                        List.of(1, 3, 0, 2))) {
            dsl.deleteFrom(new HistoryTable(EntityRef.ACCOUNT).table()).execute();

            order.forEach(file -> files.get(file).run());

            assertThat(stored())
                    .describedAs("%s", order)
                    .containsExactly(
                            "a 2026-01-01..2026-02-01 free null first",
                            "a 2026-02-01..2026-03-01 free 2",
                            "a 2026-03-01..2026-04-01 pro 2",
                            "a 2026-04-01..infinity pro 4");
        }
    }

    @Test
    void names_of_what_is_said_of_a_day_are_kept_once() {
        save(database, ACCOUNTS);
        for (long seats = 1; seats <= 3; seats++) {
            load(List.of("seats"), seen("a", "2026-02-01", seats));
            load(List.of("plan"), held("a", "2026-02-01", null, "plan " + seats));
            load(seen("a", "2026-02-01", "pro", seats));
        }

        var history = new HistoryTable(EntityRef.ACCOUNT);
        assertThat(dsl.select(history.said()).from(history.table()).fetchSingle().value1())
                .containsExactlyInAnyOrder("a_plan", "a_seats");
    }

    @Test
    void an_end_that_is_said_ends_what_goes_on() {
        save(database, ACCOUNTS);
        load(held("a", "2026-01-01", "2026-03-01", "free", 1L));
        // after a gap, and where an interval ended: nothing is known of the plan
        load(List.of("seats"), seen("a", "2026-03-01", 3L));
        load(List.of("plan"), held("b", "2026-01-01", "2026-02-01", "free"));
        load(List.of("seats"), seen("b", "2026-03-01", 3L));

        load(List.of("plan"), seen("a", "2026-02-01", "trial"));
        load(List.of("plan"), seen("b", "2026-01-15", "trial"));

        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 trial 1",
                        "a 2026-03-01..infinity null 3",
                        "b 2026-01-01..2026-01-15 free null first",
                        "b 2026-01-15..2026-02-01 trial null",
                        "b 2026-03-01..infinity null 3");
    }

    @Test
    void what_follows_the_end_of_a_row_stays_as_it_was_known() {
        save(database, ACCOUNTS);
        load(seen("a", "2026-01-01", "free", 1L));
        load(List.of("seats"), seen("a", "2026-04-01", 4L));

        // says that trial is over on 1 March
        load(List.of("plan"), held("a", "2026-02-01", "2026-03-01", "trial"));

        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 trial 1",
                        "a 2026-03-01..2026-04-01 free 1",
                        "a 2026-04-01..infinity free 4");
        load(List.of("plan"), held("a", "2026-03-01", "2026-04-01", "pro"));
        assertThat(stored()).endsWith("a 2026-04-01..infinity free 4");
    }

    @Test
    void snapshots_of_one_file_follow_each_other() {
        save(database, ACCOUNTS);

        load(
                seen("a", "2026-03-01", "pro", 3L),
                seen("a", "2026-01-01", "free", 1L),
                seen("b", "2026-01-01", "free", 1L),
                seen("a", "2026-02-01", "free", 2L));

        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 free 2",
                        "a 2026-03-01..infinity pro 3",
                        "b 2026-01-01..infinity free 1 first");
    }

    @Test
    void a_file_says_what_it_has_columns_for_on_its_days_and_all_else_stays() {
        save(database, ACCOUNTS);
        load(held("a", "2026-01-01", null, "free", 1L), held("b", null, null, "free", 5L));

        var loaded = load(List.of("seats"), held("a", "2026-02-01", "2026-03-01", 7L));

        assertThat(loaded).isEqualTo(new Loaded(1, 1, 0));
        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 free 7",
                        "a 2026-03-01..infinity free 1",
                        "b -infinity..infinity free 5 first");
        load(List.of("plan"), held("a", "2025-12-01", "2026-01-01", "trial"));
        assertThat(stored()).startsWith("a 2025-12-01..2026-01-01 trial null first");
        assertThat(stored()).filteredOn(row -> row.endsWith("first")).hasSize(2);
    }

    @Test
    void rows_that_say_the_same_of_days_that_overlap_are_one() {
        save(database, ACCOUNTS);
        var file =
                new Member[] {
                    held("a", "2026-03-01", "2026-05-01", "free", null),
                    held("a", "2026-01-01", "2026-04-01", "free", null),
                    held("a", "2026-02-01", "2026-02-02", "free", null),
                    // begins where the others end: that stays known
                    held("a", "2026-05-01", "2026-06-01", "free", null),
                    held("a", "2026-06-01", null, "free", 1L),
                    held("b", null, null, "free", 1L),
                    held("b", "2026-02-01", null, "free", 1L)
                };

        assertThat(load(file)).isEqualTo(new Loaded(4, 0, 3));

        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-05-01 free null first",
                        "a 2026-05-01..2026-06-01 free null",
                        "a 2026-06-01..infinity free 1",
                        "b -infinity..infinity free 1 first");
        assertThat(load(file)).isEqualTo(new Loaded(0, 0, 7));
    }

    @Test
    void a_file_that_contradicts_itself_changes_nothing() {
        save(database, ACCOUNTS);
        load(held("a", null, null, "free", 1L));
        var before = stored();

        for (var second :
                List.of(
                        held("b", "2026-02-01", null, "pro", 2L),
                        held("b", "2026-01-01", "2026-01-02", "pro", 2L))) {
            assertThatThrownBy(() ->
                            load(
                                    held("a", null, null, "pro", 1L),
                                    held("b", "2026-01-01", "2026-04-01", "free", 2L),
                                    second))
                    .isInstanceOfSatisfying(
                            ContradictoryHistory.class,
                            contradiction -> {
                                assertThat(contradiction.rows()).isEqualTo(1);
                                assertThat(contradiction.first()).isEqualTo(3);
                            });
            assertThat(stored()).isEqualTo(before);
        }
        assertThatThrownBy(() ->
                        load(
                                seen("b", "2026-01-01", "free", 2L),
                                seen("b", "2026-01-01", "pro", 2L)))
                .isInstanceOf(ContradictoryHistory.class);
    }

    @Test
    void an_attribute_that_is_not_declared_for_a_while_keeps_its_history() {
        save(database, ACCOUNTS);
        load(seen("a", "2026-01-01", "free", 1L), seen("a", "2026-03-01", "free", 3L));
        var plan = without("seats");
        save(database, plan);
        load(plan, List.of("plan"), NOW, seen("a", "2026-02-01", "trial"));

        save(database, ACCOUNTS);

        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-02-01 free 1 first",
                        "a 2026-02-01..2026-03-01 trial 1",
                        "a 2026-03-01..infinity free 3");
    }

    @Test
    void an_attribute_that_was_not_declared_when_the_history_began_holds_from_ever_too() {
        save(database, PLAIN);
        load(
                PLAIN,
                List.of("plan", "seats"),
                NOW,
                new Member("a", null, null, null, Arrays.asList("free", 1L)));
        save(
                database,
                new Entity(EntityRef.ACCOUNT, "", "", "key", PLAIN.attributes().subList(0, 1)));
        save(database, without("seats"));

        save(database, ACCOUNTS);

        assertThat(stored()).containsExactly("a -infinity..infinity free 1 first");
    }

    @Test
    void an_attribute_that_the_history_has_no_column_for_holds_from_ever_when_it_is_declared() {
        save(database, PLAIN);
        load(
                PLAIN,
                List.of("plan", "seats"),
                NOW,
                new Member("a", null, null, null, Arrays.asList("free", 1L)));
        save(database, without("seats"));
        var history = new HistoryTable(EntityRef.ACCOUNT).table();
        // as a release before there was a history left it
        dsl.alterTable(history).dropColumn("a_seats").execute();
        load(without("seats"), List.of("plan"), NOW, seen("a", "2026-02-01", "pro"));

        save(database, ACCOUNTS);

        assertThat(stored())
                .containsExactly(
                        "a -infinity..2026-02-01 free 1 first", "a 2026-02-01..infinity pro 1");
    }

    @Test
    void a_history_begins_with_values_as_they_are_read_by_the_declaration_that_brings_it() {
        save(database, PLAIN);
        load(
                PLAIN,
                List.of("plan", "seats"),
                NOW,
                new Member("a", null, null, null, Arrays.asList("n/a", 1L)));
        var plan = new Field("plan", "plan", DataType.TEXT, null, null, List.of("n/a"), null, null);

        save(
                database,
                new Entity(
                                EntityRef.ACCOUNT,
                                "",
                                "",
                                "key",
                                List.of(
                                        new Entity.Attribute(plan, Mark.NONE),
                                        PLAIN.attributes().get(1)))
                        .with(new History.OfFiles()));

        assertThat(stored()).containsExactly("a -infinity..infinity null 1 first");
    }

    private static Entity without(String name) {
        return new Entity(
                        EntityRef.ACCOUNT,
                        "",
                        "",
                        "key",
                        ACCOUNTS.attributes().stream()
                                .filter(attribute -> !attribute.field().name().equals(name))
                                .toList())
                .with(new History.OfFiles());
    }

    @Test
    void what_was_known_before_a_history_was_declared_holds_from_ever() {
        save(database, PLAIN);
        try (var load = directory.begin(PLAIN, NOW)) {
            load.add(new Member("a", null, null, null, Arrays.asList("free", 1L)));
            load.commit();
        }

        save(database, ACCOUNTS);

        assertThat(stored()).containsExactly("a -infinity..infinity free 1 first");
        assertThat(trySave(database, PLAIN))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused ->
                                assertThat(refused.reasons().get("account").getFirst())
                                        .contains("earlier days"));
    }
}
