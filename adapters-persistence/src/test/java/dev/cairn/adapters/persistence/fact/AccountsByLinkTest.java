package dev.cairn.adapters.persistence.fact;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.source;
import static dev.cairn.adapters.persistence.fact.Facts.MONDAY;
import static dev.cairn.adapters.persistence.fact.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.application.port.Deletion;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.out.FactStore.Fact;
import dev.cairn.application.port.out.FactStore.Loaded;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Facts whose account is that of the row which they point at, in whatever order rows come, move and go. */
class AccountsByLinkTest {
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));
    private static final Field NUMBER = Field.of("number", DataType.INTEGER);
    private static final Field AT = Field.of("at", DataType.TIMESTAMP);
    private static final Field CUSTOMER = Field.of("customer", DataType.TEXT);
    private static final Field OF = Field.of("of_number", DataType.INTEGER);
    private static final Source SUBSCRIPTION =
            source("subscription", List.of("number"), NUMBER, AT, CUSTOMER);
    private static final Source VERSION =
            source("version", List.of("number"), NUMBER, AT, OF)
                    .with(List.of(new Link("subscription", "subscription", List.of("of_number"))))
                    .withAccountVia("subscription");

    /** Without a key. */
    private static final Source ITEM =
            source("item", List.of(), AT, OF)
                    .with(List.of(new Link("version", "version", List.of("of_number"))))
                    .withAccountVia("version");

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private final DataSource database = migrated.dataSource();
    private final Facts facts = Facts.in(database);
    private final JooqDeletionStore deletions = new JooqDeletionStore(database);

    @BeforeEach
    void declare() {
        save(database, ITEM, VERSION, SUBSCRIPTION);
    }

    private Loaded subscription(long number, @Nullable String customer) {
        return facts.load(SUBSCRIPTION, MONDAY, fact(SUBSCRIPTION, number, WEDNESDAY, customer));
    }

    private Loaded version(long number, long of) {
        return facts.load(VERSION, MONDAY, fact(VERSION, number, MONDAY, of));
    }

    private static Fact item(long of) {
        return fact(ITEM, TUESDAY, of);
    }

    /** Account of each row in force, by what it points at. */
    private List<String> accounts(Source source) {
        var accounts = new ArrayList<String>();
        for (var row : facts.inForce(source)) {
            accounts.add(row.getLast() + " " + row.getFirst());
        }
        return accounts;
    }

    private static final String NONE = "";

    @Test
    void parents_may_come_first() {
        subscription(1, "acme");
        version(11, 1);
        facts.load(ITEM, MONDAY, item(11), item(11));

        assertThat(accounts(VERSION)).containsExactly("1 acme");
        assertThat(accounts(ITEM)).containsExactly("11 acme", "11 acme");
        assertThat(facts.rows(VERSION)).isEqualTo(1);
        assertThat(facts.firstFact("acme")).isEqualTo(MONDAY);
    }

    @Test
    void parents_may_come_last_and_take_all_that_points_at_them() {
        facts.load(ITEM, MONDAY, item(11), item(11), item(12));
        version(11, 1);
        version(12, 2);
        assertThat(accounts(ITEM)).containsExactly("11 " + NONE, "11 " + NONE, "12 " + NONE);
        long before = facts.store().dataVersion("item");

        subscription(1, "acme");

        assertThat(accounts(VERSION)).containsExactly("1 acme", "2 " + NONE);
        assertThat(accounts(ITEM)).containsExactly("11 acme", "11 acme", "12 " + NONE);
        assertThat(facts.firstFact("acme")).isEqualTo(MONDAY);
        assertThat(facts.store().dataVersion("item")).isEqualTo(before + 1);
    }

    @Test
    void same_files_again_change_nothing() {
        facts.load(ITEM, MONDAY, item(11), item(11));
        version(11, 1);
        subscription(1, "acme");
        int rows = facts.rows(ITEM) + facts.rows(VERSION);

        assertThat(version(11, 1).duplicates()).isEqualTo(1);
        assertThat(facts.load(ITEM, TUESDAY, item(11), item(11)).duplicates()).isEqualTo(2);
        subscription(1, "acme");

        assertThat(facts.rows(ITEM) + facts.rows(VERSION)).isEqualTo(rows);
        assertThat(accounts(ITEM)).containsExactly("11 acme", "11 acme");
    }

    @Test
    void parent_that_moves_takes_along_what_points_at_it_and_what_was_known_stays_known() {
        subscription(1, "acme");
        version(11, 1);
        facts.load(ITEM, MONDAY, item(11));

        subscription(1, "bolt");

        assertThat(accounts(VERSION)).containsExactly("1 bolt");
        assertThat(accounts(ITEM)).containsExactly("11 bolt");
        assertThat(facts.rows(VERSION)).isEqualTo(2);
        assertThat(facts.firstFact("acme")).isNull();
        assertThat(facts.firstFact("bolt")).isEqualTo(MONDAY);

        version(11, 2);
        assertThat(accounts(ITEM)).containsExactly("11 " + NONE);
        assertThat(facts.firstFact("bolt")).isEqualTo(WEDNESDAY);
    }

    @Test
    void parent_that_is_deleted_leaves_no_account_until_it_is_restored() {
        subscription(1, "acme");
        version(11, 1);
        facts.load(ITEM, MONDAY, item(11));

        var deletion = delete(new Selection.Keys(SUBSCRIPTION, Set.of("[1]")));
        assertThat(accounts(VERSION)).containsExactly("1 " + NONE);
        assertThat(accounts(ITEM)).containsExactly("11 " + NONE);
        assertThat(facts.firstFact("acme")).isNull();

        deletions.restore(deletion.id(), WEDNESDAY);
        assertThat(accounts(VERSION)).containsExactly("1 acme");
        assertThat(accounts(ITEM)).containsExactly("11 acme");
        assertThat(facts.firstFact("acme")).isEqualTo(MONDAY);
    }

    @Test
    void account_is_deleted_and_restored_with_what_is_its_by_links() {
        subscription(1, "acme");
        version(11, 1);
        facts.load(ITEM, MONDAY, item(11));

        var deletion = delete(new Selection.Accounts(Set.of("acme")));
        assertThat(deletion.counts().facts())
                .containsOnlyKeys("item", "subscription", "version")
                .containsValues(1L);
        assertThat(accounts(ITEM)).isEmpty();

        // What comes meanwhile and points at what is deleted is deleted too.
        assertThat(version(12, 1).deleted()).isEqualTo(1);
        assertThat(facts.load(ITEM, TUESDAY, item(11)).deleted()).isEqualTo(1);
        assertThat(accounts(VERSION)).isEmpty();

        deletions.restore(deletion.id(), WEDNESDAY);
        assertThat(accounts(VERSION)).containsExactly("1 acme");
        assertThat(accounts(ITEM)).containsExactly("11 acme");
    }

    @Test
    void facts_that_are_restored_are_of_the_account_of_now() {
        subscription(1, "acme");
        version(11, 1);
        facts.load(ITEM, MONDAY, item(11));
        var deletion = delete(new Selection.Keys(VERSION, Set.of("[11]")));
        assertThat(accounts(ITEM)).containsExactly("11 " + NONE);

        subscription(1, "bolt");
        deletions.restore(deletion.id(), WEDNESDAY);

        assertThat(accounts(VERSION)).containsExactly("1 bolt");
        assertThat(accounts(ITEM)).containsExactly("11 bolt");
    }

    private Deletion delete(Selection selection) {
        return deletions.delete(selection, "what", MONDAY).orElseThrow();
    }
}
