package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** When a fact counts: half-open buckets, local days, other time fields, as-of. */
public interface TimeContract extends ExecutorContract {
    private WorldBuilder eventsAt(String... instants) {
        var world = events();
        for (String instant : instants) {
            world.fact("event", instant, "acme", "ann", "login", 1);
        }
        return world;
    }

    /** Orders by date, complete from January to March 2026, in Los Angeles. */
    private WorldBuilder ordersOn(String... dates) {
        var world =
                events().source(
                                source("purchase")
                                        .date("bought_on")
                                        .date("paid_on")
                                        .account("buyer")
                                        .zone("America/Los_Angeles")
                                        .coverage("2026-01-01", "2026-04-01"));
        for (String date : dates) {
            world.fact("purchase", date, null, "acme");
        }
        return world;
    }

    @Test
    default void fact_at_the_start_of_a_bucket_is_in_it() {
        expect(
                eventsAt("2026-01-05T00:00:00Z"),
                ask("count(event)").grain(Grain.DAY).between("2026-01-04", "2026-01-06"),
                "2026-01-04 | 0",
                "2026-01-05 | 1");
    }

    @Test
    default void fact_just_before_the_end_of_a_bucket_is_in_it() {
        expect(
                eventsAt("2026-01-04T23:59:59.999999Z"),
                ask("count(event)").grain(Grain.DAY).between("2026-01-04", "2026-01-06"),
                "2026-01-04 | 1",
                "2026-01-05 | 0");
    }

    @Test
    default void facts_outside_the_range_are_not_seen() {
        expect(
                eventsAt(
                        "2025-12-31T23:59:59Z",
                        "2026-01-01T00:00:00Z",
                        "2026-01-31T23:59:59Z",
                        "2026-02-01T00:00:00Z"),
                ask("count(event)"),
                "2");
    }

    @Test
    default void without_a_grain_the_range_is_one_bucket() {
        expect(eventsAt("2026-01-01T00:00:00Z", "2026-01-31T12:00:00Z"), ask("count(event)"), "2");
    }

    @Test
    default void week_starts_on_monday() {
        // 2026-01-04 is a Sunday.
        expect(
                eventsAt("2026-01-04T12:00:00Z", "2026-01-05T12:00:00Z", "2026-01-11T23:00:00Z"),
                ask("count(event)").grain(Grain.WEEK).between("2025-12-29", "2026-01-12"),
                "2025-12-29 | 1",
                "2026-01-05 | 2");
    }

    @Test
    default void month_of_a_leap_year_has_its_leap_day() {
        expect(
                eventsAt("2028-02-29T23:00:00Z", "2028-03-01T00:00:00Z"),
                new Question(
                                ask("count(event)").query(),
                                dev.cairn.domain.analysis.Caller.LOCAL,
                                java.time.Instant.parse("2028-07-01T00:00:00Z"))
                        .grain(Grain.MONTH)
                        .between("2028-02-01", "2028-04-01"),
                "2028-02-01 | 1",
                "2028-03-01 | 1");
    }

    @Test
    default void days_are_cut_in_the_asked_zone() {
        expect(
                eventsAt("2026-01-05T14:59:00Z", "2026-01-05T15:00:00Z"),
                ask("count(event)")
                        .grain(Grain.DAY)
                        .zone("Asia/Tokyo")
                        .between("2026-01-05", "2026-01-07"),
                "2026-01-05 | 1",
                "2026-01-06 | 1");
    }

    @Test
    default void day_that_loses_an_hour_ends_an_hour_earlier() {
        // Clocks in Paris go forward on 2026-03-29.
        expect(
                eventsAt("2026-03-28T23:00:00Z", "2026-03-29T21:59:00Z", "2026-03-29T22:00:00Z"),
                ask("count(event)")
                        .grain(Grain.DAY)
                        .zone("Europe/Paris")
                        .between("2026-03-29", "2026-03-31"),
                "2026-03-29 | 2",
                "2026-03-30 | 1");
    }

