package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.fact.JooqFactStore;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.sql.JooqDimensionValues;
import dev.cairn.adapters.persistence.sql.RowCounts;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.KeyRange;
import dev.cairn.application.port.out.AccountDirectory;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.DimensionValues.Asked;
import dev.cairn.application.port.out.FactStore;
import dev.cairn.application.port.out.FactStore.Alike;
import dev.cairn.application.port.out.FactStore.DeclaredAnew;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.time.PointInTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JooqAccountDirectoryTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Field PLAN = Field.of("plan", DataType.TEXT);
    private static final Entity ACCOUNTS =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "key",
                    List.of(
                            new Entity.Attribute(PLAN, Mark.NONE),
                            new Entity.Attribute(Field.of("seats", DataType.INTEGER), Mark.NONE),
                            new Entity.Attribute(Field.of("title", DataType.TEXT), Mark.NAME)));
    private static final Entity USERS =
            new Entity(
                    EntityRef.USER,
                    "User",
                    "",
                    "key",
                    List.of(new Entity.Attribute(Field.of("role", DataType.TEXT), Mark.NONE)));
    private static final Source EVENT =
            source(
                    "event",
                    List.of(),
                    Field.of("at", DataType.TIMESTAMP),
                    Field.of("customer", DataType.TEXT),
                    Field.of("person", DataType.TEXT));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final DSLContext dsl = Postgres.dsl(database);
    private final AccountDirectory directory = new JooqAccountDirectory(database);
    private final FactStore facts = new JooqFactStore(database);

    @BeforeEach
    void declare() {
        save(database, ACCOUNTS, USERS, EVENT);
    }

    @Test
    void accounts_come_back_with_what_is_known_of_them() {
        var loaded =
                load(
                        account("b", JANUARY, null, "pro", 3L, "Bee Ltd"),
                        account("a", null, null, null, null, null));

        assertThat(loaded).isEqualTo(new Loaded(2, 0, 0));
        assertThat(directory.page(Expr.TRUE, null, 10))
                .containsExactly(
                        new Account("a", "a", null, Map.of()),
                        new Account(
                                "b",
                                "Bee Ltd",
                                PointInTime.at(JANUARY),
                                Map.of("plan", "pro", "seats", 3L, "title", "Bee Ltd")));
    }

    @Test
    void the_same_file_twice_changes_nothing() {
        var file =
                new Member[] {
                    account("a", JANUARY, null, "pro", 3L, null),
                    account("b", null, MARCH, null, null, "B")
                };
        load(file);
        long version = facts.dataVersion("account");

        assertThat(load(file)).isEqualTo(new Loaded(0, 0, 2));
        assertThat(facts.dataVersion("account")).isEqualTo(version).isEqualTo(1);
    }

    @Test
    void what_changed_is_replaced_and_what_is_not_in_the_file_stays() {
        load(
                account("a", JANUARY, null, "pro", 3L, null),
                account("b", null, null, "free", null, null),
                account("c", null, null, "free", 1L, null));

        var loaded =
                load(
                        account("a", JANUARY, null, "pro", null, null),
                        account("b", null, null, "free", null, null),
                        account("d", null, null, "pro", null, null));

        assertThat(loaded).isEqualTo(new Loaded(2, 1, 1));
        assertThat(directory.page(Expr.TRUE, null, 10))
                .containsExactly(
                        new Account("a", "a", PointInTime.at(JANUARY), Map.of("plan", "pro")),
                        new Account("b", "b", null, Map.of("plan", "free")),
                        new Account("c", "c", null, Map.of("plan", "free", "seats", 1L)),
                        new Account("d", "d", null, Map.of("plan", "pro")));
        assertThat(facts.dataVersion("account")).isEqualTo(2);
    }

    @Test
    void existence_alone_is_a_change() {
        load(account("a", JANUARY, null, "pro", null, null));

        assertThat(load(account("a", FEBRUARY, null, "pro", null, null)))
                .isEqualTo(new Loaded(1, 1, 0));
        assertThat(load(account("a", FEBRUARY, MARCH, "pro", null, null)))
                .isEqualTo(new Loaded(1, 1, 0));
        assertThat(load(account("a", null, null, "pro", null, null)))
                .isEqualTo(new Loaded(1, 1, 0));

        assertThat(since("a")).isNull();
    }

    @Test
    void an_account_of_facts_gets_its_attributes_without_being_replaced() {
        factOf("a", null, FEBRUARY);

        assertThat(load(account("a", null, null, "pro", null, null)))
                .isEqualTo(new Loaded(1, 0, 0));

        assertThat(directory.page(Expr.TRUE, null, 10))
                .containsExactly(
                        new Account("a", "a", PointInTime.at(FEBRUARY), Map.of("plan", "pro")));
    }

    @Test
    void a_declared_start_comes_before_the_first_fact() {
        factOf("a", null, FEBRUARY);
        load(account("a", MARCH, null, null, null, null));
        assertThat(since("a")).isEqualTo(MARCH);

        load(account("a", null, null, null, null, null));
        assertThat(since("a")).isEqualTo(FEBRUARY);
    }

    @Test
    void of_several_rows_of_an_account_the_last_counts() {
        var loaded =
                load(
                        account("a", null, null, "free", null, null),
                        account("a", null, null, "pro", null, null),
                        account("b", null, null, "pro", null, null),
                        account("a", null, null, "pro", null, null));

        assertThat(loaded).isEqualTo(new Loaded(3, 1, 1));
        assertThat(directory.find("a", Expr.TRUE).orElseThrow().attributes())
                .isEqualTo(Map.of("plan", "pro"));
    }

    @Test
    void accounts_are_paged_by_code_point() {
        List<String> keys = List.of("", "A", "Z", "a", "b", "é", "漢", "\uFFFD", "\uD83D\uDE80");
        load(
                keys.reversed().stream()
                        .map(key -> account(key, null, null, null, null, null))
                        .toArray(Member[]::new));

        var read = new ArrayList<String>();
        String after = null;
        for (var page = directory.page(Expr.TRUE, after, 2);
                !page.isEmpty();
                page = directory.page(Expr.TRUE, after, 2)) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(account -> read.add(account.key()));
            after = read.getLast();
        }

        assertThat(read).containsExactlyElementsOf(keys);
    }

    @Test
    void the_last_accounts_before_a_key_stand_in_the_order_of_all() {
        load(
                List.of("a", "b", "c", "d", "e").stream()
                        .map(key -> account(key, null, null, null, null, null))
                        .toArray(Member[]::new));

        assertThat(keys(new KeyRange(2, true, null, null))).containsExactly("d", "e");
        assertThat(keys(new KeyRange(2, true, null, "d"))).containsExactly("b", "c");
        assertThat(keys(new KeyRange(2, true, "b", "d"))).containsExactly("c");
        assertThat(keys(new KeyRange(9, false, "b", "d"))).containsExactly("c");
        assertThat(keys(new KeyRange(0, true, null, null))).isEmpty();
    }

    private List<String> keys(KeyRange range) {
        return directory.page(Expr.TRUE, range).stream().map(Account::key).toList();
    }

    @Test
    void the_reserved_account_is_no_account() {
        factOf(null, null, JANUARY);

        assertThat(directory.page(Expr.TRUE, null, 10)).isEmpty();
        assertThat(directory.find("", Expr.TRUE)).isEmpty();
    }

    @Test
    void a_condition_chooses_accounts_by_attributes_and_key() {
        load(
                account("a", null, null, "pro", 3L, null),
                account("b", null, null, "free", 3L, null),
                account("c", null, null, "pro", null, null),
                account("d", null, null, "pro", 9L, null));
        factOf("e", null, JANUARY);
        Expr pro =
                new Expr.Compare(
                        Comparator.EQUAL,
                        new Expr.Attribute(EntityRef.ACCOUNT, "plan", Type.TEXT),
                        Expr.text("pro"));
        Expr afterA =
                new Expr.Compare(
                        Comparator.GREATER, new Expr.Key(EntityRef.ACCOUNT), Expr.text("a"));

        assertThat(directory.page(Expr.and(pro, afterA), null, 10))
                .map(Account::key)
                .containsExactly("c", "d");
        assertThat(directory.page(Expr.and(pro, afterA), "c", 10))
                .map(Account::key)
                .containsExactly("d");
        assertThat(directory.page(new Expr.Not(pro), null, 10))
                .map(Account::key)
                .containsExactly("b");
        assertThat(directory.find("d", pro)).isPresent();
        assertThat(directory.find("b", pro)).isEmpty();
        assertThat(directory.find("x", Expr.TRUE)).isEmpty();
    }

    @Test
    void users_belong_to_their_accounts() {
        var loaded =
                loadUsers(
                        user("a", "u", null, "admin"),
                        user("b", "u", JANUARY, "guest"),
                        user(null, "u", null, null),
                        user("", "u", null, "x"));

        assertThat(loaded).isEqualTo(new Loaded(4, 0, 0));
        assertThat(users())
                .containsExactly(
                        "/u null null", "/u null x", "a/u null admin", "b/u " + JANUARY + " guest");
        assertThat(directory.page(Expr.TRUE, null, 10))
                .map(Account::key)
                .containsExactly("", "a", "b");
        assertThat(facts.dataVersion("user")).isEqualTo(1);
        assertThat(facts.dataVersion("account")).isEqualTo(1);
    }

    @Test
    void users_are_replaced_and_recognized_within_their_account() {
        factOf("a", "v", JANUARY);
        loadUsers(user("a", "u", null, "admin"), user("b", "u", null, "guest"));

        var loaded =
                loadUsers(
                        user("a", "u", null, "admin"),
                        user("b", "u", null, "owner"),
                        user("a", "v", null, null),
                        user(null, "u", MARCH, null));

        assertThat(loaded).isEqualTo(new Loaded(3, 1, 1));
        assertThat(users())
                .containsExactly(
                        "/u " + MARCH + " null",
                        "a/u null admin",
                        "a/v null null",
                        "b/u null owner");
    }

    @Test
    void a_load_closed_without_commit_leaves_nothing() {
        try (var load = directory.begin(ACCOUNTS, JANUARY)) {
            load.add(account("a", null, null, "pro", null, null));
        }

        assertThat(directory.page(Expr.TRUE, null, 10)).isEmpty();
        assertThat(facts.dataVersion("account")).isZero();
    }

    @Test
    void what_cannot_be_kept_is_refused_and_the_load_goes_on() {
        try (var load = directory.begin(ACCOUNTS, JANUARY)) {
            load.add(account("a", null, null, "pro", null, null));
            for (Member wrong :
                    List.of(
                            account("b\0", null, null, "pro", null, null),
                            account("b", null, null, "pro\0", null, null),
                            account("b", Instant.MAX, null, "pro", null, null),
                            new Member("b", null, null, null, List.of("pro", "three", "")),
                            new Member("b", null, null, null, List.of("pro")))) {
                assertThatThrownBy(() -> load.add(wrong))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(load.commit()).isEqualTo(new Loaded(1, 0, 0));
        }
        assertThat(directory.page(Expr.TRUE, null, 10)).map(Account::key).containsExactly("a");
    }

    @Test
    void sql_in_keys_and_attributes_is_text() {
        String evil = "'; drop table account; --\\N\t\n\\.";
        load(account(evil, null, null, evil, null, evil));

        assertThat(directory.find(evil, Expr.TRUE))
                .contains(new Account(evil, evil, null, Map.of("plan", evil, "title", evil)));
        assertThat(directory.page(Expr.TRUE, evil, 10)).isEmpty();
    }

    @Test
    void members_read_by_a_declaration_that_is_not_in_force_any_more_are_not_loaded() {
        try (var load = directory.begin(ACCOUNTS, JANUARY)) {
            load.add(account("a", null, null, "pro", null, null));
            save(
                    database,
                    new Entity(
                            EntityRef.ACCOUNT,
                            "",
                            "",
                            "key",
                            List.of(new Entity.Attribute(PLAN, Mark.NONE))));

            assertThatThrownBy(load::commit).isInstanceOf(DeclaredAnew.class);
        }
        assertThat(directory.page(Expr.TRUE, null, 10)).isEmpty();
    }

    @Test
    void accounts_without_attributes_can_be_loaded() {
        var bare = new Entity(EntityRef.ACCOUNT, "", "", "key", List.of());
        save(database, bare);
        var member = new Member("a", null, PointInTime.at(JANUARY), null, List.of());

        try (var load = directory.begin(bare, JANUARY)) {
            load.add(member);
            assertThat(load.commit()).isEqualTo(new Loaded(1, 0, 0));
        }
        try (var load = directory.begin(bare, JANUARY)) {
            load.add(member);
            assertThat(load.commit()).isEqualTo(new Loaded(0, 0, 1));
        }
        try (var load = directory.begin(bare, JANUARY)) {
            load.add(new Member("a", null, PointInTime.at(MARCH), null, List.of()));
            assertThat(load.commit()).isEqualTo(new Loaded(1, 1, 0));
        }
        assertThat(since("a")).isEqualTo(MARCH);
    }

    private static Member account(
            String key,
            @Nullable Instant start,
            @Nullable Instant removed,
            @Nullable String plan,
            @Nullable Long seats,
            @Nullable String title) {
        return new Member(
                key, null, point(start), point(removed), Arrays.asList(plan, seats, title));
    }

    private static Member user(
            @Nullable String account, String key, @Nullable Instant start, @Nullable String role) {
        return new Member(key, account, point(start), null, Arrays.asList((Object) role));
    }

    private Loaded load(Member... members) {
        return load(ACCOUNTS, members);
    }

    private Loaded loadUsers(Member... members) {
        return load(USERS, members);
    }

    private Loaded load(Entity entity, Member... members) {
        try (var load = directory.begin(entity, JANUARY)) {
            for (Member member : members) {
                load.add(member);
            }
            return load.commit();
        }
    }

    private void factOf(@Nullable String account, @Nullable String user, Instant at) {
        try (var load = facts.begin(EVENT, JANUARY)) {
            load.add(new Fact(at, null, account, user, Arrays.asList(at, account, user)));
            load.commit(null);
        }
    }

    private static @Nullable PointInTime point(@Nullable Instant instant) {
        return instant == null ? null : PointInTime.at(instant);
    }

    private @Nullable Instant since(String key) {
        return switch (directory.find(key, Expr.TRUE).orElseThrow().since()) {
            case null -> null;
            case PointInTime.AtInstant(var instant) -> instant;
            case PointInTime.OnDate date -> throw new AssertionError("not an instant: " + date);
        };
    }

    @Test
    void files_of_some_attributes_each_come_to_the_same_in_either_order() {
        var start = new Entity.Attribute(Field.of("since", DataType.DATE), Mark.START);
        var plan = ACCOUNTS.attributes().get(0);
        var seats = ACCOUNTS.attributes().get(1);
        var entity = new Entity(EntityRef.ACCOUNT, "", "", "key", List.of(plan, seats, start));
        save(database, entity);
        var may = LocalDate.of(2026, 5, 1);
        var crm = List.of(plan, start);
        var billing = List.of(seats);
        var expected =
                List.of(
                        new Account(
                                "both",
                                "both",
                                PointInTime.on(may),
                                Map.of("plan", "pro", "seats", 3L, "since", may)),
                        new Account(
                                "crm",
                                "crm",
                                PointInTime.on(may),
                                Map.of("plan", "free", "since", may)),
                        new Account("pay", "pay", null, Map.of("seats", 5L)));
        for (boolean crmFirst : new boolean[] {true, false}) {
            dsl.deleteFrom(new AttributeTable(EntityRef.ACCOUNT).table()).execute();
            dsl.update(ACCOUNT).setNull(ACCOUNT.DECLARED_START_ON).execute();
            for (boolean isCrm : crmFirst ? List.of(true, false) : List.of(false, true)) {
                var loaded =
                        isCrm
                                ? part(
                                        entity,
                                        crm,
                                        new Member(
                                                "both",
                                                null,
                                                PointInTime.on(may),
                                                null,
                                                List.of("pro", may)),
                                        new Member(
                                                "crm",
                                                null,
                                                PointInTime.on(may),
                                                null,
                                                List.of("free", may)))
                                : part(
                                        entity,
                                        billing,
                                        new Member("both", null, null, null, List.of(3L)),
                                        new Member("pay", null, null, null, List.of(5L)));
                assertThat(loaded.loaded()).isEqualTo(2);
                assertThat(loaded.superseded()).isEqualTo(isCrm == crmFirst ? 0 : 1);
            }
            assertThat(directory.page(Expr.TRUE, null, 10)).isEqualTo(expected);
        }

        var again = new Member("both", null, null, null, List.of(3L));
        assertThat(part(entity, billing, again)).isEqualTo(new Loaded(0, 0, 1));
        var cleared = new Member("both", null, null, null, Arrays.asList((Object) null));
        assertThat(part(entity, billing, cleared)).isEqualTo(new Loaded(1, 1, 0));
        assertThat(directory.find("both", Expr.TRUE))
                .contains(
                        new Account(
                                "both",
                                "both",
                                PointInTime.on(may),
                                Map.of("plan", "pro", "since", may)));
        assertThat(part(entity, List.of(), new Member("new", null, null, null, List.of())).loaded())
                .isEqualTo(1);
        assertThat(directory.find("new", Expr.TRUE)).isPresent();
    }

    @Test
    void computed_attributes_are_listed_and_follow_what_they_read() {
        var size =
                computed(
                        "size",
                        DataType.TEXT,
                        "case when seats > 3 then 'large' when seats is none then 'unknown' else 'small' end");
        var half = computed("half", DataType.DECIMAL, "seats / 2");
        var attributes = new ArrayList<>(ACCOUNTS.attributes());
        attributes.addAll(List.of(size, half));
        var entity = new Entity(EntityRef.ACCOUNT, "", "", "key", attributes);
        load(account("a", null, null, null, 3L, null), account("b", null, null, null, null, null));

        save(database, entity);

        assertThat(directory.page(Expr.TRUE, null, 10))
                .extracting(Account::attributes)
                .containsExactly(
                        Map.of("seats", 3L, "size", "small", "half", new BigDecimal("1.5")),
                        Map.of("size", "unknown"));
        var sizes =
                Listings.values(
                        "account.size",
                        Catalog.empty().with(List.of(new Entry(entity, 1, Map.of())), Set.of()),
                        Caller.LOCAL);
        assertThat(sizes.problems()).isEmpty();
        assertThat(
                        new JooqDimensionValues(dsl, new RowCounts(dsl))
                                .values(
                                        List.of(new Asked(sizes.dimension(), sizes.scope())),
                                        "",
                                        10))
                .containsExactly("small", "unknown");

        part(
                entity,
                ACCOUNTS.attributes(),
                new Member("a", null, null, null, Arrays.asList(null, 4L, null)));
        assertThat(directory.find("a", Expr.TRUE).orElseThrow().attributes())
                .containsEntry("size", "large");
    }

    @Test
    void accounts_are_named_by_a_computed_attribute() {
        var shown =
                computed("shown", DataType.TEXT, "case when account = 'a' then 'Company a' end")
                        .field();
        load(account("a", null, null, null, null, null));
        save(
                database,
                new Entity(
                        EntityRef.ACCOUNT,
                        "",
                        "",
                        "key",
                        List.of(new Entity.Attribute(shown, Mark.NAME))));

        assertThat(directory.page(Expr.TRUE, null, 10))
                .extracting(Account::name)
                .containsExactly("Company a");
    }

    private static Entity.Attribute computed(String name, DataType type, String formula) {
        return new Entity.Attribute(
                new Field(name, name, type, null, formula, List.of(), null, null), Mark.NONE);
    }

    private Loaded part(Entity entity, List<Entity.Attribute> attributes, Member... members) {
        try (var load = directory.begin(entity, attributes, JANUARY)) {
            for (Member member : members) {
                load.add(member);
            }
            return load.commit();
        }
    }

    @Test
    void keys_that_differ_from_stored_ones_by_blanks_or_case_only_are_counted_with_an_example() {
        load(
                account("ACME", null, null, null, null, null),
                account("MÜLLER", null, null, null, null, null),
                account("bolt", null, null, null, null, null));
        loadUsers(user("bolt", "Ann", null, null), user("ACME", "eve", null, null));

        try (var load = facts.begin(EVENT, JANUARY)) {
            for (var key : List.of("acme", "Acme\u00a0", "acme", "müller", "bolt", "other")) {
                load.add(new Fact(MARCH, null, key, null, Arrays.asList(MARCH, key, null)));
            }
            load.add(new Fact(MARCH, null, "bolt", "ann", Arrays.asList(MARCH, "bolt", "ann")));
            load.add(new Fact(MARCH, null, "bolt", "eve", Arrays.asList(MARCH, "bolt", "eve")));

            assertThat(load.commit(null).alike())
                    .containsExactly(
                            new Alike(EntityRef.ACCOUNT, 3, "ACME", "Acme\u00a0"),
                            new Alike(EntityRef.USER, 1, "Ann", "ann"));
        }
        assertThat(load(account("acme", null, null, "pro", null, null)).alike())
                .as("it is known by now")
                .isEmpty();
        assertThat(load(account("Bolt", null, null, "pro", null, null)).alike())
                .containsExactly(new Alike(EntityRef.ACCOUNT, 1, "bolt", "Bolt"));
    }

    @Test
    void key_with_zeros_before_a_number_is_told_from_the_number() {
        load(account("DE/0113", null, null, "pro", null, null));

        assertThat(load(account("DE/113", null, null, "pro", null, null)).alike())
                .containsExactly(new Alike(EntityRef.ACCOUNT, 1, "DE/0113", "DE/113"));
        assertThat(load(account("DE/0x13", null, null, "pro", null, null)).alike()).isEmpty();
        assertThat(load(account("0", null, null, "pro", null, null)).alike()).isEmpty();
        assertThat(load(account("00", null, null, "pro", null, null)).alike())
                .containsExactly(new Alike(EntityRef.ACCOUNT, 1, "0", "00"));
    }

    @Test
    void a_date_that_a_member_begins_or_ends_with_stays_a_date() {
        var bare = new Entity(EntityRef.ACCOUNT, "", "", "key", List.of());
        save(database, bare);
        var june = PointInTime.on(LocalDate.of(2026, 6, 1));
        var dated = new Member("a", null, june, june, List.of());
        for (var member :
                List.of(
                        dated,
                        new Member("a", null, PointInTime.at(MARCH), null, List.of()),
                        dated)) {
            try (var load = directory.begin(bare, JANUARY)) {
                load.add(member);
                assertThat(load.commit().loaded()).isEqualTo(1);
            }
            assertThat(directory.find("a", Expr.TRUE).orElseThrow().since())
                    .isEqualTo(member.start());
        }
        try (var load = directory.begin(bare, JANUARY)) {
            load.add(dated);
            assertThat(load.commit()).isEqualTo(new Loaded(0, 0, 1));
        }
    }

    /** The key is what its column says, whatever an attribute of that name reads, or leaves out. */
    @Test
    void an_attribute_named_as_the_key_of_a_table_leaves_the_key_alone() {
        var table = DSL.table(DSL.name("crm", "customers"));
        var number = DSL.field(DSL.name("number"), SQLDataType.CLOB);
        var other = DSL.field(DSL.name("other"), SQLDataType.CLOB);
        dsl.createSchema("crm").execute();
        dsl.createTable(table).columns(number, other).execute();
        dsl.insertInto(table, number, other).values("1", "x").values("9", "y").execute();
        var elsewhere =
                new Notation(
                        "other", List.of(), null, null, null, null, List.of(), null, null, null,
                        null, null);
        for (var read :
                List.of(
                        Field.of("number", DataType.TEXT).with(elsewhere),
                        new Field(
                                "number",
                                "number",
                                DataType.TEXT,
                                null,
                                null,
                                List.of("1"),
                                null,
                                null))) {
            var mapped =
                    new Entity(
                                    EntityRef.ACCOUNT,
                                    "Account",
                                    "",
                                    "number",
                                    List.of(new Entity.Attribute(read, Mark.NONE)))
                            .withMapping(new Mapping("crm", "customers"));
            save(database, mapped);
            assertThat(directory.page(Expr.TRUE, null, 10))
                    .containsExactly(
                            new Account(
                                    "1",
                                    "1",
                                    null,
                                    read.missing().isEmpty() ? Map.of("number", "x") : Map.of()),
                            new Account(
                                    "9",
                                    "9",
                                    null,
                                    Map.of("number", read.missing().isEmpty() ? "y" : "9")));
        }
    }

    private List<String> users() {
        var attributes = new AttributeTable(EntityRef.USER);
        var role = attributes.column(Field.of("role", DataType.TEXT));
        return dsl.select(
                        ACCOUNT.ACCOUNT_KEY,
                        ACCOUNT_USER.USER_KEY,
                        ACCOUNT_USER.DECLARED_START,
                        role)
                .from(ACCOUNT_USER)
                .join(ACCOUNT)
                .on(ACCOUNT.ACCOUNT_ID.eq(ACCOUNT_USER.ACCOUNT_ID))
                .leftJoin(attributes.table())
                .on(attributes.accountId().eq(ACCOUNT_USER.ACCOUNT_ID))
                .and(attributes.userId().eq(ACCOUNT_USER.USER_ID))
                .orderBy(ACCOUNT.ACCOUNT_KEY, ACCOUNT_USER.ACCOUNT_ID, ACCOUNT_USER.USER_KEY)
                .fetch(row ->
                        "%s/%s %s %s"
                                .formatted(
                                        row.value1(),
                                        row.value2(),
                                        Objects.toString(row.value3()),
                                        Objects.toString(row.value4())));
    }
}
