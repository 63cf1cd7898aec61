package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.MemberBuilder.userOfNoAccount;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is a member, and what is computed for each. */
public interface MembersContract extends ExecutorContract {
    private WorldBuilder event(
            WorldBuilder world, String at, @Nullable String account, String user) {
        return world.fact("event", at, account, user, "login", 1);
    }

    @Test
    default void account_without_facts_is_a_member() {
        expect(events().member(account("acme").since("2025-01-01")), ask("count(account)"), "1");
    }

    @Test
    default void account_is_a_member_from_its_declared_start() {
        expect(
                events().member(account("acme").since("2026-01-11")),
                ask("count(account)").grain(Grain.DAY).between("2026-01-10", "2026-01-13"),
                "2026-01-10 | 0",
                "2026-01-11 | 1",
                "2026-01-12 | 1");
    }

    /** An account with payments by date from 2026-04-01 on. */
    private WorldBuilder paying() {
        return events().source(
                        source("payment")
                                .date("paid_on")
                                .account("customer")
                                .user("person")
                                .zone("Europe/Berlin"))
                .fact("payment", "2026-04-01", "acme", "ann")
                .fact("payment", "2026-05-20", "acme", "ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Los_Angeles",
                "Asia/Tokyo",
                "Pacific/Kiritimati"
            })
    default void member_whose_first_fact_is_a_date_exists_from_that_local_date(String zone) {
        expect(
                paying(),
                ask("count(account)", "count(user)", "count(payment)")
                        .grain(Grain.MONTH)
                        .zone(zone)
                        .between("2026-03-01", "2026-05-01"),
                "2026-03-01 | 0 | 0 | BEFORE_DATA",
                "2026-04-01 | 1 | 1 | 1");
        expect(
                paying(),
                ask("count(account)", "count(user)")
                        .grain(Grain.DAY)
                        .zone(zone)
                        .between("2026-03-31", "2026-04-03"),
                "2026-03-31 | 0 | 0",
                "2026-04-01 | 1 | 1",
                "2026-04-02 | 1 | 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "America/Los_Angeles",
                "Asia/Tokyo",
                "Australia/Lord_Howe",
                "Pacific/Kiritimati"
            })
    default void member_declared_by_dates_exists_from_the_one_until_the_other(String zone) {
        expect(
                events().member(account("acme").sinceDate("2026-05-10").removedOn("2026-06-01"))
                        .member(user("acme", "ann").sinceDate("2026-05-10"))
                        .member(user("acme", "bob").sinceDate("2026-05-11").removedOn("2026-05-12"))
                        .member(account("bolt").sinceDate("2026-06-01"))
                        .member(account("cord").sinceDate("2026-05-10").removedOn("2026-05-10")),
                ask("count(account)", "count(user)")
                        .grain(Grain.DAY)
                        .zone(zone)
                        .between("2026-05-09", "2026-05-13"),
                "2026-05-09 | 0 | 0",
                "2026-05-10 | 1 | 1",
                "2026-05-11 | 1 | 2",
                "2026-05-12 | 1 | 1");
        expect(
                events().member(account("acme").sinceDate("2026-05-10").removedOn("2026-06-01"))
                        .member(user("acme", "ann").sinceDate("2026-05-10"))
                        .member(account("bolt").sinceDate("2026-06-01"))
                        .member(account("cord").sinceDate("2026-05-10").removedOn("2026-05-10")),
                ask(
                                "count(account where account = 'acme')",
                                "count(account where account = 'bolt')",
                                "count(account where account = 'cord')",
                                "count(user)")
                        .grain(Grain.MONTH)
                        .zone(zone)
                        .between("2026-04-01", "2026-07-01")
                        .totals(),
                "2026-04-01 | 0 | 0 | 0 | 0",
                "2026-05-01 | 1 | 0 | 0 | 1",
                "2026-06-01 | 0 | 1 | 0 | 0",
                "all | 1 | 1 | 0 | 1");
    }

