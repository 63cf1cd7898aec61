package dev.cairn.adapters.persistence.catalog;

import static dev.cairn.adapters.persistence.Declarations.covering;
import static dev.cairn.adapters.persistence.Declarations.in;
import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static dev.cairn.adapters.persistence.generated.Tables.SOURCE_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Validity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FactTableDeclarationTest {
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field SEATS = Field.of("seats", DataType.INTEGER);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final DSLContext dsl = Postgres.dsl(database);

    @Test
    void a_source_gets_a_table_with_a_column_of_its_type_for_each_field() {
        save(
                database,
                source(
                        "event",
                        List.of(),
                        AT,
                        CUSTOMER,
                        SEATS,
                        Field.of("price", DataType.MONEY),
                        Field.of("paid", DataType.BOOLEAN),
                        Field.of("rate", DataType.DECIMAL),
                        Field.of("day", DataType.DATE)));

        assertThat(columns("event"))
                .containsExactlyInAnyOrder(
                        "account_id bigint",
                        "user_id bigint",
                        "source_key uuid",
                        "occurred timestamp with time zone",
                        "recorded timestamp with time zone",
                        "superseded timestamp with time zone",
                        "f_at timestamp with time zone",
                        "f_customer text",
                        "f_seats bigint",
                        "f_price numeric",
                        "f_paid boolean",
                        "f_rate numeric",
                        "f_day date");
    }

    @Test
    void the_longest_names_fit() {
        String longest = "a".repeat(49);
        save(
                database,
                source(
                        longest + "b",
                        List.of(),
                        AT,
                        Field.of(longest + "1", DataType.TEXT),
                        Field.of(longest + "2", DataType.TEXT)));
        save(database, source(longest + "c", List.of(), AT));

        assertThat(columns(longest + "b"))
                .contains("f_" + longest + "1 text", "f_" + longest + "2 text");
    }

    @Test
    void names_that_sql_reserves_are_names() {
        save(
                database,
                source(
                        "select",
                        List.of(),
                        AT,
                        Field.of("order", DataType.TEXT),
                        Field.of("account_id", DataType.TEXT)));

        assertThat(columns("select")).contains("f_order text", "f_account_id text");
    }

    @Test
    void a_new_field_widens_the_table_and_keeps_its_facts() {
        save(database, source("event", List.of("seats"), AT, SEATS));
        oneFactIn(source("event", List.of("seats"), AT, SEATS));

        save(database, source("event", List.of("seats"), AT, SEATS, CUSTOMER_NAME));

        assertThat(columns("event")).contains("f_customer_name text");
        assertThat(dsl.fetchCount(new FactTable("event").table())).isEqualTo(1);
    }

    private static final Field CUSTOMER_NAME = Field.of("customer_name", DataType.TEXT);

    @Test
    void the_column_of_a_field_that_is_not_declared_any_more_stays() {
        var wide = source("event", List.of("seats"), AT, SEATS, CUSTOMER_NAME);
        save(database, wide);
        oneFactIn(wide);

        save(database, source("event", List.of("seats"), AT, SEATS));

        assertThat(columns("event")).contains("f_customer_name text");
    }

    @Test
    void a_field_may_change_its_type_while_there_are_no_facts() {
        save(database, source("event", List.of(), AT, SEATS));

        save(database, source("event", List.of(), AT, Field.of("seats", DataType.TEXT)));

        assertThat(columns("event")).contains("f_seats text").doesNotContain("f_seats bigint");
    }

    @Test
    void a_field_with_values_does_not_change_its_type() {
        var before = source("event", List.of("at"), AT, SEATS);
        save(database, before);
        oneFactIn(before);

        assertRefused(
                source("event", List.of("at"), AT, Field.of("seats", DataType.TEXT)), "seats");
        assertThat(columns("event")).contains("f_seats bigint");
    }

    @Test
    void a_field_without_values_may_change_its_type() {
        var before = source("event", List.of("at"), AT, SEATS);
        save(database, before);
        oneFactIn(before);
        save(database, source("event", List.of("at"), AT, SEATS, CUSTOMER_NAME));

        save(
                database,
                source(
                        "event",
                        List.of("at"),
                        AT,
                        SEATS,
                        Field.of("customer_name", DataType.DATE)));

        assertThat(columns("event"))
                .contains("f_customer_name date")
                .doesNotContain("f_customer_name text");
    }

    @Test
    void what_facts_were_read_by_does_not_change_beneath_them() {
        var before =
                source(
                        "event",
                        List.of("seats"),
                        AT,
                        SEATS,
                        CUSTOMER,
                        Field.of("later", DataType.TIMESTAMP));
        save(database, before);
        oneFactIn(before);

        assertRefused(
                with(before, "at", before.accountField(), null, List.of("seats", "customer")),
                "key");
        assertRefused(with(before, "at", before.accountField(), null, List.of()), "key");
        assertRefused(with(before, "later", before.accountField(), null, before.key()), "time");
        assertRefused(with(before, "at", null, null, before.key()), "account");
        assertRefused(with(before, "at", before.accountField(), "customer", before.key()), "user");
        assertRefused(in(ZoneId.of("Europe/Paris"), before), "zone");
    }

    @Test
    void how_a_key_is_read_does_not_change_beneath_facts() {
        var before = source("event", List.of("seats"), AT, SEATS);
        save(database, before);
        oneFactIn(before);

        assertRefused(source("event", List.of("seats"), AT, missing(SEATS, "3")), "seats");
    }

    @Test
    void how_another_field_is_read_may_change_where_there_is_a_key() {
        var before = source("event", List.of("seats"), AT, SEATS, CUSTOMER_NAME);
        save(database, before);
        oneFactIn(before);

        save(database, source("event", List.of("seats"), AT, SEATS, missing(CUSTOMER_NAME, "n/a")));
    }

    @Test
    void the_notation_that_facts_were_read_by_does_not_change_beneath_them() {
        var before = source("event", List.of("seats"), AT, SEATS, CUSTOMER_NAME);
        save(database, before);
        oneFactIn(before);
        var other =
                new Notation(
                        "Name", List.of(), null, null, null, null, List.of(), null, null, true,
                        null, null);

        assertRefused(
                source("event", List.of("seats"), AT, SEATS, CUSTOMER_NAME.with(other)),
                "customer_name is now read in another way");
    }

    @Test
    void without_a_key_facts_are_recognized_by_all_that_is_read() {
        var before = source("event", List.of(), AT, SEATS);
        save(database, before);
        oneFactIn(before);

        assertRefused(source("event", List.of(), AT, SEATS, CUSTOMER_NAME), "customer_name");
        assertRefused(source("event", List.of(), AT), "seats");
        assertRefused(source("event", List.of(), AT, missing(SEATS, "3")), "seats");
        save(
                database,
                source("event", List.of(), AT, SEATS, computed("double_seats", "seats * 2")));
        save(
                database,
                source("event", List.of(), AT, SEATS, computed("double_seats", "seats + seats")));
    }

    @Test
    void all_of_it_may_change_while_there_are_no_facts() {
        save(database, source("event", List.of("seats"), AT, SEATS, CUSTOMER));

        save(
                database,
                in(ZoneId.of("Europe/Paris"), source("event", List.of(), AT, CUSTOMER_NAME)));

        assertThat(columns("event"))
                .contains("f_customer_name text")
                .doesNotContain("f_seats bigint");
    }

    @Test
    void facts_of_a_retired_source_are_not_read_by_another_declaration() {
        var before = source("event", List.of("seats"), AT, SEATS);
        save(database, before);
        oneFactIn(before);
        new JooqDefinitionStore(database).save(1, List.of(), Set.of("event"));

        assertRefused(source("event", List.of("at"), AT, SEATS), "key");
        save(database, before);
        assertThat(dsl.fetchCount(new FactTable("event").table())).isEqualTo(1);
    }

    @Test
    void when_one_table_cannot_follow_nothing_is_saved() {
        var before = source("event", List.of("seats"), AT, SEATS);
        save(database, before);
        oneFactIn(before);

        var saved =
                trySave(
                        database,
                        source("other", List.of(), AT),
                        new Entity(
                                EntityRef.ACCOUNT,
                                "",
                                "",
                                "key",
                                List.of(new Entity.Attribute(CUSTOMER_NAME, Entity.Mark.NAME))),
                        source("event", List.of(), AT, SEATS));

        assertThat(saved).isInstanceOf(Saved.Refused.class);
        assertThat(columns("other")).isEmpty();
        assertThat(columns(DSL.name("attribute_account"))).containsExactly("account_id bigint");
        assertThat(new JooqDefinitionStore(database).load().source("other")).isEmpty();
    }

    @Test
    void declared_coverage_is_known_at_once_and_follows_the_declaration() {
        var paris = ZoneId.of("Europe/Paris");
        var event = in(paris, source("event", List.of(), AT));
        save(
                database,
                covering(event, LocalDate.parse("2026-01-01"), LocalDate.parse("2026-07-01")));

        var state = dsl.fetchSingle(SOURCE_STATE);
        assertThat(state.get(SOURCE_STATE.FROM_DATE)).isEqualTo("2026-01-01");
        assertThat(state.get(SOURCE_STATE.FROM_AT)).isEqualTo("2025-12-31T23:00:00Z");
        assertThat(state.get(SOURCE_STATE.UNTIL_DATE)).isEqualTo("2026-07-01");
        assertThat(state.get(SOURCE_STATE.UNTIL_AT)).isEqualTo("2026-06-30T22:00:00Z");
        assertThat(state.get(SOURCE_STATE.DATA_VERSION)).isZero();

        save(database, event);

        state = dsl.fetchSingle(SOURCE_STATE);
        assertThat(state.get(SOURCE_STATE.FROM_DATE)).isNull();
        assertThat(state.get(SOURCE_STATE.FROM_AT)).isNull();
        assertThat(state.get(SOURCE_STATE.UNTIL_DATE)).isNull();
        assertThat(state.get(SOURCE_STATE.UNTIL_AT)).isNull();
    }

    @Test
    void times_are_indexed_as_they_are_declared() {
        var until = Field.of("until", DataType.TIMESTAMP);
        var term = source("term", List.of(), AT, CUSTOMER, SEATS, until);

        save(database, term);
        assertThat(indexes()).containsExactly("account_of_fact_term", "time_of_fact_term");
        oneFactIn(term);
        save(database, term.with(new Validity("at", "until")));
        assertThat(indexes())
                .containsExactly(
                        "account_of_fact_term", "time_of_fact_term", "validity_of_fact_term");
        save(
                database,
                with(term, null, "customer", null, List.of()).with(new Validity("at", "until")));
        assertThat(indexes()).containsExactly("account_of_fact_term", "validity_of_fact_term");
        save(database, term);
        assertThat(indexes()).containsExactly("account_of_fact_term", "time_of_fact_term");
    }

    private List<String> indexes() {
        return dsl.select(DSL.field("indexname", String.class))
                .from("pg_indexes")
                .where("tablename = 'fact_term' and indexname not like 'key%'")
                .orderBy(1)
                .fetch(DSL.field("indexname", String.class));
    }

    @Test
    void a_row_that_never_begins_or_has_no_end_that_was_read_stands_against_a_validity() {
        var since = Field.of("since", DataType.TIMESTAMP);
        var until = Field.of("until", DataType.TIMESTAMP);
        var term = source("term", List.of("seats"), AT, CUSTOMER, SEATS, since, until);
        save(database, term);
        oneFactIn(term);

        assertRefused(
                term.with(new Validity("since", "until")),
                "since, which says from when it holds, would be empty");
        assertRefused(
                source(
                                "term",
                                List.of("seats"),
                                AT,
                                CUSTOMER,
                                SEATS,
                                Field.of("ends", DataType.TIMESTAMP))
                        .with(new Validity("at", "ends")),
                "the validity reads ends, which they were read without");
    }

    @Test
    void text_is_compared_by_code_point() {
        assertThat(
                        dsl.insertInto(ACCOUNT_IDENTITY, ACCOUNT_IDENTITY.ACCOUNT_KEY)
                                .values("b")
                                .values("B")
                                .values("a")
                                .values("é")
                                .execute())
                .isEqualTo(4);

        assertThat(
                        dsl.selectFrom(ACCOUNT_IDENTITY)
                                .orderBy(ACCOUNT_IDENTITY.ACCOUNT_KEY)
                                .fetch(ACCOUNT_IDENTITY.ACCOUNT_KEY))
                .containsExactly("B", "a", "b", "é");
    }

    private void assertRefused(Source after, String because) {
        assertThat(trySave(database, after))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused ->
                                assertThat(refused.reasons().get(after.name()).getFirst())
                                        .contains(because));
    }

    private void oneFactIn(Source source) {
        var facts = new FactTable(source.name());
        var insert = dsl.insertQuery(facts.table());
        insert.addValue(facts.accountId(), 0L);
        insert.addValue(facts.sourceKey(), new UUID(0, 0));
        insert.addValue(facts.occurred(), Instant.EPOCH);
        insert.addValue(facts.recorded(), Instant.EPOCH);
        insert.addValue(facts.column(AT).coerce(Instant.class), Instant.EPOCH);
        insert.addValue(facts.column(SEATS).coerce(Long.class), 3L);
        insert.execute();
        assertThat(dsl.fetchCount(facts.table(), facts.inForce())).isEqualTo(1);
    }

    private List<String> columns(String source) {
        return columns(new FactTable(source).name());
    }

    private List<String> columns(Name table) {
        return ExistingColumns.of(dsl, table).types().entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .toList();
    }

    private static Source with(
            Source old,
            @Nullable String time,
            @Nullable String account,
            @Nullable String user,
            List<String> key) {
        return new Source(
                old.name(),
                old.label(),
                old.description(),
                time,
                old.zone(),
                old.coverageFrom(),
                old.coverageUntil(),
                account,
                user,
                key,
                old.fields());
    }

    private static Field missing(Field field, String code) {
        return new Field(
                field.name(), field.label(), field.type(), null, null, List.of(code), null, null);
    }

    private static Field computed(String name, String formula) {
        return new Field(name, name, DataType.INTEGER, null, formula, List.of(), null, null);
    }
}
