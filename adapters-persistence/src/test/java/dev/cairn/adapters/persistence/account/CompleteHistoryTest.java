package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.DELETION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.HistoryTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.Closing;
import dev.cairn.application.port.ClosingRefused;
import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.overview.AttributeOfAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Loads of accounts that say all that holds. */
class CompleteHistoryTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Entity ACCOUNTS =
            new Entity(
                            EntityRef.ACCOUNT,
                            "",
                            "",
                            "key",
                            List.of(
                                    new Entity.Attribute(
                                            Field.of("plan", DataType.TEXT), Mark.NONE)))
                    .with(new History.OfFiles());

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DSLContext dsl = Postgres.dsl(migrated.dataSource());
    private final JooqAccountDirectory directory = new JooqAccountDirectory(migrated.dataSource());

    @BeforeEach
    void declare() {
        save(migrated.dataSource(), ACCOUNTS);
    }

    private static @Nullable LocalDate day(@Nullable String day) {
        return day == null ? null : LocalDate.parse(day);
    }

    private static Member seen(String key, String day, String plan) {
        return new Member(
                key, null, null, null, Arrays.asList(plan), new Held(day(day), null, true));
    }

    private static Member held(
            String key, @Nullable String from, @Nullable String until, String plan) {
        return new Member(
                key, null, null, null, Arrays.asList(plan), new Held(day(from), day(until), false));
    }

    private static Closing snapshotOf(@Nullable String day, @Nullable Long accepted) {
        return new Closing(day(day), true, accepted);
    }

    private Loaded load(@Nullable Closing closing, Member... members) {
        return load(closing, false, members);
    }

    private Loaded load(@Nullable Closing closing, boolean isTrial, Member... members) {
        try (var load = directory.begin(ACCOUNTS, NOW)) {
            for (var member : members) {
                load.add(member);
            }
            return load.commit(closing, isTrial);
        }
    }

    /** "key from..until plan", in order. */
    private List<String> stored() {
        var history = new HistoryTable(EntityRef.ACCOUNT);
        return dsl.select(
                        ACCOUNT.ACCOUNT_KEY,
                        history.from().cast(SQLDataType.CLOB),
                        history.until().cast(SQLDataType.CLOB),
                        DSL.field(history.name().append("a_plan"), SQLDataType.CLOB))
                .from(history.table())
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(history.accountId()))
                .orderBy(ACCOUNT.ACCOUNT_KEY, history.from())
                .fetch(row ->
                        "%s %s..%s %s"
                                .formatted(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    @Test
    void the_history_of_one_account_has_its_days_and_values() {
        load(
                null,
                held("a", null, "2026-02-01", "free"),
                held("a", "2026-02-01", null, "pro"),
                held("b", "2026-03-01", "2026-04-01", "free"));

        assertThat(directory.history("a"))
                .containsExactly(
                        new AttributeOfAccount.Interval(
                                null, day("2026-02-01"), Map.of("plan", "free")),
                        new AttributeOfAccount.Interval(
                                day("2026-02-01"), null, Map.of("plan", "pro")));
        assertThat(directory.history("b"))
                .containsExactly(
                        new AttributeOfAccount.Interval(
                                day("2026-03-01"), day("2026-04-01"), Map.of("plan", "free")));
        assertThat(directory.history("c")).isEmpty();
    }

    private List<String> plansNow() {
        return directory.page(Expr.TRUE, null, 10).stream()
                .map(account -> account.key() + " " + account.attributes().get("plan"))
                .toList();
    }

    @Test
    void who_is_not_in_a_complete_snapshot_ends_on_its_day_and_stays_an_account() {
        load(null, seen("a", "2026-01-01", "free"), seen("b", "2026-01-01", "pro"));

        var loaded = load(snapshotOf("2026-03-01", 1L), seen("a", "2026-03-01", "free"));

        assertThat(loaded.closed()).isEqualTo(1);
        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-03-01 free",
                        "a 2026-03-01..infinity free",
                        "b 2026-01-01..2026-03-01 pro");
        assertThat(plansNow()).containsExactly("a free", "b null");
    }

    @Test
    void a_snapshot_that_does_not_say_that_it_is_complete_ends_nothing() {
        load(null, seen("a", "2026-01-01", "free"), seen("b", "2026-01-01", "pro"));

        assertThat(load(null, seen("a", "2026-03-01", "free")).closed()).isZero();
        assertThat(stored()).contains("b 2026-01-01..infinity pro");
    }

    @Test
    void a_late_complete_snapshot_ends_until_the_next_day_that_is_known() {
        load(
                null,
                seen("a", "2026-01-01", "free"),
                seen("b", "2026-01-01", "pro"),
                seen("b", "2026-05-01", "max"));

        load(snapshotOf("2026-03-01", 1L), seen("a", "2026-03-01", "pro"));

        assertThat(stored())
                .containsExactly(
                        "a 2026-01-01..2026-03-01 free",
                        "a 2026-03-01..infinity pro",
                        "b 2026-01-01..2026-03-01 pro",
                        "b 2026-05-01..infinity max");
        assertThat(plansNow()).containsExactly("a pro", "b max");
    }

    @Test
    void each_day_of_a_file_of_snapshots_is_complete_for_itself() {
        load(
                snapshotOf(null, null),
                seen("a", "2026-01-01", "free"),
                seen("b", "2026-01-01", "pro"),
                seen("a", "2026-02-01", "free"),
                seen("a", "2026-03-01", "free"),
                seen("b", "2026-04-01", "max"),
                seen("a", "2026-04-01", "free"));

        assertThat(stored())
                .filteredOn(row -> row.startsWith("b"))
                .containsExactly("b 2026-01-01..2026-02-01 pro", "b 2026-04-01..infinity max");
    }

    @Test
    void a_complete_snapshot_takes_back_what_an_earlier_one_of_its_day_said() {
        load(null, seen("a", "2026-01-01", "free"), seen("b", "2026-01-01", "pro"));

        load(snapshotOf("2026-01-01", 1L), seen("a", "2026-01-01", "free"));

        assertThat(stored()).containsExactly("a 2026-01-01..infinity free");
        assertThat(plansNow()).containsExactly("a free", "b null");
    }

    @Test
    void the_same_complete_snapshot_twice_changes_nothing() {
        load(null, seen("a", "2026-01-01", "free"), seen("b", "2026-01-01", "pro"));
        load(snapshotOf("2026-03-01", 1L), seen("a", "2026-03-01", "free"));
        var before = stored();

        var again = load(snapshotOf("2026-03-01", null), seen("a", "2026-03-01", "free"));

        assertThat(again.closed()).isZero();
        assertThat(again.loaded()).isZero();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void complete_intervals_say_all_of_whom_they_name_and_end_the_others_on_their_day() {
        load(
                null,
                held("a", "2025-01-01", "2025-06-01", "old"),
                held("a", "2026-01-01", null, "free"),
                held("b", "2026-01-01", null, "pro"),
                held("c", "2026-01-01", "2026-02-01", "pro"));

        var loaded =
                load(
                        new Closing(day("2026-06-01"), false, 2L),
                        held("a", "2026-01-01", "2026-02-01", "free"),
                        held("a", "2026-03-01", "2026-04-01", "pro"));

        assertThat(loaded.closed()).isEqualTo(2);
        assertThat(stored())
                .containsExactly(
                        // before its first row the file says nothing
                        "a 2025-01-01..2025-06-01 old",
                        "a 2026-01-01..2026-02-01 free",
                        "a 2026-03-01..2026-04-01 pro",
                        "b 2026-01-01..2026-06-01 pro",
                        "c 2026-01-01..2026-02-01 pro");
    }

    @Test
    void more_than_a_tenth_is_closed_only_where_that_many_are_accepted() {
        var all = new Member[10];
        for (int i = 0; i < 10; i++) {
            all[i] = seen("a" + i, "2026-01-01", "free");
        }
        load(null, all);
        var before = stored();
        var march = new Member[8];
        for (int i = 0; i < 8; i++) {
            march[i] = seen("a" + i, "2026-03-01", "free");
        }

        assertThatThrownBy(() -> load(snapshotOf("2026-03-01", null), march))
                .isInstanceOf(ClosingRefused.class)
                .hasMessageContaining("2 of the 10 members of account")
                .hasMessageContaining("--accept-closing 2");
        assertThatThrownBy(() -> load(snapshotOf("2026-03-01", 1L), march))
                .isInstanceOf(ClosingRefused.class)
                .hasMessageContaining("1 are accepted");
        assertThat(stored()).isEqualTo(before);
        assertThat(load(snapshotOf("2026-03-01", 2L), true, march).closed()).isEqualTo(2);
        assertThat(stored()).isEqualTo(before);
        assertThat(load(snapshotOf("2026-03-01", 2L), march).closed()).isEqualTo(2);
        // now 8 hold, of which 1 is more than a tenth
        // of those that hold now
        assertThatThrownBy(() -> load(snapshotOf("2026-04-01", null)))
                .isInstanceOf(ClosingRefused.class)
                .hasMessageContaining("8 of the 8");
    }

    @Test
    void accounts_that_were_deleted_are_neither_closed_nor_counted() {
        load(null, seen("a", "2026-01-01", "free"), seen("b", "2026-01-01", "pro"));
        dsl.insertInto(DELETION)
                .set(DELETION.DELETED_AT, NOW)
                .set(DELETION.WHAT, "b")
                .set(DELETION.ACCOUNTS, 1L)
                .set(DELETION.USERS, 0L)
                .execute();
        dsl.update(ACCOUNT)
                .set(ACCOUNT.DELETION_ID, DSL.select(DSL.max(DELETION.DELETION_ID)).from(DELETION))
                .where(ACCOUNT.ACCOUNT_KEY.eq("b"))
                .execute();

        var loaded =
                load(
                        snapshotOf("2026-03-01", 0L),
                        seen("a", "2026-03-01", "free"),
                        seen("b", "2026-03-01", "pro"));

        assertThat(loaded.closed()).isZero();
        assertThat(loaded.deleted()).isEqualTo(1);
        assertThat(stored()).contains("b 2026-01-01..infinity pro");
    }
}
