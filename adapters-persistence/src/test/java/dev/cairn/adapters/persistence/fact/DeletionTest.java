package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT_IDENTITY;
import static dev.cairn.adapters.persistence.generated.Tables.IMPORT_RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.account.JooqAccountDirectory;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Counts;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.DeletionStore.Restoration;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionTest {
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
    private static final Instant LATE = TUESDAY.plus(Duration.ofMinutes(20));
    private static final Field ID = Field.of("id", DataType.TEXT);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field PERSON = Field.of("person", DataType.TEXT);
    private static final Source TICKET = source("ticket", List.of("id"), ID, AT, CUSTOMER, PERSON);
    private static final Source EVENT = source("event", List.of(), AT, CUSTOMER);

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);
    private final JooqDeletionStore deletions = new JooqDeletionStore(database);
    private final JooqAccountDirectory accounts = new JooqAccountDirectory(database);

    @BeforeEach
    void load() {
        save(database, TICKET, EVENT);
        facts.load(
                TICKET,
                MONDAY,
                fact(TICKET, "t1", MONDAY, "a", "ann"),
                fact(TICKET, "t2", TUESDAY, "a", "ann"),
                fact(TICKET, "t3", WEDNESDAY, "b", null));
        facts.load(EVENT, MONDAY, fact(EVENT, TUESDAY, "a"), fact(EVENT, TUESDAY, "a"));
    }

    private Deletion delete(Selection selection) {
        return deletions.delete(selection, "what", MONDAY).orElseThrow();
    }

    private Deletion deleteTickets(String... ids) {
        var keys = Arrays.stream(ids).map("[%s]"::formatted).toList();
        return delete(new Selection.Keys(TICKET, Set.copyOf(keys)));
    }

    private Deletion deleteAccount(String key) {
        return delete(new Selection.Accounts(Set.of(key)));
    }

    /** A clock that is read before writers are locked, and when they are. */
    private static InstantSource waiting(Instant since, Instant locked) {
        return new ArrayDeque<>(List.of(since, locked))::remove;
    }

    private List<Instant> recordedTickets() {
        var tickets = new FactTable("ticket");
        return facts.dsl()
                .selectDistinct(tickets.recorded())
                .from(tickets.table())
                .orderBy(tickets.recorded())
                .fetch(tickets.recorded());
    }

    @Test
    void what_waits_for_other_writers_is_recorded_when_it_has_their_lock() {
        var hours = new ArrayDeque<>(List.of(TUESDAY, LATE));
        try (var load = facts.store().begin(TICKET, hours::remove)) {
            load.add(fact(TICKET, "t4", MONDAY, "a", "ann"));
            // The clock is not read before the load is committed.
            assertThat(hours).hasSize(2);
            load.commit(null);
        }
        assertThat(recordedTickets()).containsExactly(MONDAY, LATE);

        var late = new Selection.Keys(TICKET, Set.of("[t1]"));
        var deletion = deletions.delete(late, "what", waiting(TUESDAY, WEDNESDAY)).orElseThrow();
        assertThat(deletion.at()).isEqualTo(WEDNESDAY);

        var thursday = WEDNESDAY.plus(Duration.ofDays(1));
        deletions.restore(deletion.id(), waiting(WEDNESDAY, thursday));
        assertThat(recordedTickets()).containsExactly(MONDAY, LATE, thursday);
    }

    private List<String> listed() {
        return accounts.page(Expr.TRUE, null, 10).stream().map(Account::key).toList();
    }

    @Test
    void deleted_facts_are_out_of_force_and_what_follows_from_them_is_found_anew() {
        long version = facts.store().dataVersion("ticket");
        long accountsVersion = facts.store().dataVersion("account");

        var deletion = deleteTickets("t1", "t3", "t9");

        assertThat(deletion.counts()).isEqualTo(new Counts(Map.of("ticket", 2L), 0, 0));
        assertThat(facts.inForce(TICKET)).containsExactly(List.of("a", "t2", TUESDAY, "a", "ann"));
        assertThat(facts.firstFact("a")).isEqualTo(TUESDAY);
        assertThat(facts.firstFactOfUser("ann")).isEqualTo(TUESDAY);
        assertThat(facts.firstFact("b")).isNull();
        assertThat(facts.store().dataVersion("ticket")).isEqualTo(version + 1);
        assertThat(facts.store().dataVersion("account")).isEqualTo(accountsVersion + 1);
        assertThat(SourceStates.dataVersion(facts.dsl(), "event")).isEqualTo(1);
    }

    @Test
    void a_deleted_account_is_gone_with_its_facts_of_all_sources_and_comes_back_with_them() {
        var before = facts.inForce(TICKET);

        var deletion = deleteAccount("a");

        assertThat(deletion.counts())
                .isEqualTo(new Counts(Map.of("ticket", 2L, "event", 2L), 1, 1));
        assertThat(listed()).containsExactly("b");
        assertThat(deletions.unknownAccounts(List.of("a", "b", ""))).containsOnly("a", "");
        assertThat(facts.inForce(EVENT)).isEmpty();

        assertThat(deletions.restore(deletion.id(), TUESDAY))
                .isInstanceOf(Restoration.Restored.class);
        assertThat(listed()).containsExactly("a", "b");
        assertThat(facts.inForce(TICKET)).isEqualTo(before);
        assertThat(facts.inForce(EVENT)).hasSize(2);
        assertThat(facts.firstFact("a")).isEqualTo(MONDAY);
    }

    @Test
    void between_deletion_and_restoration_facts_were_not_known() {
        var deleted = deleteTickets("t1").at();
        deletions.restore(deletions.deletions().getFirst().id(), TUESDAY);
        var restored = deletions.deletions().getFirst().restored();

        assertThat(knownAt(deleted.minusNanos(1000))).isEqualTo(3);
        assertThat(knownAt(deleted)).isEqualTo(2);
        assertThat(knownAt(restored.minusNanos(1000))).isEqualTo(2);
        assertThat(knownAt(restored)).isEqualTo(3);
        assertThat(facts.inForce(TICKET)).hasSize(3);

        deletions.purge(deleteTickets("t1").id(), WEDNESDAY);
        assertThat(knownAt(deleted.minusNanos(1000))).isEqualTo(2);
    }

    private int knownAt(Instant instant) {
        var tickets = new FactTable(TICKET.name());
        return facts.dsl().fetchCount(tickets.table(), tickets.inForceAt(DSL.val(instant)));
    }

    @Test
    void what_is_deleted_stays_so_whatever_is_imported() {
        deleteTickets("t1");
        delete(new Selection.Facts(EVENT, Expr.TRUE));
        deleteAccount("b");

        assertThat(
                        facts.load(
                                TICKET,
                                TUESDAY,
                                fact(TICKET, "t1", MONDAY, "a", "ann"),
                                fact(TICKET, "t1", MONDAY, "c", "cid"),
                                fact(TICKET, "t2", TUESDAY, "a", "ann"),
                                fact(TICKET, "t4", TUESDAY, "b", "bob"),
                                fact(TICKET, "t5", TUESDAY, "a", null)))
                .isEqualTo(new Loaded(1, 0, 1, 3, List.of()));
        assertThat(facts.accounts()).containsExactly("a", "b");
        assertThat(
                        facts.load(
                                EVENT,
                                TUESDAY,
                                fact(EVENT, TUESDAY, "a"),
                                fact(EVENT, TUESDAY, "a"),
                                fact(EVENT, TUESDAY, "a")))
                .as("the third is a fact of its own")
                .isEqualTo(new Loaded(1, 0, 0, 2, List.of()));
        try (var load = accounts.begin(Catalog.empty().entity(EntityRef.USER), TUESDAY)) {
            load.add(new Member("bea", "b", null, null, List.of()));
            load.add(new Member("ada", "a", null, null, List.of()));
            assertThat(load.commit()).isEqualTo(new Loaded(1, 0, 0, 1, List.of()));
        }
    }

    @Test
    void facts_of_an_account_that_is_deleted_too_come_back_after_it() {
        var ofFacts = deleteTickets("t1");
        var ofAccount = deleteAccount("a");

        assertThat(deletions.restore(ofFacts.id(), TUESDAY))
                .isEqualTo(new Restoration.Held(List.of(ofAccount.id())));
        assertThat(deletions.restore(ofAccount.id(), TUESDAY))
                .isInstanceOf(Restoration.Restored.class);
        assertThat(facts.inForce(TICKET)).hasSize(2);
        assertThat(deletions.restore(ofFacts.id(), TUESDAY))
                .isInstanceOf(Restoration.Restored.class);
        assertThat(facts.inForce(TICKET)).hasSize(3);
        assertThat(deletions.restore(ofFacts.id(), TUESDAY))
                .isInstanceOf(Restoration.NotPending.class);
    }

    @Test
    void purged_facts_leave_no_earlier_version_and_may_be_imported_as_new() {
        facts.load(TICKET, TUESDAY, fact(TICKET, "t1", MONDAY, "b", "bob"));
        assertThat(facts.rows(TICKET)).isEqualTo(4);
        var deletion = deleteTickets("t1");

        var purged = deletions.purge(deletion.id(), WEDNESDAY).orElseThrow();

        assertThat(purged.purged()).isEqualTo(WEDNESDAY);
        assertThat(purged.what()).isEmpty();
        assertThat(facts.rows(TICKET)).isEqualTo(2);
        assertThat(deletions.purge(deletion.id(), WEDNESDAY)).isEmpty();
        assertThat(facts.load(TICKET, WEDNESDAY, fact(TICKET, "t1", MONDAY, "a", null)))
                .isEqualTo(new Loaded(1, 0, 0));
    }

    @Test
    void a_purged_account_leaves_nothing_and_may_come_again() {
        facts.load(TICKET, TUESDAY, fact(TICKET, "t2", TUESDAY, "b", null));
        var deletion = deleteAccount("a");
        try (var interrupted = new JooqFactStore(database, 1).begin(TICKET, TUESDAY)) {
            interrupted.add(fact(TICKET, "t7", TUESDAY, "a", null));
            interrupted.add(fact(TICKET, "t8", TUESDAY, "a", null));
        }
        assertThat(facts.dsl().fetchCount(IMPORT_RUN)).isEqualTo(1);

        deletions.purge(deletion.id(), WEDNESDAY);

        assertThat(facts.dsl().fetchCount(IMPORT_RUN)).isZero();
        assertThat(facts.accounts()).containsExactly("b");
        assertThat(facts.dsl().fetchCount(ACCOUNT_IDENTITY)).isEqualTo(1);
        assertThat(facts.rows(TICKET)).as("not even that t2 once was of it").isEqualTo(2);
        assertThat(facts.rows(EVENT)).isZero();
        assertThat(facts.load(EVENT, WEDNESDAY, fact(EVENT, TUESDAY, "a")))
                .isEqualTo(new Loaded(1, 0, 0));
        assertThat(facts.firstFact("a")).isEqualTo(TUESDAY);
    }

    @Test
    void deletions_are_listed_latest_first_and_nothing_to_delete_is_none() {
        var first = deleteTickets("t1");
        var second = deleteAccount("b");
        deletions.purge(second.id(), WEDNESDAY);

        assertThat(deletions.delete(new Selection.Keys(TICKET, Set.of("[t1]")), "x", MONDAY))
                .isEmpty();
        assertThat(deletions.deletions())
                .extracting(Deletion::id, Deletion::isPending)
                .containsExactly(tuple(second.id(), false), tuple(first.id(), true));
        assertThat(second.at()).isAfter(first.at());
    }
}