    @Test
    default void
            member_with_first_facts_by_date_and_by_instant_exists_from_the_earlier_in_the_zone_asked() {
        // 2026-04-01T03:00Z is still March in New York, and April in Berlin.
        var world = event(paying(), "2026-04-01T03:00:00Z", "acme", "ann");
        var question = ask("count(account)").grain(Grain.MONTH).between("2026-03-01", "2026-05-01");
        expect(world, question.zone("America/New_York"), "2026-03-01 | 1", "2026-04-01 | 1");
        expect(world, question.zone("Europe/Berlin"), "2026-03-01 | 0", "2026-04-01 | 1");
        expect(
                event(paying(), "2026-04-10T03:00:00Z", "acme", "ann"),
                ask("count(account)")
                        .grain(Grain.DAY)
                        .zone("America/New_York")
                        .between("2026-03-31", "2026-04-02"),
                "2026-03-31 | 0",
                "2026-04-01 | 1");
    }

    @Test
    default void member_by_date_is_there_in_each_hour_of_the_date() {
        expect(
                events().member(account("acme").sinceDate("2026-01-11").removedOn("2026-01-12")),
                ask("count(account)")
                        .grain(Grain.HOUR)
                        .zone("America/Los_Angeles")
                        .between("2026-01-10", "2026-01-13")
                        .having("m1", Operator.GT, "0")
                        .first(1),
                "2026-01-11T00:00 | 1");
        expect(
                events().member(account("acme").sinceDate("2026-01-11").removedOn("2026-01-12")),
                ask("sum(account : 1)")
                        .grain(Grain.DAY)
                        .zone("America/Los_Angeles")
                        .between("2026-01-10", "2026-01-13"),
                "2026-01-10 | 0",
                "2026-01-11 | 1",
                "2026-01-12 | 0");
    }

    @Test
    default void member_that_begins_with_the_date_of_as_of_is_there_and_one_of_the_next_is_not() {
        expect(
                events().member(account("acme").sinceDate("2026-01-11"))
                        .member(account("bolt").sinceDate("2026-01-12")),
                ask("count(account)").zone("America/Los_Angeles").asOf("2026-01-12T06:00:00Z"),
                "1");
    }

    @Test
    default void member_that_is_removed_before_it_begins_never_exists_whichever_is_a_date() {
        var question = ask("count(account)").zone("Europe/Berlin");
        expect(
                event(
                        events().member(account("acme").removedOn("2026-01-10")),
                        "2026-01-10T08:00:00Z",
                        "acme",
                        "ann"),
                question,
                "0");
        // The tenth begins in Berlin at 23:00 UTC of the ninth.
        expect(
                event(
                        events().member(account("acme").removedOn("2026-01-10")),
                        "2026-01-09T22:59:59Z",
                        "acme",
                        "ann"),
                question,
                "1");
        expect(
                events().member(
                                account("acme")
                                        .sinceDate("2026-01-10")
                                        .removed("2026-01-09T22:59:59Z")),
                question,
                "0");
        expect(
                events().member(
                                account("acme")
                                        .sinceDate("2026-01-10")
                                        .removed("2026-01-09T23:00:01Z")),
                question,
                "1");
    }

    @Test
    default void declared_start_counts_even_where_a_fact_is_earlier() {
        expect(
                event(
                        events().member(account("acme").since("2026-01-11")),
                        "2026-01-10T10:00:00Z",
                        "acme",
                        "ann"),
                ask("count(account)", "count(event)")
                        .grain(Grain.DAY)
                        .between("2026-01-10", "2026-01-12"),
                "2026-01-10 | 0 | 1",
                "2026-01-11 | 1 | 0");
    }

    @Test
    default void account_without_a_declared_start_is_a_member_from_its_first_fact() {
        expect(
                event(
                        event(
                                events().member(account("acme")),
                                "2026-01-12T10:00:00Z",
                                "acme",
                                "ann"),
                        "2026-01-11T10:00:00Z",
                        "acme",
                        "ann"),
                ask("count(account)").grain(Grain.DAY).between("2026-01-10", "2026-01-14"),
                "2026-01-10 | 0",
                "2026-01-11 | 1",
                "2026-01-12 | 1",
                "2026-01-13 | 1");
    }

    @Test
    default void account_of_which_nothing_is_known_yet_is_no_member() {
        expect(events().member(account("acme").with("plan", "pro")), ask("count(account)"), "0");
    }

