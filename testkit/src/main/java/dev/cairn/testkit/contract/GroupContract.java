package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Which groups there are, and which rows. */
public interface GroupContract extends ExecutorContract {
    /** Accounts of plan pro, of plan '', of no plan; and facts of no account. */
    private WorldBuilder plans() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", ""))
                .member(account("cord").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-05T11:00:00Z", "acme", "ann", "login", 2)
                .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "login", 3)
                .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "login", 4)
                .fact("event", "2026-01-08T10:00:00Z", null, "dan", "login", 5);
    }

    @Test
    default void facts_are_grouped_by_a_field() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "login", 2)
                        .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "logout", 4),
                ask("count(event)", "sum(event : amount)").by("event.name"),
                "login | 2 | 3",
                "logout | 1 | 4");
    }

    @Test
    default void facts_of_no_account_are_a_group_of_their_own_whatever_is_asked_for_first() {
        expect(
                plans(),
                ask("count(account)", "count(event)").by("(count(event) >= 2) as often"),
                "false | 2 | 2",
                "true | 1 | 2",
                "no account | 0 | 1");
        expect(
                plans(),
                ask("count(account)", "count(event)")
                        .by("(avg(event where name = 'x' : amount)) as x"),
                "none | 3 | 4",
                "no account | 0 | 1");
    }

    @Test
    default void empty_text_and_no_value_and_no_account_are_three_groups() {
        expect(
                plans(),
                ask("sum(event : amount)").by("account.plan"),
                "'' | 3",
                "pro | 3",
                "none | 4",
                "no account | 5");
    }

    @Test
    default void empty_field_is_a_group_of_no_value_also_where_there_is_no_account() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", null, "ann", null, 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "bob", null, 2)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "bob", "", 4),
                ask("sum(event : amount)").by("event.name"),
                "'' | 4",
                "none | 3");
    }

    @Test
    default void facts_are_grouped_by_account() {
        expect(
                plans(),
                ask("count(event)").by("account"),
                "acme | 2",
                "bolt | 1",
                "cord | 1",
                "no account | 1");
    }

    @Test
    default void distinct_users_of_each_account_and_of_all_stand_beside_what_else_is_counted() {
        var world =
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "login", 3)
                        .fact("event", "2026-01-07T10:00:00Z", "acme", "bob", "login", 3)
                        .fact("event", "2026-01-08T10:00:00Z", "acme", null, "login", 5)
                        .fact("event", "2026-01-09T10:00:00Z", "bolt", "ann", "login", 1)
                        .fact("event", "2026-01-10T10:00:00Z", null, null, "login", 2);
        var all =
                ask(
                        "distinct(event.user)",
                        "distinct(event where amount > 2 : user)",
                        "count(event where amount > 2)",
                        "sum(event : amount)",
                        "avg(event : amount)",
                        "max(event : amount)",
                        "exists(event where amount > 4)");
        expect(
                world,
                all.by("account"),
                "acme | 2 | 2 | 3 | 12 | 3 | 5 | true",
                "bolt | 1 | 0 | 0 | 1 | 1 | 1 | false",
                "no account | 0 | 0 | 0 | 2 | 2 | 2 | false");
        expect(
                world,
                all.by("account").top(1),
                "acme | 2 | 2 | 3 | 12 | 3 | 5 | true",
                "other | 1 | 0 | 0 | 3 | 1.5 | 2 | false");
        expect(world, all, "3 | 2 | 3 | 15 | 2.5 | 5 | true");
        expect(
                world,
                ask(
                        "sum(account : distinct(event : user))",
                        "max(account : distinct(event where amount > 2 : user))",
                        "min(account : distinct(event where amount > 2 : user))"),
                "3 | 2 | 0");
    }

    @Test
    default void counts_of_accounts_are_put_together_where_they_are_not_shown() {
        expect(
                plans(),
                ask("count(event)", "avg(event : amount)").by("account").top(1),
                "acme | 2 | 1.5",
                "other | 3 | 4");
    }

    @Test
    default void users_and_facts_of_no_user_are_grouped() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T11:00:00Z", "acme", null, "login", 2),
                ask("sum(event : amount)").by("user"),
                "ann | acme | 1",
                "none | none | 2");
    }

    @Test
    default void users_of_two_accounts_are_two_groups_even_if_they_have_one_key() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T11:00:00Z", "bolt", "ann", "login", 2)
                        .fact("event", "2026-01-05T12:00:00Z", "bolt", "ann", "login", 4)
                        .fact("event", "2026-01-05T13:00:00Z", null, "ann", "login", 8)
                        .fact("event", "2026-01-05T13:00:00Z", "acme", null, "login", 16)
                        .fact("event", "2026-01-05T14:00:00Z", "bolt", null, "login", 32),
                ask("sum(event : amount)").by("user"),
                "ann | acme | 1",
                "ann | bolt | 6",
                "ann | none | 8",
                "none | none | 48");
    }

    @Test
    default void facts_are_grouped_by_an_attribute_of_their_user() {
        expect(
                events().member(user("acme", "ann").with("role", "admin"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T11:00:00Z", "bolt", "ann", "login", 2),
                ask("sum(event : amount)").by("user.role"),
                "admin | 1",
                "none | 2");
    }

    @Test
    default void group_without_a_leaf_row_has_no_row() {
        expect(
                plans(),
                ask("count(event where amount > 2)").by("account"),
                "bolt | 1",
                "cord | 1",
                "no account | 1");
    }

    @Test
    default void group_has_a_row_if_any_value_has_rows_in_it() {
        expect(
                plans(),
                ask("count(event where amount > 4)", "count(event where amount < 2)").by("account"),
                "acme | 0 | 1",
                "no account | 1 | 0");
    }

    @Test
    default void groups_are_dense_over_time_but_not_over_combinations() {
        expect(
                plans(),
                ask("count(event)")
                        .by("account", "event.amount")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-07"),
                "2026-01-05 | acme | 1 | 1",
                "2026-01-05 | acme | 2 | 1",
                "2026-01-05 | bolt | 3 | 0",
                "2026-01-06 | acme | 1 | 0",
                "2026-01-06 | acme | 2 | 0",
                "2026-01-06 | bolt | 3 | 1");
    }

    @Test
    default void without_filled_gaps_only_buckets_with_rows_are_there() {
        expect(
                plans(),
                ask("count(event)")
                        .by("account")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-08")
                        .sparse(),
                "2026-01-05 | acme | 2",
                "2026-01-06 | bolt | 1",
                "2026-01-07 | cord | 1");
    }

    @Test
    default void without_groups_every_bucket_is_there() {
        expect(
                plans(),
                ask("count(event)").grain(Grain.DAY).between("2026-01-04", "2026-01-06"),
                "2026-01-04 | 0",
                "2026-01-05 | 2");
    }

    @Test
    default void without_groups_there_is_a_row_even_over_nothing() {
        expect(events(), ask("count(event)").sparse(), "0");
    }

    @Test
    default void with_groups_there_is_no_row_over_nothing() {
        expect(events(), ask("count(event)").by("account"));
    }

    @Test
    default void facts_and_members_of_a_group_meet_in_one_row() {
        expect(
                plans().member(account("dyno").since("2025-01-01").with("plan", "free")),
                ask("count(event)", "count(account)").by("account.plan"),
                "'' | 1 | 1",
                "free | 0 | 1",
                "pro | 2 | 1",
                "none | 1 | 1",
                "no account | 1 | 0");
    }

    @Test
    default void facts_of_two_sources_meet_in_one_row() {
        expect(
                plans().source(
                                source("ticket")
                                        .timestamp("opened_at")
                                        .account("company")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("ticket", "2026-01-05T10:00:00Z", "acme")
                        .fact("ticket", "2026-01-05T10:00:00Z", "eon")
                        .fact("ticket", "2026-01-05T10:00:00Z", null),
                ask("count(event)", "count(ticket)").by("account"),
                "acme | 2 | 1",
                "bolt | 1 | 0",
                "cord | 1 | 0",
                "eon | 0 | 1",
                "no account | 1 | 1");
    }

    @Test
    default void equal_numbers_are_one_group_however_they_are_written() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", "1.0")
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "b", "1.00"),
                ask("count(event)").by("event.amount"),
                "1 | 2");
    }

    @Test
    default void accounts_are_grouped_by_whether_they_are_in_a_cohort() {
        expect(
                plans().cohortOf("friends", "acme", "cord"),
                ask("sum(event : amount)").by("friends"),
                "false | 3",
                "true | 7",
                "no account | 5");
    }

    @Test
    default void facts_are_grouped_by_a_formula() {
        expect(
                plans(),
                ask("count(event)").by("(event.amount > 2) as large"),
                "false | 2",
                "true | 3");
    }

    @Test
    default void dates_are_group_values() {
        expect(
                events().member(account("acme").since("2025-01-01").with("signed_on", "2024-02-29"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1),
                ask("count(event)").by("account.signed_on"),
                "2024-02-29 | 1");
    }
}
