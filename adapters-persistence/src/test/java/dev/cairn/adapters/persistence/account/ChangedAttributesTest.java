package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.catalog.JooqDefinitionStore;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.DefinitionStore.Redone;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Mapping;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.time.PointInTime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A changed declaration of attributes, carried into members that were loaded by the one before. */
class ChangedAttributesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
    private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
    private static final Field SIGNED = Field.of("signed", DataType.DATE);
    private static final Field ENDED = Field.of("ended", DataType.DATE);
    private static final Field PLAN = Field.of("plan", DataType.TEXT);

    @RegisterExtension final MigratedDatabase database = new MigratedDatabase();
    private final DSLContext dsl = Postgres.dsl(database.dataSource());

    @Test
    void accounts_exist_from_and_until_what_a_mark_that_comes_says() {
        load(account(unmarked(SIGNED), unmarked(ENDED)), accountOf("acme", MAY, JUNE));
        long version = SourceStates.dataVersion(dsl, "account");

        var redone = redone(account(start(SIGNED), removed(ENDED)));

        assertThat(redone).isEqualTo(new Redone(1, List.of()));
        assertThat(startOf("acme")).isEqualTo("2026-05-01");
        assertThat(removalOf("acme")).isEqualTo("2026-06-01");
        assertThat(SourceStates.dataVersion(dsl, "account")).isGreaterThan(version);
    }

    @Test
    void accounts_exist_from_their_first_fact_where_a_mark_goes() {
        load(
                account(start(SIGNED), removed(ENDED)),
                member("acme", null, at(MAY), at(JUNE), MAY, JUNE));

        assertThat(redone(account(unmarked(SIGNED), unmarked(ENDED))).rows()).isEqualTo(1);

        assertThat(startOf("acme")).isNull();
        assertThat(removalOf("acme")).isNull();
    }

    @Test
    void a_mark_that_moves_is_followed() {
        load(
                account(start(SIGNED), unmarked(ENDED)),
                member("acme", null, at(MAY), null, MAY, JUNE));

        assertThat(redone(account(unmarked(SIGNED), start(ENDED))).rows()).isEqualTo(1);

        assertThat(startOf("acme")).isEqualTo("2026-06-01");
    }

    @Test
    void a_mark_that_goes_with_its_attribute_says_nothing_any_more() {
        load(
                account(unmarked(ENDED), start(SIGNED)),
                member("acme", null, at(MAY), null, JUNE, MAY));

        assertThat(redone(account(unmarked(ENDED))).rows()).isEqualTo(1);

        assertThat(startOf("acme")).isNull();
    }

    @Test
    void users_follow_marks_too() {
        var before = entity(EntityRef.USER, unmarked(SIGNED));
        load(before, member("ann", "acme", null, null, MAY));

        assertThat(redone(entity(EntityRef.USER, start(SIGNED))).rows()).isEqualTo(1);

        assertThat(dsl.fetchSingle(ACCOUNT_USER).get(ACCOUNT_USER.DECLARED_START_ON))
                .isEqualTo("2026-05-01");
    }

    @Test
    void an_account_that_would_be_removed_before_it_starts_is_refused() {
        load(account(unmarked(SIGNED), unmarked(ENDED)), accountOf("acme", JUNE, MAY));

        assertRefused(account(start(SIGNED), removed(ENDED)), "removed before it starts");
        assertThat(startOf("acme")).isNull();
    }

    @Test
    void a_code_that_comes_empties_a_text_and_one_that_goes_is_refused_where_it_is_empty() {
        load(account(unmarked(PLAN)), accountOf("acme", "n/a"), accountOf("bolt", "pro"));

        assertThat(redone(account(unmarked(missing(PLAN, "n/a")))).rows()).isEqualTo(1);

        var plan = new AttributeTable(EntityRef.ACCOUNT).column(PLAN).coerce(String.class);
        assertThat(
                        dsl.select(plan)
                                .from(new AttributeTable(EntityRef.ACCOUNT).table())
                                .orderBy(plan)
                                .fetch(plan))
                .containsExactly("pro", null);
        assertRefused(account(unmarked(PLAN)), "1 stored row stands against it: plan is empty");
    }

    @Test
    void the_column_of_the_key_does_not_change_beneath_accounts() {
        load(account(unmarked(PLAN)), accountOf("acme", "pro"));

        assertRefused(
                new Entity(EntityRef.ACCOUNT, "", "", "other", List.of(unmarked(PLAN))),
                "the key's column is now other and was key");
    }

    @Test
    void a_retired_declaration_marks_nothing_and_one_that_comes_back_marks_again() {
        var marked = account(start(SIGNED), removed(ENDED));
        load(marked, member("acme", null, at(MAY), at(JUNE), MAY, JUNE));
        var store = new JooqDefinitionStore(database.dataSource());

        assertThat(store.rehearse(store.version(), List.of(), Set.of("account")))
                .isInstanceOfSatisfying(
                        Saved.Done.class,
                        done -> assertThat(done.redone().get("account").rows()).isEqualTo(1));
        assertThat(startOf("acme")).isEqualTo("2026-05-01");

        assertThat(store.save(store.version(), List.of(), Set.of("account")))
                .isInstanceOf(Saved.Done.class);
        assertThat(startOf("acme")).isNull();
        assertThat(removalOf("acme")).isNull();

        assertThat(redone(marked).rows()).isEqualTo(1);
        assertThat(startOf("acme")).isEqualTo("2026-05-01");
        assertThat(removalOf("acme")).isEqualTo("2026-06-01");
    }

    @Test
    void an_attribute_that_comes_back_is_compared_with_how_the_whole_file_was_read() {
        var comma =
                new Notation(
                        null, List.of(), null, null, ",", null, List.of(), null, null, null, null,
                        null);
        var spend = Field.of("spend", DataType.DECIMAL);
        load(
                new Entity(EntityRef.ACCOUNT, "", "", "key", List.of(unmarked(spend)), comma),
                accountOf("acme", new BigDecimal("2.50")));
        assertThat(redone(account(unmarked(PLAN))).unread()).containsExactly("plan");

        assertRefused(account(unmarked(spend)), "spend is now read in another way");
    }

    @Test
    void an_attribute_nobody_read_so_far_is_told() {
        load(account(unmarked(PLAN)), accountOf("acme", "pro"));

        assertThat(redone(account(unmarked(PLAN), start(SIGNED))))
                .isEqualTo(new Redone(0, List.of("signed")));
    }

    @Test
    void what_files_said_stays_while_accounts_are_mapped_on_a_table() {
        var filed = account(start(SIGNED), unmarked(PLAN));
        load(filed, member("acme", null, at(MAY), null, MAY, "pro"));
        var table = new Mapping("crm", "customers");
        var asText = Field.of("signed", DataType.TEXT);
        var mapped = new Entity(EntityRef.ACCOUNT, "", "", "no", List.of(unmarked(asText)));

        assertThat(redone(mapped.withMapping(table))).isEqualTo(Redone.NOTHING);
        assertThat(redone(filed).unread()).isEmpty();
        assertThat(startOf("acme")).isEqualTo("2026-05-01");

        redone(mapped.withMapping(table));
        assertRefused(mapped, "the key's column is now no and was key");
        assertThat(redone(account(unmarked(SIGNED))).rows()).isEqualTo(1);
        assertThat(startOf("acme")).isNull();
    }

    @Test
    void marks_are_read_again_of_accounts_that_were_retired_and_mapped_meanwhile() {
        var filed = account(start(SIGNED));
        load(filed, member("acme", null, at(MAY), null, MAY));
        var store = new JooqDefinitionStore(database.dataSource());
        store.save(store.version(), List.of(), Set.of("account"));
        redone(account(unmarked(PLAN)).withMapping(new Mapping("crm", "customers")));
        assertThat(startOf("acme")).isNull();

        redone(filed);

        assertThat(startOf("acme")).isEqualTo("2026-05-01");
    }

    @Test
    void what_files_said_stands_against_no_table_and_is_weighed_again_when_it_goes() {
        var above = Field.of("above", DataType.TEXT);
        var loaded =
                entity(EntityRef.ACCOUNT, start(SIGNED), unmarked(PLAN), unmarked(above))
                        .with(new History.Intervals("from_day", "until_day"));
        save(database.dataSource(), loaded);
        try (var load = new JooqAccountDirectory(database.dataSource()).begin(loaded, NOW)) {
            load.add(
                    new Member(
                            "acme",
                            null,
                            at(MAY),
                            null,
                            Arrays.asList(MAY, "pro", "acme"),
                            new Held(MAY, JUNE, false)));
            load.commit();
        }

        // A table has no history, another type of a plan, and parents of its own.
        var mapped =
                account(unmarked(Field.of("plan", DataType.INTEGER)), unmarked(above))
                        .withLinks(List.of(new Link("parent", EntityRef.ACCOUNT, "above")))
                        .withMapping(new Mapping("public", "customer"));
        assertThat(redone(mapped)).isEqualTo(Redone.NOTHING);
        assertThat(startOf("acme")).isEqualTo("2026-05-01");

        assertRefused(
                account(unmarked(Field.of("plan", DataType.INTEGER)), unmarked(above)),
                "What attributes were on earlier days is stored");
        assertThat(
                        trySave(
                                database.dataSource(),
                                loaded.withLinks(
                                        List.of(new Link("parent", EntityRef.ACCOUNT, "above")))))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused ->
                                assertThat(refused.reasons().get("account").toString())
                                        .contains("would be above themselves"));
        assertThat(redone(loaded)).isEqualTo(new Redone(0, List.of()));
        assertThat(startOf("acme")).isEqualTo("2026-05-01");
    }

    private void load(Entity entity, Member... members) {
        save(database.dataSource(), entity);
        try (var load = new JooqAccountDirectory(database.dataSource()).begin(entity, NOW)) {
            for (var member : members) {
                load.add(member);
            }
            load.commit();
        }
    }

    private Redone redone(Entity after) {
        return switch (trySave(database.dataSource(), after)) {
            case Saved.Done(_, var redone) -> redone.getOrDefault(after.name(), Redone.NOTHING);
            case Saved.Conflict conflict -> throw new AssertionError(conflict);
            case Saved.Refused(var reasons) -> throw new AssertionError(reasons);
        };
    }

    private void assertRefused(Entity after, String because) {
        assertThat(trySave(database.dataSource(), after))
                .isInstanceOfSatisfying(
                        Saved.Refused.class,
                        refused ->
                                assertThat(String.join(" ", refused.reasons().get(after.name())))
                                        .contains(because)
                                        .contains("import"));
    }

    private @Nullable LocalDate startOf(String account) {
        return dsl.fetchSingle(ACCOUNT, ACCOUNT.ACCOUNT_KEY.eq(account))
                .get(ACCOUNT.DECLARED_START_ON);
    }

    private @Nullable LocalDate removalOf(String account) {
        return dsl.fetchSingle(ACCOUNT, ACCOUNT.ACCOUNT_KEY.eq(account)).get(ACCOUNT.REMOVED_ON);
    }

    private static PointInTime at(LocalDate day) {
        return PointInTime.on(day);
    }

    private static Member accountOf(String key, Object... values) {
        return member(key, null, null, null, values);
    }

    private static Member member(
            String key,
            @Nullable String account,
            @Nullable PointInTime start,
            @Nullable PointInTime removed,
            Object... values) {
        return new Member(key, account, start, removed, Arrays.asList(values));
    }

    private static Entity account(Attribute... attributes) {
        return entity(EntityRef.ACCOUNT, attributes);
    }

    private static Entity entity(EntityRef kind, Attribute... attributes) {
        return new Entity(kind, "", "", "key", List.of(attributes));
    }

    private static Attribute unmarked(Field field) {
        return new Attribute(field, Mark.NONE);
    }

    private static Attribute start(Field field) {
        return new Attribute(field, Mark.START);
    }

    private static Attribute removed(Field field) {
        return new Attribute(field, Mark.REMOVED);
    }

    private static Field missing(Field field, String code) {
        return new Field(
                field.name(), field.label(), field.type(), null, null, List.of(code), null, null);
    }
}