    @Test
    default void hour_that_comes_twice_is_two_buckets() {
        // Clocks in Paris went back on 2025-10-26 at 01:00 UTC.
        expect(
                events().source(source("ping").timestamp("at").coverage("2025-01-01", "2026-01-01"))
                        .fact("ping", "2025-10-26T00:30:00Z")
                        .fact("ping", "2025-10-26T01:30:00Z"),
                ask("count(ping)")
                        .grain(Grain.HOUR)
                        .zone("Europe/Paris")
                        .between("2025-10-26", "2025-10-27")
                        .sparse(),
                "2025-10-26T02:00 | 1",
                "2025-10-26T02:00 | 1");
    }

    @Test
    default void bucket_that_the_range_cuts_holds_only_what_is_in_the_range() {
        // Weeks from Monday 2026-01-05, the range from Wednesday to Tuesday.
        expect(
                eventsAt(
                        "2026-01-06T12:00:00Z",
                        "2026-01-07T12:00:00Z",
                        "2026-01-12T12:00:00Z",
                        "2026-01-13T12:00:00Z"),
                ask("count(event)").grain(Grain.WEEK).between("2026-01-07", "2026-01-13"),
                "2026-01-05 | 1",
                "2026-01-12 | 1");
    }

    @Test
    default void dates_are_compared_as_local_dates_in_every_zone() {
        expect(
                ordersOn("2026-01-05"),
                ask("count(purchase)")
                        .grain(Grain.DAY)
                        .zone("Asia/Tokyo")
                        .between("2026-01-04", "2026-01-07"),
                "2026-01-04 | 0",
                "2026-01-05 | 1",
                "2026-01-06 | 0");
    }

    @Test
    default void date_at_the_end_of_a_bucket_is_in_the_next() {
        expect(
                ordersOn("2026-01-31", "2026-02-01"),
                ask("count(purchase)").grain(Grain.MONTH).between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 1",
                "2026-02-01 | 1");
    }

    @Test
    default void another_time_field_places_facts_by_it() {
        expect(
                ordersOn().fact("purchase", "2026-01-05", "2026-02-10", "acme"),
                ask("count(purchase)", "count(purchase on paid_on)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 1 | 0",
                "2026-02-01 | 0 | 1");
    }

    @Test
    default void fact_without_the_time_asked_for_is_in_no_bucket() {
        expect(ordersOn("2026-01-05"), ask("count(purchase on paid_on)"), "0");
    }

    @Test
    default void fact_at_or_after_as_of_does_not_exist_yet() {
        expect(
                eventsAt("2026-01-05T11:59:59Z", "2026-01-05T12:00:00Z", "2026-01-05T13:00:00Z"),
                ask("count(event)").asOf("2026-01-05T12:00:00Z"),
                "1");
    }

    @Test
    default void date_is_known_once_its_day_has_begun_where_the_question_is_asked() {
        var question = ask("count(purchase)").zone("Asia/Tokyo");
        // Noon of the 5th in Tokyo.
        expect(ordersOn("2026-01-05", "2026-01-06"), question.asOf("2026-01-05T03:00:00Z"), "1");
    }

    @Test
    default void date_is_not_known_at_the_very_start_of_its_day() {
        expect(
                ordersOn("2026-01-04", "2026-01-05"),
                ask("count(purchase)").asOf("2026-01-05T00:00:00Z"),
                "1");
    }

    @Test
    default void last_buckets_are_those_that_ended_by_as_of() {
        expect(
                eventsAt("2026-01-03T12:00:00Z", "2026-01-04T12:00:00Z", "2026-01-05T06:00:00Z"),
                ask("count(event)")
                        .grain(Grain.DAY)
                        .last(2, Grain.DAY)
                        .asOf("2026-01-05T12:00:00Z"),
                "2026-01-03 | 1",
                "2026-01-04 | 1");
    }

    @Test
    default void formula_can_compare_with_the_edges_of_the_bucket() {
        expect(
                eventsAt("2026-01-05T00:00:00Z", "2026-01-05T12:00:00Z", "2026-02-03T00:00:00Z"),
                ask(
                                "count(event where days(bucket.start, happened) < 4.25)",
                                "count(event where days(happened, bucket.end) <= 27)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 1 | 2",
                "2026-02-01 | 1 | 1");
    }
}
