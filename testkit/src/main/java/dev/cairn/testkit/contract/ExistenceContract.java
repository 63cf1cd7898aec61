package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From when and until when an account is a member. */
public interface ExistenceContract extends ExecutorContract {
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
    default void rows_that_hold_for_a_time_make_a_member_from_the_first_start_on() {
        expect(
                events().source(
                                source("subscription")
                                        .account("customer")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .validity("starts_on", "ends_on"))
                        .fact("subscription", "acme", "2026-02-10", "2026-04-01")
                        .fact("subscription", "acme", "2026-03-01", null),
                ask("count(account)").grain(Grain.MONTH).between("2026-01-01", "2026-04-01"),
                "2026-01-01 | 0",
                "2026-02-01 | 1",
                "2026-03-01 | 1");
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
}
