package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FactCorrectionTest {
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);
    private static final Field STATE = Field.of("state", DataType.TEXT);
    private static final Source TICKET =
            source("ticket", List.of("id"), ID, AT, CUSTOMER, PERSON, STATE);
    private static final Source EVENT = source("event", List.of(), AT, CUSTOMER, PERSON);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);

    @BeforeEach
    void declare() {
        save(database, TICKET, EVENT);
    }

    @Test
    void a_known_key_with_the_same_content_is_a_duplicate() {
        var ticket = fact(TICKET, "t1", MONDAY, "a", "ann", "open");
        facts.load(TICKET, MONDAY, ticket);

        assertThat(facts.load(TICKET, TUESDAY, ticket)).isEqualTo(new Loaded(0, 0, 1));

        assertThat(facts.rows(TICKET)).isEqualTo(1);
        assertThat(facts.store().dataVersion("ticket")).isEqualTo(1);
    }

    @Test
    void a_known_key_with_other_content_supersedes_the_old_row() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", "ann", "open"));

        var loaded = facts.load(TICKET, TUESDAY, fact(TICKET, "t1", MONDAY, "a", "ann", "solved"));

        assertThat(loaded).isEqualTo(new Loaded(1, 1, 0));
        assertThat(facts.inForce(TICKET))
                .containsExactly(List.of("a", "t1", MONDAY, "a", "ann", "solved"));
        assertThat(history())
                .containsExactly(
                        "recorded %s superseded %s".formatted(MONDAY, TUESDAY),
                        "recorded " + TUESDAY);
        assertThat(facts.store().dataVersion("ticket")).isEqualTo(2);
    }

    @Test
    void each_part_of_the_content_counts_and_empty_is_a_content() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", "ann", null));

        for (var next :
                List.of(
                        fact(TICKET, "t1", TUESDAY, "a", "ann", null),
                        fact(TICKET, "t1", TUESDAY, "b", "ann", null),
                        fact(TICKET, "t1", TUESDAY, "b", "bob", null),
                        fact(TICKET, "t1", TUESDAY, "b", null, null),
                        fact(TICKET, "t1", TUESDAY, null, null, null),
                        fact(TICKET, "t1", TUESDAY, null, "ann", null),
                        fact(TICKET, "t1", TUESDAY, null, "ann", ""),
                        fact(TICKET, "t1", TUESDAY, null, "ann", null))) {
            assertThat(facts.load(TICKET, MONDAY, next))
                    .as("%s", next)
                    .isEqualTo(new Loaded(1, 1, 0));
        }
        assertThat(facts.inForce(TICKET)).hasSize(1);
    }

    @Test
    void a_fact_that_moves_to_another_account_leaves_the_first() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", null, "open"));

        facts.load(TICKET, TUESDAY, fact(TICKET, "t1", MONDAY, "b", null, "open"));

        assertThat(facts.inForce(TICKET))
                .containsExactly(Arrays.asList("b", "t1", MONDAY, "b", null, "open"));
        assertThat(facts.firstFact("a")).isNull();
        assertThat(facts.firstFact("b")).isEqualTo(MONDAY);
    }

    @Test
    void a_fact_may_come_back_to_what_it_was() {
        var open = fact(TICKET, "t1", MONDAY, "a", null, "open");
        var solved = fact(TICKET, "t1", MONDAY, "a", null, "solved");
        facts.load(TICKET, MONDAY, open);
        facts.load(TICKET, TUESDAY, solved);

        assertThat(facts.load(TICKET, WEDNESDAY, open)).isEqualTo(new Loaded(1, 1, 0));

        assertThat(facts.rows(TICKET)).isEqualTo(3);
        assertThat(facts.inForce(TICKET))
                .containsExactly(Arrays.asList("a", "t1", MONDAY, "a", null, "open"));
    }

    @Test
    void corrections_recorded_at_one_instant_or_by_a_clock_set_back_stay_in_order() {
        facts.load(TICKET, TUESDAY, fact(TICKET, "t1", MONDAY, "a", null, "1"));
        facts.load(TICKET, TUESDAY, fact(TICKET, "t1", MONDAY, "a", null, "2"));
        facts.load(TICKET, TUESDAY, fact(TICKET, "t1", MONDAY, "a", null, "3"));
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", null, "4"));

        Instant second = TUESDAY.plusNanos(1_000);
        Instant third = TUESDAY.plusNanos(2_000);
        Instant fourth = TUESDAY.plusNanos(3_000);
        assertThat(history())
                .containsExactly(
                        "recorded %s superseded %s".formatted(TUESDAY, second),
                        "recorded %s superseded %s".formatted(second, third),
                        "recorded %s superseded %s".formatted(third, fourth),
                        "recorded " + fourth);
        assertThat(facts.inForce(TICKET))
                .containsExactly(Arrays.asList("a", "t1", MONDAY, "a", null, "4"));
    }

    @Test
    void the_last_row_of_a_key_in_a_load_stays() {
        var loaded =
                facts.load(
                        TICKET,
                        MONDAY,
                        fact(TICKET, "t1", MONDAY, "a", null, "open"),
                        fact(TICKET, "t2", MONDAY, "a", null, "open"),
                        fact(TICKET, "t1", MONDAY, "b", null, "open"),
                        fact(TICKET, "t1", MONDAY, "a", null, "solved"),
                        fact(TICKET, "t1", MONDAY, "a", null, "solved"));

        assertThat(loaded).isEqualTo(new Loaded(4, 2, 1));
        assertThat(facts.inForce(TICKET))
                .containsExactly(
                        Arrays.asList("a", "t1", MONDAY, "a", null, "solved"),
                        Arrays.asList("a", "t2", MONDAY, "a", null, "open"));
        assertThat(facts.rows(TICKET)).isEqualTo(2);
        assertThat(facts.accounts()).containsExactly("a");
    }

    @Test
    void facts_in_force_grow_by_loaded_less_superseded() {
        facts.load(
                TICKET,
                MONDAY,
                fact(TICKET, "t1", MONDAY, "a", null, "open"),
                fact(TICKET, "t2", MONDAY, "a", null, "open"));

        var loaded =
                facts.load(
                        TICKET,
                        TUESDAY,
                        fact(TICKET, "t1", MONDAY, "a", null, "solved"),
                        fact(TICKET, "t1", MONDAY, "a", null, "open"),
                        fact(TICKET, "t2", MONDAY, "a", null, "waiting"),
                        fact(TICKET, "t2", MONDAY, "a", null, "solved"),
                        fact(TICKET, "t3", MONDAY, "a", null, "open"));

        assertThat(loaded).isEqualTo(new Loaded(4, 3, 1));
        assertThat(facts.inForce(TICKET))
                .hasSize((int) (2 + loaded.loaded() - loaded.superseded()));
    }

    @Test
    void an_account_exists_from_its_first_fact_of_any_source() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", TUESDAY, "a", "ann", "open"));
        facts.load(
                EVENT,
                MONDAY,
                fact(EVENT, WEDNESDAY, "a", "ann"),
                fact(EVENT, WEDNESDAY, "b", "bob"));
        assertThat(facts.firstFact("a")).isEqualTo(TUESDAY);
        assertThat(facts.firstFactOfUser("ann")).isEqualTo(TUESDAY);
        assertThat(facts.firstFact("b")).isEqualTo(WEDNESDAY);

        facts.load(EVENT, MONDAY, fact(EVENT, MONDAY, "a", "ann"));
        assertThat(facts.firstFact("a")).isEqualTo(MONDAY);
        assertThat(facts.firstFactOfUser("ann")).isEqualTo(MONDAY);
        assertThat(facts.firstFact("b")).isEqualTo(WEDNESDAY);
    }

    @Test
    void the_first_fact_of_a_source_by_date_is_a_date_beside_the_first_instant() {
        var payment =
                source(
                        "payment",
                        List.of("id"),
                        Field.of("id", DataType.TEXT),
                        Field.of("at", DataType.DATE),
                        Field.of("customer", DataType.TEXT),
                        Field.of("person", DataType.TEXT));
        save(database, payment);
        facts.load(EVENT, MONDAY, fact(EVENT, WEDNESDAY, "a", "ann"));
        facts.load(
                payment,
                MONDAY,
                paid(payment, "p1", "2026-01-20"),
                paid(payment, "p2", "2026-01-07"));
        assertThat(facts.firstFact("a")).isEqualTo(WEDNESDAY);
        assertThat(facts.firstFactOfUser("ann")).isEqualTo(WEDNESDAY);
        assertThat(facts.firstDay("a")).isEqualTo(LocalDate.of(2026, 1, 7));
        assertThat(facts.firstDayOfUser("ann")).isEqualTo(LocalDate.of(2026, 1, 7));

        facts.load(payment, MONDAY, paid(payment, "p2", "2026-01-21"));
        assertThat(facts.firstFact("a")).isEqualTo(WEDNESDAY);
        assertThat(facts.firstDay("a")).isEqualTo(LocalDate.of(2026, 1, 20));
        assertThat(facts.firstDayOfUser("ann")).isEqualTo(LocalDate.of(2026, 1, 20));
    }

    private static Fact paid(Source payment, String key, String day) {
        var date = LocalDate.parse(day);
        return new Fact(
                date.atStartOfDay(payment.zone()).toInstant(),
                key,
                "a",
                "ann",
                List.of(key, date, "a", "ann"));
    }

    @Test
    void a_correction_moves_the_first_fact_later() {
        facts.load(
                TICKET,
                MONDAY,
                fact(TICKET, "t1", MONDAY, "a", "ann", "open"),
                fact(TICKET, "t2", WEDNESDAY, "a", "ann", "open"));
        long accounts = facts.store().dataVersion("account");

        facts.load(TICKET, MONDAY, fact(TICKET, "t1", TUESDAY, "a", "ann", "open"));

        assertThat(facts.firstFact("a")).isEqualTo(TUESDAY);
        assertThat(facts.firstFactOfUser("ann")).isEqualTo(TUESDAY);
        assertThat(facts.store().dataVersion("account")).isEqualTo(accounts + 1);
    }

    @Test
    void after_a_correction_the_first_fact_may_be_one_of_another_source() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", "ann", "open"));
        facts.load(EVENT, MONDAY, fact(EVENT, TUESDAY, "a", "ann"));

        facts.load(TICKET, MONDAY, fact(TICKET, "t1", WEDNESDAY, "a", "ann", "open"));

        assertThat(facts.firstFact("a")).isEqualTo(TUESDAY);
        assertThat(facts.firstFactOfUser("ann")).isEqualTo(TUESDAY);
    }

    @Test
    void a_user_who_lost_the_only_fact_has_no_first_fact() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", "ann", "open"));

        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, "a", "bob", "open"));

        assertThat(facts.firstFactOfUser("ann")).isNull();
        assertThat(facts.firstFactOfUser("bob")).isEqualTo(MONDAY);
        assertThat(facts.firstFact("a")).isEqualTo(MONDAY);
    }

    @Test
    void the_reserved_account_never_has_a_first_fact() {
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", MONDAY, null, null, "open"));
        facts.load(TICKET, MONDAY, fact(TICKET, "t1", TUESDAY, null, null, "open"));

        assertThat(facts.accounts()).isEmpty();
        assertThat(
                        facts.dsl()
                                .fetchSingle(
                                        dev.cairn.adapters.persistence.generated.Tables.ACCOUNT)
                                .intoList())
                .containsExactly(0L, "", null, null, null, null, null, null, null);
    }

    @Test
    void
            facts_without_a_key_are_computed_anew_by_the_declaration_and_recognized_when_they_come_again() {
        var before = source("line", List.of(), AT, STATE, computed("kind", "1"));
        save(database, before);
        facts.load(before, MONDAY, fact(before, MONDAY, "x", 1L), fact(before, MONDAY, "x", 1L));
        var after =
                source("line", List.of(), AT, STATE, computed("kind", "2"), computed("more", "3"));
        save(database, after);

        var loaded =
                facts.load(
                        after,
                        TUESDAY,
                        fact(after, MONDAY, "x", 2L, 3L),
                        fact(after, MONDAY, "x", 2L, 3L));

        assertThat(loaded).isEqualTo(new Loaded(0, 0, 2));
        assertThat(facts.inForce(after))
                .containsExactly(
                        List.of("", MONDAY, "x", 2L, 3L), List.of("", MONDAY, "x", 2L, 3L));
    }

    private static Field computed(String name, String formula) {
        return new Field(name, name, DataType.INTEGER, null, formula, List.of(), null, null);
    }

    private List<String> history() {
        var ticket = new FactTable("ticket");
        return facts.dsl()
                .select(ticket.recorded(), DSL.when(ticket.inForce().not(), ticket.superseded()))
                .from(ticket.table())
                .orderBy(ticket.recorded())
                .fetch(row ->
                        "recorded "
                                + row.value1()
                                + (row.value2() == null ? "" : " superseded " + row.value2()));
    }
}