    @Test
    default void account_is_a_member_in_the_bucket_in_which_it_is_removed_and_not_after() {
        expect(
                events().member(
                                account("acme")
                                        .since("2025-01-01")
                                        .removed("2026-01-11T12:00:00Z")),
                ask("count(account)").grain(Grain.DAY).between("2026-01-10", "2026-01-13"),
                "2026-01-10 | 1",
                "2026-01-11 | 1",
                "2026-01-12 | 0");
    }

    @Test
    default void account_removed_at_the_start_of_a_bucket_is_not_in_it() {
        expect(
                events().member(account("acme").since("2025-01-01").removed("2026-01-11")),
                ask("count(account)").grain(Grain.DAY).between("2026-01-10", "2026-01-12"),
                "2026-01-10 | 1",
                "2026-01-11 | 0");
    }

    @Test
    default void account_removed_before_it_began_never_was_a_member() {
        expect(
                events().member(account("acme").since("2026-01-11").removed("2026-01-10")),
                ask("count(account)"),
                "0");
    }

    @Test
    default void account_that_begins_after_as_of_is_no_member_yet() {
        expect(
                events().member(account("acme").since("2026-01-20"))
                        .member(account("bolt").since("2025-01-01")),
                ask("count(account)").asOf("2026-01-15T00:00:00Z"),
                "1");
    }

    @Test
    default void facts_of_no_account_have_no_member() {
        expect(
                event(
                        event(events(), "2026-01-05T10:00:00Z", null, "ann"),
                        "2026-01-05T10:00:00Z",
                        "acme",
                        "bob"),
                ask("count(account)", "sum(account : count(event))", "count(event)"),
                "1 | 1 | 2");
    }

    @Test
    default void no_account_is_not_counted_among_distinct_accounts() {
        expect(
                event(
                        event(events(), "2026-01-05T10:00:00Z", null, "ann"),
                        "2026-01-05T10:00:00Z",
                        "acme",
                        "bob"),
                ask("distinct(event.account)", "count(event where account is none)"),
                "1 | 1");
    }

    @Test
    default void users_of_two_accounts_are_two() {
        expect(
                event(
                        event(events(), "2026-01-05T10:00:00Z", "acme", "ann"),
                        "2026-01-05T10:00:00Z",
                        "bolt",
                        "ann"),
                ask("distinct(event.user)", "count(user)"),
                "2 | 2");
    }

    @Test
    default void users_of_no_account_are_members() {
        expect(
                event(
                        event(
                                events().member(userOfNoAccount("zoe").since("2025-01-01")),
                                "2026-01-05T10:00:00Z",
                                null,
                                "ann"),
                        "2026-01-05T10:00:00Z",
                        "acme",
                        "ann"),
                ask("distinct(event.user)", "count(user)", "count(user where account is none)"),
                "2 | 3 | 2");
    }

    @Test
    default void user_ceases_with_its_account() {
        expect(
                events().member(account("acme").since("2025-01-01").removed("2026-01-11"))
                        .member(user("acme", "ann").since("2025-01-01"))
                        .member(user("acme", "bob").since("2025-01-01").removed("2026-01-10")),
                ask("count(user)").grain(Grain.DAY).between("2026-01-09", "2026-01-12"),
                "2026-01-09 | 2",
                "2026-01-10 | 1",
                "2026-01-11 | 0");
    }

    @Test
    default void aggregate_inside_is_of_one_member() {
        var world = events().member(account("cord").since("2025-01-01"));
        event(world, "2026-01-05T10:00:00Z", "acme", "ann");
        event(world, "2026-01-06T10:00:00Z", "acme", "bob");
        event(world, "2026-01-07T10:00:00Z", "acme", "bob");
        event(world, "2026-01-08T10:00:00Z", "bolt", "cid");
        expect(
                world,
                ask(
                        "avg(account : count(event))",
                        "max(account : distinct(event.user))",
                        "count(account where exists(event))",
                        "count(account where not exists(event))"),
                "1.33333333333 | 2 | 2 | 1");
    }

