package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Instants by the hour as keys, by hand arithmetic: an hour is one that a local clock shows without a break, and its key the instant at which it began. */
public interface HoursContract extends ExecutorContract {
    private WorldBuilder pings(String... instants) {
        var world =
                events().source(
                                source("ping")
                                        .timestamp("sent")
                                        .timestamp("seen")
                                        .coverage("2025-01-01", "2027-01-01"));
        for (String instant : instants) {
            world = world.fact("ping", instant, null);
        }
        return world;
    }

    private static Question byHour(String zone, String from, String to) {
        return ask("count(ping)").by("ping.sent by hour").zone(zone).between(from, to);
    }

    @Test
    default void an_hour_is_a_key_by_the_instant_at_which_it_begins() {
        expect(
                pings(
                        "2026-01-05T09:59:59.999999Z",
                        "2026-01-05T10:00:00Z",
                        "2026-01-05T10:59:59.999999Z",
                        "2026-01-06T10:30:00Z"),
                byHour("UTC", "2026-01-01", "2026-02-01"),
                "2026-01-05T09:00:00Z | 1",
                "2026-01-05T10:00:00Z | 2",
                "2026-01-06T10:00:00Z | 1");
    }

    @Test
    default void an_hour_that_comes_twice_is_two_keys() {
        // Clocks in Paris went back from three to two on 2025-10-26 at 01:00 UTC.
        expect(
                pings(
                        "2025-10-25T23:30:00Z",
                        "2025-10-26T00:00:00Z",
                        "2025-10-26T00:59:00Z",
                        "2025-10-26T01:00:00Z",
                        "2025-10-26T01:59:00Z",
                        "2025-10-26T02:00:00Z"),
                byHour("Europe/Paris", "2025-10-26", "2025-10-27"),
                "2025-10-25T23:00:00Z | 1",
                "2025-10-26T00:00:00Z | 2",
                "2025-10-26T01:00:00Z | 2",
                "2025-10-26T02:00:00Z | 1");
    }

    @Test
    default void an_hour_that_is_skipped_is_no_key() {
        // Clocks in Paris go forward from two to three on 2026-03-29 at 01:00 UTC.
        expect(
                pings("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"),
                byHour("Europe/Paris", "2026-03-29", "2026-03-30"),
                "2026-03-29T00:00:00Z | 1",
                "2026-03-29T01:00:00Z | 1",
                "2026-03-29T02:00:00Z | 1");
    }

    @Test
    default void hours_begin_where_the_clock_of_the_zone_is_sharp() {
        expect(
                pings("2026-01-05T10:29:00Z", "2026-01-05T10:30:00Z", "2026-01-05T11:15:00Z"),
                byHour("Asia/Kolkata", "2026-01-05", "2026-01-06"),
                "2026-01-05T09:30:00Z | 1",
                "2026-01-05T10:30:00Z | 2");
        expect(
                pings("2026-01-05T10:14:00Z", "2026-01-05T10:15:00Z"),
                byHour("Asia/Kathmandu", "2026-01-05", "2026-01-06"),
                "2026-01-05T09:15:00Z | 1",
                "2026-01-05T10:15:00Z | 1");
    }

    @Test
    default void clocks_that_change_within_an_hour_make_it_longer_or_shorter() {
        // On Lord Howe clocks went forward from 02:00 to 02:30 at 15:30 UTC: half an hour is left
        // of
        // the one that begins at two.
        expect(
                pings(
                        "2025-10-04T15:29:00Z",
                        "2025-10-04T15:30:00Z",
                        "2025-10-04T15:59:00Z",
                        "2025-10-04T16:00:00Z"),
                byHour("Australia/Lord_Howe", "2025-10-05", "2025-10-06"),
                "2025-10-04T14:30:00Z | 1",
                "2025-10-04T15:30:00Z | 2",
                "2025-10-04T16:00:00Z | 1");
        // They go back from 02:00 to 01:30 at 15:00 UTC: the hour that begins at one is longer.
        expect(
                pings(
                        "2026-04-04T13:59:00Z",
                        "2026-04-04T14:30:00Z",
                        "2026-04-04T15:00:00Z",
                        "2026-04-04T15:29:00Z",
                        "2026-04-04T15:30:00Z"),
                byHour("Australia/Lord_Howe", "2026-04-05", "2026-04-06"),
                "2026-04-04T13:00:00Z | 1",
                "2026-04-04T14:00:00Z | 3",
                "2026-04-04T15:30:00Z | 1");
    }

