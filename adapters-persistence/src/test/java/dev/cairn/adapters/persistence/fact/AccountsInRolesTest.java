package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Notation;
import dev.cairn.domain.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts that facts name in other roles than their own: they come to be, and exist from the first fact in force that names them. */
class AccountsInRolesTest {
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
    private static final Field NUMBER = Field.of("number", DataType.INTEGER);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field HOST = Field.of("host_id", DataType.TEXT);
    private static final Source UNLINKED =
            source("booking", List.of("number"), NUMBER, AT, CUSTOMER, HOST);
    private static final Source BOOKING =
            UNLINKED.with(List.of(new Link("host", EntityRef.ACCOUNT, "host_id")));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);
    private final JooqDeletionStore deletions = new JooqDeletionStore(database);

    @BeforeEach
    void declare() {
        save(database, BOOKING);
    }

    private void book(long number, Instant at, @Nullable String guest, @Nullable String host) {
        facts.load(BOOKING, MONDAY, fact(BOOKING, number, at, guest, host));
    }

    @Test
    void account_comes_to_be_with_the_first_fact_that_names_it_in_whatever_role() {
        book(1, TUESDAY, "ann", "bea");
        book(2, MONDAY, "bea", "cid");
        book(3, WEDNESDAY, null, "cid");
        book(4, MONDAY, null, "");

        assertThat(facts.accounts()).containsExactly("ann", "bea", "cid");
        assertThat(facts.firstFact("ann")).isEqualTo(TUESDAY);
        assertThat(facts.firstFact("bea")).isEqualTo(MONDAY);
        assertThat(facts.firstFact("cid")).isEqualTo(MONDAY);
    }

    @Test
    void new_accounts_in_a_role_change_the_data_of_accounts_and_the_same_file_again_does_not() {
        long before = facts.store().dataVersion("account");
        book(1, TUESDAY, null, "bea");
        assertThat(facts.store().dataVersion("account")).isEqualTo(before + 1);
        book(1, TUESDAY, null, "bea");
        book(2, WEDNESDAY, null, "bea");
        assertThat(facts.store().dataVersion("account")).isEqualTo(before + 1);
    }

    @Test
    void corrected_fact_names_another_and_the_one_it_named_begins_with_what_is_left() {
        book(1, MONDAY, "ann", "bea");
        book(2, WEDNESDAY, "ann", "bea");
        book(1, MONDAY, "ann", "cid");

        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);
        assertThat(facts.firstFact("cid")).isEqualTo(MONDAY);

        book(2, WEDNESDAY, "bea", "cid");
        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);
        book(2, WEDNESDAY, "ann", "cid");
        assertThat(facts.firstFact("bea")).isNull();
    }

    @Test
    void deleted_fact_names_nobody_until_it_is_restored() {
        book(1, MONDAY, "ann", "bea");
        book(2, WEDNESDAY, "ann", "bea");

        var deletion =
                deletions
                        .delete(new Selection.Keys(BOOKING, Set.of("[1]")), "facts", TUESDAY)
                        .orElseThrow();
        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);

        deletions.restore(deletion.id(), WEDNESDAY);
        assertThat(facts.firstFact("bea")).isEqualTo(MONDAY);
    }

    @Test
    void deleted_account_takes_along_what_it_names_in_a_role() {
        book(1, MONDAY, "ann", "bea");
        book(2, WEDNESDAY, "cid", "bea");

        deletions.delete(new Selection.Accounts(Set.of("ann")), "account", TUESDAY).orElseThrow();

        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);
    }

    @Test
    void role_that_is_declared_later_counts_for_the_facts_that_are_there() {
        save(database, UNLINKED);
        facts.load(UNLINKED, MONDAY, fact(UNLINKED, 1L, MONDAY, "ann", "bea"));
        book(2, WEDNESDAY, "bea", "x".repeat(2_001));
        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);

        save(database, BOOKING);
        assertThat(facts.accounts()).containsExactly("ann", "bea");
        assertThat(facts.firstFact("bea")).isEqualTo(MONDAY);

        save(database, UNLINKED);
        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);
    }

    @Test
    void first_load_of_many_facts_knows_their_roles() {
        facts.load(
                BOOKING,
                MONDAY,
                LongStream.range(0, 1_200)
                        .mapToObj(number ->
                                fact(
                                        BOOKING,
                                        number,
                                        MONDAY.plusSeconds(number),
                                        null,
                                        "host" + number % 3))
                        .toArray(Fact[]::new));
        assertThat(facts.accounts()).containsExactly("host0", "host1", "host2");
        assertThat(facts.firstFact("host2")).isEqualTo(MONDAY.plusSeconds(2));

        book(2, TUESDAY, null, "host0");
        assertThat(facts.firstFact("host2")).isEqualTo(MONDAY.plusSeconds(5));
        save(database, UNLINKED);
        assertThat(facts.firstFact("host2")).isNull();
    }

    @Test
    void member_of_a_declared_entity_names_accounts_but_says_nothing_of_when() {
        var listing =
                Source.entity(
                        "listing",
                        "Listing",
                        "",
                        List.of("number"),
                        List.of(NUMBER, HOST),
                        Notation.STANDARD,
                        List.of(new Link("owner", EntityRef.ACCOUNT, "host_id")));
        save(database, listing);
        facts.load(listing, MONDAY, fact(listing, 1L, "bea", FIRST_DAY, null));
        assertThat(facts.accounts()).containsExactly("bea");
        assertThat(facts.firstDay("bea")).isNull();

        book(1, TUESDAY, "bea", null);
        facts.load(listing, MONDAY, fact(listing, 1L, "cid", FIRST_DAY, null));
        assertThat(facts.firstFact("bea")).isEqualTo(TUESDAY);
        assertThat(facts.firstDay("bea")).isNull();
        assertThat(facts.firstDay("cid")).isNull();
    }

    @Test
    void rows_of_no_time_name_accounts_and_users_but_say_nothing_of_when() {
        var goal =
                new Source(
                                "goal",
                                "Goal",
                                "",
                                null,
                                ZoneOffset.UTC,
                                null,
                                null,
                                "customer",
                                "person",
                                List.of("number"),
                                List.of(NUMBER, CUSTOMER, Field.of("person", DataType.TEXT), HOST))
                        .with(List.of(new Link("host", EntityRef.ACCOUNT, "host_id")))
                        .timeless();
        save(database, goal);
        facts.load(goal, MONDAY, fact(goal, 1L, "ann", "joe", "bea", FIRST_DAY, null));
        assertThat(facts.accounts()).containsExactly("ann", "bea");
        assertThat(facts.firstDay("ann")).isNull();
        assertThat(facts.firstDay("bea")).isNull();
        assertThat(facts.firstDayOfUser("joe")).isNull();

        book(1, TUESDAY, "ann", "bea");
        book(1, WEDNESDAY, "ann", "bea");
        facts.load(goal, MONDAY, fact(goal, 1L, "ann", "joe", "cid", FIRST_DAY, null));
        assertThat(facts.firstFact("ann")).isEqualTo(WEDNESDAY);
        assertThat(facts.firstDay("ann")).isNull();
        assertThat(facts.firstFact("bea")).isEqualTo(WEDNESDAY);
        assertThat(facts.firstDay("bea")).isNull();
        assertThat(facts.firstDay("cid")).isNull();
        assertThat(facts.firstDayOfUser("joe")).isNull();
    }

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
}