    @Test
    default void value_that_a_member_has_not_is_skipped() {
        var world = events().member(account("cord").since("2025-01-01"));
        event(world, "2026-01-05T10:00:00Z", "acme", "ann");
        expect(
                world,
                ask(
                        "avg(account : avg(event : amount))",
                        "count(account where avg(event : amount) is none)"),
                "1 | 1");
    }

    @Test
    default void users_are_read_beneath_their_account() {
        var world = events().member(user("acme", "zoe").since("2025-01-01"));
        event(world, "2026-01-05T10:00:00Z", "acme", "ann");
        event(world, "2026-01-06T10:00:00Z", "acme", "ann");
        event(world, "2026-01-07T10:00:00Z", "bolt", "ann");
        expect(
                world,
                ask(
                        "max(account : count(user))",
                        "sum(account : count(user where exists(event)))",
                        "max(account : avg(user : count(event)))"),
                "2 | 2 | 1");
    }

    @Test
    default void attribute_of_the_member_is_read() {
        expect(
                events().member(
                                account("acme")
                                        .since("2025-01-01")
                                        .with("seats", 10)
                                        .with("plan", "pro"))
                        .member(account("bolt").since("2025-01-01").with("seats", 5))
                        .member(account("cord").since("2025-01-01")),
                ask(
                        "sum(account : seats)",
                        "count(account where plan is none)",
                        "max(account : account.seats * 2)"),
                "15 | 2 | 20");
    }

    @Test
    default void attribute_is_compared_with_the_edges_of_the_bucket() {
        expect(
                events().member(account("acme").since("2025-01-01").with("signed_on", "2026-01-31"))
                        .member(
                                account("bolt")
                                        .since("2025-01-01")
                                        .with("signed_on", "2026-02-01")),
                ask("count(account where signed_on >= bucket.start and signed_on < bucket.end)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 1",
                "2026-02-01 | 1");
    }

    @Test
    default void each_bucket_looks_at_its_own_facts() {
        var world = events();
        event(world, "2026-01-05T10:00:00Z", "acme", "ann");
        event(world, "2026-01-06T10:00:00Z", "acme", "ann");
        event(world, "2026-01-06T10:00:00Z", "bolt", "bob");
        expect(
                world,
                ask("count(account where exists(event))", "count(account)")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-08"),
                "2026-01-05 | 1 | 1",
                "2026-01-06 | 2 | 2",
                "2026-01-07 | 0 | 2");
    }

    @Test
    default void metric_of_an_account_is_rolled_up_as_it_declares() {
        var world =
                events().member(account("cord").since("2025-01-01"))
                        .metric("mean_events", Level.ACCOUNT, RollUp.AVG, "count(event)", false)
                        .metric(
                                "middle_events",
                                Level.ACCOUNT,
                                RollUp.MEDIAN,
                                "count(event)",
                                false)
                        .metric("all_events", Level.ACCOUNT, RollUp.SUM, "count(event)", false)
                        .metric("active", Level.ACCOUNT, RollUp.SHARE, "exists(event)", false)
                        .metric("of_users", Level.USER, RollUp.SUM, "count(event)", false);
        event(world, "2026-01-05T10:00:00Z", "acme", "ann");
        event(world, "2026-01-06T10:00:00Z", "acme", "bob");
        event(world, "2026-01-07T10:00:00Z", "bolt", "cid");
        event(world, "2026-01-07T10:00:00Z", "dyno", "dan");
        event(world, "2026-01-07T10:00:00Z", null, "eve");
        expect(
                world,
                askMetrics("mean_events", "middle_events", "all_events", "active", "of_users"),
                "1 | 1 | 4 | 0.75 | 5");
    }

    @Test
    default void metric_of_a_cell_is_evaluated_anew_for_one_account() {
        var world = events().metric("events_per_user", "count(event) / distinct(event.user)");
        event(world, "2026-01-05T10:00:00Z", "acme", "ann");
        event(world, "2026-01-06T10:00:00Z", "acme", "ann");
        event(world, "2026-01-07T10:00:00Z", "bolt", "bob");
        expect(world, ask("max(account : events_per_user)", "events_per_user"), "2 | 1.5");
    }
}