    @Test
    default void keys_by_the_hour_are_the_hours_of_the_time_axis() {
        expect(
                pings("2026-04-04T14:30:00Z", "2026-04-04T15:29:00Z", "2026-04-04T15:30:00Z"),
                ask("count(ping)")
                        .by("ping.sent by hour")
                        .grain(Grain.HOUR)
                        .zone("Australia/Lord_Howe")
                        .between("2026-04-05", "2026-04-06")
                        .sparse(),
                "2026-04-05T01:00 | 2026-04-04T14:00:00Z | 2",
                "2026-04-05T02:00 | 2026-04-04T15:30:00Z | 1");
    }

    @Test
    default void hours_stand_beside_a_time_axis_and_in_totals() {
        // A ping that was seen in an hour of another day, and one that was not.
        var world =
                pings().fact("ping", "2026-01-05T10:10:00Z", "2026-01-06T08:20:00Z")
                        .fact("ping", "2026-01-06T10:10:00Z", "2026-01-06T08:50:00Z")
                        .fact("ping", "2026-01-06T11:10:00Z", null);
        expect(
                world,
                ask("count(ping)", "total(count(ping) by ping.seen by hour)")
                        .by("ping.seen by hour", "hour_of_day")
                        .between("2026-01-05", "2026-01-07"),
                "2026-01-06T08:00:00Z | 10 | 2 | 2",
                "none | 11 | 1 | 1");
        expect(
                world,
                ask("count(ping)")
                        .by("ping.seen by hour")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-07")
                        .totals(),
                "2026-01-05 | 2026-01-06T08:00:00Z | 1",
                "2026-01-05 | none | 0",
                "2026-01-06 | 2026-01-06T08:00:00Z | 1",
                "2026-01-06 | none | 1",
                "2026-01-05 | total | 1",
                "2026-01-06 | total | 2",
                "all | 2026-01-06T08:00:00Z | 2",
                "all | none | 1",
                "all | total | 3");
    }

    @Test
    default void hours_are_filtered_ordered_and_chosen_by() {
        var world =
                pings(
                        "2026-01-05T09:30:00Z",
                        "2026-01-05T10:10:00Z",
                        "2026-01-05T10:50:00Z",
                        "2026-01-05T11:00:00Z");
        var hours = byHour("UTC", "2026-01-01", "2026-02-01");
        expect(
                world,
                hours.filter("ping.sent by hour", Operator.IN, "2026-01-05T10:00Z"),
                "2026-01-05T10:00:00Z | 2");
        expect(
                world,
                ask("count(ping)").filter("ping.sent by hour", Operator.LT, "2026-01-05T11:00Z"),
                "3");
        expect(
                world,
                hours.orderBy("-ping.sent by hour"),
                "2026-01-05T11:00:00Z | 1",
                "2026-01-05T10:00:00Z | 2",
                "2026-01-05T09:00:00Z | 1");
        expect(world, hours.top(1), "2026-01-05T10:00:00Z | 2", "other | 2");
    }

    @Test
    default void hours_of_attributes_and_of_members_are_keys() {
        var world =
                events().entity(
                                accounts()
                                        .text("plan")
                                        .attribute("seen", DataType.TIMESTAMP, Mark.NONE))
                        .member(
                                account("acme")
                                        .since("2025-01-01")
                                        .with("seen", "2026-01-05T10:10:00Z"))
                        .member(
                                account("bolt")
                                        .since("2025-01-01")
                                        .with("seen", "2026-01-05T10:40:00Z"))
                        .member(account("cord").since("2025-01-01"))
                        .fact("event", "2026-01-07T10:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-01-07T10:00:00Z", null, "dan", "a", 2);
        expect(
                world,
                ask("count(account)", "sum(event.amount)").by("account.seen by hour"),
                "2026-01-05T10:00:00Z | 2 | 1",
                "none | 1 | 0",
                "no account | 0 | 2");
    }
}
