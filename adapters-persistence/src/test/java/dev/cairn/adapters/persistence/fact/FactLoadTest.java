package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.staging.WaitingImport;
import dev.cairn.application.port.out.FactStore.DeclaredAnew;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FactLoadTest {
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);
    private static final Field NAME = Field.of("name", DataType.TEXT);
    private static final Source EVENT = source("event", List.of(), AT, CUSTOMER, PERSON, NAME);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);

    @Test
    void values_of_every_type_come_back_as_they_were_given() {
        var all =
                source(
                        "everything",
                        List.of(),
                        AT,
                        NAME,
                        Field.of("seats", DataType.INTEGER),
                        Field.of("rate", DataType.DECIMAL),
                        Field.of("price", DataType.MONEY),
                        Field.of("paid", DataType.BOOLEAN),
                        Field.of("day", DataType.DATE));
        save(database, all);
        var full =
                Arrays.<Object>asList(
                        MONDAY.plusNanos(123_456_000),
                        "login",
                        Long.MIN_VALUE,
                        new BigDecimal("-0.000000000000000000001"),
                        new BigDecimal("1e30"),
                        true,
                        LocalDate.parse("2024-02-29"));
        var bare = Arrays.<Object>asList(MONDAY, null, null, null, null, null, null);
        var edge =
                Arrays.<Object>asList(
                        Instant.parse("9999-12-31T23:59:59.999999Z"),
                        "",
                        Long.MAX_VALUE,
                        new BigDecimal("12.50"),
                        BigDecimal.ZERO,
                        false,
                        LocalDate.parse("0001-01-01"));

        facts.load(
                all,
                MONDAY,
                fact(all, full.toArray()),
                fact(all, bare.toArray()),
                fact(all, edge.toArray()));

        assertThat(facts.inForce(all))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(List.of(of("", bare), of("", full), of("", edge)));
    }

    private static List<Object> of(String account, List<Object> values) {
        var row = new ArrayList<Object>(List.of(account));
        row.addAll(values);
        return row;
    }

    private static final List<String> TEXTS =
            List.of(
                    "'; drop table fact_event; --",
                    "\"; drop table fact_event; --",
                    "$$ or true",
                    "\\",
                    "\\\\",
                    "\\N",
                    "\\.",
                    "\\n",
                    "\n",
                    "\r\n",
                    "\r",
                    "\t",
                    "a\tb\nc",
                    "",
                    " ",
                    "null",
                    "é 漢 \uD83D\uDE80 \u0301",
                    "\u0001\b\f\u007F",
                    "%s {} ? :x",
                    "{\"a\":[1]}",
                    "\u202E",
                    "\uFEFF");

    @Test
    void any_text_is_only_text() {
        save(database, EVENT);

        facts.load(
                EVENT,
                MONDAY,
                TEXTS.stream()
                        .map(text -> fact(EVENT, MONDAY, text, text, text))
                        .toArray(Fact[]::new));

        assertThat(facts.inForce(EVENT))
                .containsExactlyInAnyOrderElementsOf(
                        TEXTS.stream()
                                .map(text -> List.<Object>of(text, MONDAY, text, text, text))
                                .toList());
        assertThat(facts.accounts()).containsExactlyInAnyOrderElementsOf(TEXTS);
        assertThat(facts.dsl().selectFrom(ACCOUNT_USER).fetch(ACCOUNT_USER.USER_KEY))
                .containsExactlyInAnyOrderElementsOf(TEXTS);
    }

    @Test
    void what_cannot_be_kept_is_refused_and_the_load_goes_on() {
        save(database, EVENT);
        try (var load = facts.store().begin(EVENT, MONDAY)) {
            load.add(fact(EVENT, MONDAY, "a", null, "first"));
            for (Fact wrong :
                    List.of(
                            fact(EVENT, MONDAY, "a", null, "nul\0"),
                            fact(EVENT, MONDAY, "nul\0", null, "x"),
                            fact(EVENT, MONDAY, "a", "nul\0", "x"),
                            fact(EVENT, MONDAY, "a", null, "half \uD83D"),
                            fact(EVENT, MONDAY, "a", null, "half \uDE80 \uD83D"),
                            fact(EVENT, MONDAY, "é".repeat(1_001), null, "x"),
                            fact(EVENT, MONDAY, "a", null, 5L),
                            fact(EVENT, Instant.parse("+10000-01-01T00:00:00Z"), "a", null, "x"),
                            fact(EVENT, Instant.parse("0000-12-31T23:59:59Z"), "a", null, "x"),
                            new Fact(MONDAY, null, "a", null, Arrays.asList(null, "a", null, "x")),
                            new Fact(MONDAY, null, "a", null, List.of(MONDAY, "a")))) {
                assertThatThrownBy(() -> load.add(wrong))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            load.add(fact(EVENT, MONDAY, "b", null, "last"));

            assertThat(load.commit(null)).isEqualTo(new Loaded(2, 0, 0));
        }
        assertThat(facts.accounts()).containsExactly("a", "b");
    }

    @Test
    void a_number_with_too_many_digits_is_refused() {
        var invoice = source("invoice", List.of(), AT, Field.of("amount", DataType.DECIMAL));
        save(database, invoice);
        try (var load = facts.store().begin(invoice, MONDAY)) {
            assertThatThrownBy(
                            () -> load.add(fact(invoice, MONDAY, new BigDecimal("1e2000000000"))))
                    .hasMessageContaining("amount");
            assertThatThrownBy(() -> load.add(fact(invoice, MONDAY, new BigDecimal("1e-16384"))))
                    .hasMessageContaining("amount");
            load.add(fact(invoice, MONDAY, new BigDecimal("1e131071")));
            load.add(fact(invoice, MONDAY, new BigDecimal("1e-16383")));
            assertThat(load.commit(null).loaded()).isEqualTo(2);
        }
    }

    @Test
    void a_fact_of_a_keyed_source_needs_its_key() {
        var keyed = source("ticket", List.of("name"), AT, NAME);
        save(database, keyed);
        try (var load = facts.store().begin(keyed, MONDAY)) {
            assertThatThrownBy(() ->
                            load.add(new Fact(MONDAY, null, null, null, List.of(MONDAY, "t"))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void accounts_and_users_are_created_once_by_the_facts_that_name_them() {
        save(database, EVENT);

        facts.load(
                EVENT,
                MONDAY,
                fact(EVENT, MONDAY, "a", "ann", "x"),
                fact(EVENT, MONDAY, "a", "bob", "x"),
                fact(EVENT, MONDAY, "b", "ann", "x"),
                fact(EVENT, MONDAY, null, "ann", "x"),
                fact(EVENT, MONDAY, null, null, "x"));
        facts.load(
                EVENT,
                MONDAY,
                fact(EVENT, MONDAY, "b", "ann", "y"),
                fact(EVENT, MONDAY, "c", null, "y"));

        assertThat(facts.accounts()).containsExactly("a", "b", "c");
        assertThat(
                        facts.dsl()
                                .selectFrom(ACCOUNT_USER)
                                .fetch(user ->
                                        user.get(ACCOUNT_USER.USER_KEY)
                                                + " of account 0: "
                                                + (user.get(ACCOUNT_USER.ACCOUNT_ID) == 0)))
                .containsExactlyInAnyOrder(
                        "ann of account 0: false",
                        "bob of account 0: false",
                        "ann of account 0: false",
                        "ann of account 0: true");
        var table = new FactTable("event");
        assertThat(facts.dsl().fetchCount(table.table(), table.accountId().eq(0L))).isEqualTo(2);
        assertThat(facts.dsl().fetchCount(table.table(), table.userId().isNull())).isEqualTo(2);
    }

    @Test
    void an_empty_account_key_is_an_account_and_no_account_is_none() {
        save(database, EVENT);

        facts.load(
                EVENT,
                MONDAY,
                fact(EVENT, MONDAY, "", null, "x"),
                fact(EVENT, MONDAY, null, null, "x"));

        assertThat(facts.accounts()).containsExactly("");
    }

    @Test
    void the_same_file_twice_changes_nothing() {
        save(database, EVENT);
        Fact[] file = {
            fact(EVENT, MONDAY, "a", "ann", "x"),
            fact(EVENT, MONDAY, "a", "ann", "x"),
            fact(EVENT, MONDAY, null, null, null),
        };

        assertThat(facts.load(EVENT, MONDAY, file)).isEqualTo(new Loaded(3, 0, 0));
        long version = facts.store().dataVersion("event");
        assertThat(facts.load(EVENT, MONDAY.plusSeconds(60), file)).isEqualTo(new Loaded(0, 0, 3));

        assertThat(facts.rows(EVENT)).isEqualTo(3);
        assertThat(facts.store().dataVersion("event")).isEqualTo(version);
    }

    @Test
    void equal_rows_without_a_key_are_different_facts() {
        save(database, EVENT);
        Fact same = fact(EVENT, MONDAY, "a", "ann", "x");

        facts.load(EVENT, MONDAY, same, same);
        assertThat(facts.load(EVENT, MONDAY, same, same, same)).isEqualTo(new Loaded(1, 0, 2));

        assertThat(facts.rows(EVENT)).isEqualTo(3);
    }

    @Test
    void rows_that_differ_in_one_value_are_different_facts() {
        save(database, EVENT);

        var loaded =
                facts.load(
                        EVENT,
                        MONDAY,
                        fact(EVENT, MONDAY, "a", "b", "c"),
                        fact(EVENT, MONDAY, "a", "b", ""),
                        fact(EVENT, MONDAY, "a", "b", null),
                        fact(EVENT, MONDAY, "a", null, "b"),
                        fact(EVENT, MONDAY, null, "a", "b"),
                        fact(EVENT, MONDAY, "a", "", "b"),
                        fact(EVENT, MONDAY.plusNanos(1_000), "a", "b", "c"),
                        fact(EVENT, MONDAY, "a", "b", "c4:name:1:x"));

        assertThat(loaded).isEqualTo(new Loaded(8, 0, 0));
    }

    @Test
    void numbers_and_instants_that_are_kept_alike_are_alike() {
        var invoice = source("invoice", List.of(), AT, Field.of("amount", DataType.MONEY));
        save(database, invoice);

        facts.load(invoice, MONDAY, fact(invoice, MONDAY.plusNanos(1_999), new BigDecimal("100")));

        assertThat(
                        facts.load(
                                invoice,
                                MONDAY,
                                fact(invoice, MONDAY.plusNanos(1_000), new BigDecimal("1.000e2"))))
                .isEqualTo(new Loaded(0, 0, 1));
    }

    @Test
    void the_order_of_fields_in_the_declaration_does_not_matter_to_facts_without_a_key() {
        save(database, EVENT);
        facts.load(EVENT, MONDAY, fact(EVENT, MONDAY, "a", "ann", "x"));
        var turned = source("event", List.of(), NAME, PERSON, CUSTOMER, AT);
        save(database, turned);

        assertThat(facts.load(turned, MONDAY, fact(turned, "x", "ann", "a", MONDAY)))
                .isEqualTo(new Loaded(0, 0, 1));
    }

    @Test
    void a_load_closed_without_commit_leaves_nothing() {
        save(database, EVENT);
        try (var load = facts.store().begin(EVENT, MONDAY)) {
            for (int i = 0; i < 50_000; i++) {
                load.add(fact(EVENT, MONDAY, "a", null, "x" + i));
            }
        }

        assertThat(facts.rows(EVENT)).isZero();
        assertThat(facts.accounts()).isEmpty();
        assertThat(facts.store().dataVersion("event")).isZero();
        assertThat(facts.load(EVENT, MONDAY)).isEqualTo(new Loaded(0, 0, 0));
    }

    @Test
    void a_load_is_over_after_its_commit() {
        save(database, EVENT);
        try (var load = facts.store().begin(EVENT, MONDAY)) {
            load.commit(null);

            assertThatThrownBy(() -> load.commit(null)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> load.add(fact(EVENT, MONDAY, "a", null, "x")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void facts_read_by_a_declaration_that_is_not_in_force_any_more_are_not_loaded() {
        save(database, EVENT);
        try (var load = facts.store().begin(EVENT, MONDAY)) {
            load.add(fact(EVENT, MONDAY, "a", null, "x"));
            save(database, source("event", List.of("name"), AT, CUSTOMER, PERSON, NAME));

            assertThatThrownBy(() -> load.commit(null)).isInstanceOf(DeclaredAnew.class);
        }
        assertThat(facts.rows(EVENT)).isZero();
        assertThat(WaitingImport.in(database)).isEmpty();
    }

    @Test
    void facts_of_a_source_that_was_retired_meanwhile_are_not_loaded() {
        save(database, EVENT);
        try (var load = facts.store().begin(EVENT, MONDAY)) {
            load.add(fact(EVENT, MONDAY, "a", null, "x"));
            var store = new JooqDefinitionStore(database);
            store.save(store.version(), List.of(), Set.of("event"));

            assertThatThrownBy(() -> load.commit(null)).isInstanceOf(DeclaredAnew.class);
        }
        assertThat(facts.rows(EVENT)).isZero();
    }

    @Test
    void a_widened_source_takes_facts_with_the_new_field() {
        var narrow = source("ticket", List.of("name"), AT, NAME);
        save(database, narrow);
        facts.load(narrow, MONDAY, fact(narrow, MONDAY, "old"), fact(narrow, MONDAY, "same"));
        var wide = source("ticket", List.of("name"), AT, NAME, Field.of("seats", DataType.INTEGER));
        save(database, wide);

        var loaded =
                facts.load(
                        wide,
                        MONDAY,
                        fact(wide, MONDAY, "old", 3L),
                        fact(wide, MONDAY, "same", null),
                        fact(wide, MONDAY, "new", 4L));

        assertThat(loaded).isEqualTo(new Loaded(2, 1, 1));
        assertThat(facts.inForce(wide))
                .containsExactlyInAnyOrder(
                        Arrays.asList("", MONDAY, "old", 3L),
                        Arrays.asList("", MONDAY, "same", null),
                        Arrays.asList("", MONDAY, "new", 4L));
    }

    @Test
    void the_data_version_grows_with_each_change() {
        save(database, EVENT);
        assertThat(facts.store().dataVersion("event")).isZero();
        assertThat(facts.store().dataVersion("unknown")).isZero();

        facts.load(EVENT, MONDAY, fact(EVENT, MONDAY, "a", null, "x"));
        assertThat(facts.store().dataVersion("event")).isEqualTo(1);
        assertThat(facts.store().dataVersion("account")).isEqualTo(1);
        assertThat(facts.store().dataVersion("user")).isZero();

        facts.load(EVENT, MONDAY, fact(EVENT, MONDAY, "a", "ann", "y"));
        assertThat(facts.store().dataVersion("event")).isEqualTo(2);
        assertThat(facts.store().dataVersion("account")).isEqualTo(1);
        assertThat(facts.store().dataVersion("user")).isEqualTo(1);
    }
}
