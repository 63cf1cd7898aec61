package dev.cairn.adapters.persistence.account;

import static dev.cairn.adapters.persistence.Declarations.save;
import static dev.cairn.adapters.persistence.Declarations.trySave;
import static dev.cairn.adapters.persistence.generated.Tables.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.adapters.persistence.MigratedDatabase;
import dev.cairn.adapters.persistence.deletion.JooqDeletionStore;
import dev.cairn.adapters.persistence.schema.Postgres;
import dev.cairn.adapters.persistence.schema.SourceStates;
import dev.cairn.application.port.Account;
import dev.cairn.application.port.Deletion.Selection;
import dev.cairn.application.port.out.AccountDirectory.CircularParents;
import dev.cairn.application.port.out.AccountDirectory.Held;
import dev.cairn.application.port.out.AccountDirectory.Member;
import dev.cairn.application.port.out.DefinitionStore.Saved;
import dev.cairn.application.port.out.DeletionStore.Restoration;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.problem.Problems;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parents of accounts as files say them: they come to be, and no account is above itself. */
class AccountParentsTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");

    private static final Entity UNLINKED =
            new Entity(
                    EntityRef.ACCOUNT,
                    "Account",
                    "",
                    "key",
                    List.of(
                            new Entity.Attribute(Field.of("above", DataType.TEXT), Mark.NONE),
                            new Entity.Attribute(Field.of("friend", DataType.TEXT), Mark.NONE)));

    private static final Entity LINKED =
            UNLINKED.withLinks(
                    List.of(
                            new Link("parent", EntityRef.ACCOUNT, "above"),
                            new Link("ally", EntityRef.ACCOUNT, "friend")));

    private static final Entity WITH_HISTORY =
            LINKED.with(new History.Intervals("from_day", "until_day"));

    @RegisterExtension final MigratedDatabase migrated = new MigratedDatabase();

    private void load(Entity entity, Member... members) {
        try (var load = new JooqAccountDirectory(migrated.dataSource()).begin(entity, JANUARY)) {
            for (var member : members) {
                load.add(member);
            }
            load.commit();
        }
    }

    private static Member account(String key, @Nullable String above, @Nullable String friend) {
        return new Member(key, null, null, null, Arrays.asList(above, friend));
    }

    private static Member account(String key, @Nullable String above, String from, String until) {
        return new Member(
                key,
                null,
                null,
                null,
                Arrays.asList(above, null),
                new Held(LocalDate.parse(from), LocalDate.parse(until), false));
    }

    private List<String> keys() {
        return Postgres.dsl(migrated.dataSource())
                .select(ACCOUNT.ACCOUNT_KEY)
                .from(ACCOUNT)
                .where(ACCOUNT.ACCOUNT_ID.ne(0L))
                .orderBy(ACCOUNT.ACCOUNT_KEY)
                .fetch(row -> Objects.requireNonNull(row.value1()));
    }

    @Test
    void who_is_named_as_a_parent_comes_to_be() {
        save(migrated.dataSource(), LINKED);
        load(LINKED, account("acme", "group", "bolt"), account("bolt", "", null));

        assertThat(keys()).containsExactly("acme", "bolt", "group");
    }

    @Test
    void a_parent_that_was_purged_and_is_named_anew_is_a_change() {
        save(migrated.dataSource(), LINKED);
        load(LINKED, account("acme", "group", null));
        var deletions = new JooqDeletionStore(migrated.dataSource());
        deletions.delete(new Selection.Accounts(Set.of("group")), "what", JANUARY);
        deletions.purge(deletions.deletions().getFirst().id(), JANUARY);
        assertThat(keys()).containsExactly("acme");
        long before = version();

        load(LINKED, account("acme", "group", null));

        assertThat(keys()).containsExactly("acme", "group");
        assertThat(version()).isGreaterThan(before);
    }

    private long version() {
        return SourceStates.dataVersion(
                Postgres.dsl(migrated.dataSource()), EntityRef.ACCOUNT.name());
    }

    @Test
    void account_above_itself_is_refused_with_all_that_came_along() {
        save(migrated.dataSource(), LINKED);
        load(LINKED, account("acme", "group", null));

        assertThatThrownBy(() ->
                        load(
                                LINKED,
                                account("new", null, null),
                                account("group", "top", null),
                                account("top", "acme", null)))
                .isInstanceOfSatisfying(
                        CircularParents.class,
                        circle ->
                                assertThat(circle.accounts())
                                        .containsExactly("acme", "group", "top"));
        assertThat(keys()).containsExactly("acme", "group");
        assertThatThrownBy(() -> load(LINKED, account("solo", "solo", null)))
                .isInstanceOfSatisfying(
                        CircularParents.class,
                        circle -> assertThat(circle.accounts()).containsExactly("solo"));
    }

    @Test
    void long_chain_is_no_circle_and_one_behind_it_is_found() {
        save(migrated.dataSource(), LINKED);
        int length = 3_000;
        var chain =
                IntStream.range(0, length)
                        .mapToObj(at -> account("c" + at, "c" + (at + 1), null))
                        .toArray(Member[]::new);
        load(LINKED, chain);

        assertThat(keys()).hasSize(length + 1);
        assertThatThrownBy(() -> load(LINKED, account("c3000", "c2998", null)))
                .isInstanceOfSatisfying(
                        CircularParents.class,
                        circle ->
                                assertThat(circle.accounts())
                                        .containsExactly("c2998", "c2999", "c3000"));
    }

    @Test
    void deleted_account_is_part_of_no_circle() {
        save(migrated.dataSource(), LINKED);
        load(LINKED, account("acme", "group", null), account("group", null, null));
        new JooqDeletionStore(migrated.dataSource())
                .delete(new Selection.Accounts(Set.of("acme")), "acme", JANUARY);
        load(LINKED, account("group", "acme", null));

        assertThat(keys()).containsExactly("acme", "group");
    }

    @Test
    void restored_account_is_not_above_itself() {
        save(migrated.dataSource(), LINKED);
        load(LINKED, account("group", "acme", null));
        var deletions = new JooqDeletionStore(migrated.dataSource());
        long deleted =
                deletions
                        .delete(new Selection.Accounts(Set.of("group")), "group", JANUARY)
                        .orElseThrow()
                        .id();
        load(LINKED, account("acme", "group", null));

        assertThat(deletions.restore(deleted, JANUARY))
                .isInstanceOfSatisfying(
                        Restoration.Circular.class,
                        circle ->
                                assertThat(circle.accounts())
                                        .containsExactlyInAnyOrder("acme", "group"));
        assertThat(deletions.unknownAccounts(Set.of("acme", "group"))).containsExactly("group");

        load(LINKED, account("acme", null, null));
        assertThat(deletions.restore(deleted, JANUARY)).isInstanceOf(Restoration.Restored.class);
        assertThat(deletions.unknownAccounts(Set.of("acme", "group"))).isEmpty();
    }

    @Test
    void circle_of_one_day_among_others_is_found() {
        save(migrated.dataSource(), WITH_HISTORY);
        load(
                WITH_HISTORY,
                account("acme", "bolt", "2026-01-01", "2026-02-01"),
                account("acme", "cord", "2026-02-01", "2026-03-01"),
                account("bolt", "cord", "2026-01-01", "2026-02-10"),
                account("cord", "acme", "2026-03-01", "2026-04-01"));

        // Acme is below cord until March begins: by bolt in January, itself in February.
        assertThatThrownBy(() ->
                        load(WITH_HISTORY, account("cord", "acme", "2026-01-31", "2026-02-01")))
                .isInstanceOfSatisfying(
                        CircularParents.class,
                        circle ->
                                assertThat(circle.accounts())
                                        .containsExactly("acme", "bolt", "cord"));
        assertThatThrownBy(() ->
                        load(WITH_HISTORY, account("cord", "acme", "2026-02-28", "2026-03-01")))
                .isInstanceOfSatisfying(
                        CircularParents.class,
                        circle -> assertThat(circle.accounts()).containsExactly("acme", "cord"));
    }

    @Test
    void links_of_other_names_may_lead_in_a_circle() {
        save(migrated.dataSource(), LINKED);
        load(LINKED, account("acme", null, "bolt"), account("bolt", null, "acme"));

        assertThat(keys()).containsExactly("acme", "bolt");
    }

    @Test
    void who_was_above_may_be_below_later() {
        save(migrated.dataSource(), WITH_HISTORY);
        load(
                WITH_HISTORY,
                account("acme", "bolt", "2026-01-01", "2026-02-01"),
                account("bolt", "acme", "2026-02-01", "2026-03-01"));

        assertThat(keys()).containsExactly("acme", "bolt");
        assertThatThrownBy(() ->
                        load(WITH_HISTORY, account("acme", "bolt", "2026-01-01", "2026-02-02")))
                .isInstanceOf(CircularParents.class);
    }

    @Test
    void circle_of_what_is_stored_is_found_where_a_history_begins_with_the_links() {
        save(migrated.dataSource(), UNLINKED);
        load(UNLINKED, account("acme", "bolt", null), account("bolt", "acme", null));

        for (var declared : List.of(LINKED, WITH_HISTORY)) {
            assertThat(trySave(migrated.dataSource(), declared))
                    .isInstanceOf(Saved.Refused.class)
                    .asString()
                    .contains("would be above themselves");
        }
    }

    /** Those that a caller may see of those that a filter keeps. */
    private List<String> listed(@Nullable String scope, @Nullable Filter filter) {
        var catalog = Catalog.empty().with(List.of(new Entry(LINKED, 1, Map.of())), Set.of());
        var problems = new Problems();
        var where = Listings.accountFilter(filter, catalog, new Caller("caller", scope), problems);
        assertThat(problems.all()).isEmpty();
        return new JooqAccountDirectory(migrated.dataSource())
                .page(where, null, 10).stream().map(Account::key).toList();
    }

    @Test
    void accounts_are_listed_by_what_their_links_lead_to() {
        save(migrated.dataSource(), LINKED);
        load(
                LINKED,
                account("acme", "group", null),
                account("bolt", "group", null),
                account("cord", "solo", null),
                account("group", null, "acme"),
                account("solo", null, "bolt"));
        var friendsOfAcme = new Filter.Where("account.parent.friend", Operator.IN, List.of("acme"));

        assertThat(listed(null, friendsOfAcme)).containsExactly("acme", "bolt");
        assertThat(listed("parent = 'group'", null)).containsExactly("acme", "bolt");
        assertThat(listed("account.parent.friend = 'bolt'", null)).containsExactly("cord");
        // Group, which the caller does not see, is no parent that anybody could ask about.
        assertThat(listed("above = 'group'", friendsOfAcme)).isEmpty();
        assertThat(listed("account.parent.friend = 'acme'", friendsOfAcme)).isEmpty();
    }

    @Test
    void link_that_is_declared_later_is_of_what_is_stored() {
        save(migrated.dataSource(), UNLINKED);
        load(UNLINKED, account("acme", "group", null));
        save(migrated.dataSource(), LINKED);

        assertThat(keys()).containsExactly("acme", "group");
    }
}
