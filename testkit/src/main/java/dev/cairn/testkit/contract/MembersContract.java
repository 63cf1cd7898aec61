package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.MemberBuilder.userOfNoAccount;

import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom facts belong to, and what is computed for each member. */
public interface MembersContract extends ExecutorContract {
    private WorldBuilder event(
            WorldBuilder world, String at, @Nullable String account, String user) {
        return world.fact("event", at, account, user, "login", 1);
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
