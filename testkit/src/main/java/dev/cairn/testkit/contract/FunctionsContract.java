package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Local dates and hours of instants, the calendar, and texts put together. */
public interface FunctionsContract extends ExecutorContract {
    /** One call, at an instant and on a date. */
    private WorldBuilder call(String rang, String on) {
        return events().source(
                        source("call")
                                .timestamp("rang")
                                .date("on_day")
                                .text("name")
                                .account("caller")
                                .coverage("1700-01-01", "2200-01-01"))
                .fact("call", rang, on, "\u00A0 Ann\t", "acme");
    }

    private static Question ever(String zone, String... formulas) {
        return ask(formulas)
                .zone(zone)
                .between("1700-01-01", "2200-01-01")
                .asOf("2199-12-31T00:00:00Z");
    }

    private void expectAt(String rang, String zone, String formula, String value) {
        expect(call(rang, "2026-01-31"), ever(zone, "max(call : " + formula + ")"), value);
    }

    private void expectOn(String on, String formula, String value) {
        expect(call("2026-01-31T12:00:00Z", on), ever("UTC", "max(call : " + formula + ")"), value);
    }

    @Test
    default void instant_has_the_date_and_the_hour_of_the_questions_zone() {
        expect(
                call("2026-01-05T03:30:00Z", "2026-01-31"),
                ever(
                        "America/New_York",
                        "max(call : date(rang))",
                        "max(call : hour_of_day(rang))",
                        "max(call : weekday(rang))",
                        "max(call : trunc(rang, week))",
                        "count(call where date(rang) = @2026-01-04)"),
                "2026-01-04 | 22 | 7 | 2025-12-29 | 1");
        expectAt("2026-01-05T03:30:00Z", "Asia/Tokyo", "date(rang)", "2026-01-05");
        expectAt("2026-01-05T03:30:00Z", "UTC", "hour_of_day(rang)", "3");
    }

    @Test
    default void offsets_are_those_of_their_time() {
        expectAt("1800-01-01T04:56:01Z", "America/New_York", "date(rang)", "1799-12-31");
        expectAt("1800-01-01T04:56:02Z", "America/New_York", "date(rang)", "1800-01-01");
        expectAt("2026-07-05T03:59:59Z", "America/New_York", "date(rang)", "2026-07-04");
        expectAt("2150-07-05T03:59:59Z", "America/New_York", "date(rang)", "2150-07-04");
        expectAt("2150-07-05T04:00:00Z", "America/New_York", "date(rang)", "2150-07-05");
        expectAt("2150-01-05T04:59:59Z", "America/New_York", "date(rang)", "2150-01-04");
        expectAt("2011-12-30T09:59:59.999999Z", "Pacific/Apia", "date(rang)", "2011-12-29");
        expectAt("2011-12-30T10:00:00Z", "Pacific/Apia", "date(rang)", "2011-12-31");
        expectAt("2026-01-31T18:15:00Z", "Asia/Kathmandu", "hour_of_day(rang)", "0");
    }

    @Test
    default void parts_of_a_date() {
        expect(
                call("2026-01-31T12:00:00Z", "2024-12-31"),
                ever(
                        "Asia/Tokyo",
                        "max(call : weekday(on_day))",
                        "max(call : day_of_month(on_day))",
                        "max(call : day_of_year(on_day))",
                        "max(call : month_of_year(on_day))",
                        "max(call : quarter_of_year(on_day))",
                        "max(call : calendar_year(on_day))"),
                "2 | 31 | 366 | 12 | 4 | 2024");
    }

    @Test
    default void date_is_cut_to_the_start_of_its_bucket() {
        expectOn("2026-05-31", "trunc(on_day, day)", "2026-05-31");
        expectOn("2026-05-31", "trunc(on_day, week)", "2026-05-25");
        expectOn("2026-06-01", "trunc(on_day, week)", "2026-06-01");
        expectOn("2026-05-31", "trunc(on_day, month)", "2026-05-01");
        expectOn("2026-05-31", "trunc(on_day, quarter)", "2026-04-01");
        expectOn("2026-05-31", "trunc(on_day, year)", "2026-01-01");
    }

    @Test
    default void month_that_has_no_such_day_ends() {
        expectOn("2026-01-31", "on_day + 1 month", "2026-02-28");
        expectOn("2024-01-31", "on_day + 1 month", "2024-02-29");
        expectOn("2026-03-31", "on_day - 1 month", "2026-02-28");
        expectOn("2024-02-29", "on_day + 1 year", "2025-02-28");
        expectOn("2026-08-31", "on_day - 1 quarter", "2026-05-31");
        expectOn("2026-11-30", "on_day + 1 quarter", "2027-02-28");
        expectOn("2026-12-31", "on_day + 3 days", "2027-01-03");
        expectOn("2026-01-03", "on_day - 2 weeks", "2025-12-20");
        expectOn("1582-10-04", "on_day + 1 day", "1582-10-05");
    }

    /** A deal that is sold at an instant, begins on a date and is for so many units. */
    private void expectDeal(@Nullable Integer term, String formula, String value) {
        expect(
                events().source(
                                source("deal")
                                        .timestamp("sold_at")
                                        .date("begins_on")
                                        .integer("term")
                                        .account("buyer")
                                        .coverage("1700-01-01", "2200-01-01"))
                        .fact("deal", "2026-03-07T08:30:00Z", "2026-01-31", term, "acme"),
                ever("America/New_York", formula),
                value);
    }

    @Test
    default void units_are_counted_by_a_field_of_the_row() {
        expectDeal(3, "max(deal : begins_on + term days)", "2026-02-03");
        expectDeal(-3, "max(deal : begins_on + term days)", "2026-01-28");
        expectDeal(-3, "max(deal : begins_on - term days)", "2026-02-03");
        expectDeal(2, "max(deal : begins_on + term weeks)", "2026-02-14");
        expectDeal(1, "max(deal : begins_on + term months)", "2026-02-28");
        expectDeal(1, "max(deal : begins_on + term quarters)", "2026-04-30");
        expectDeal(2, "max(deal : begins_on - term years)", "2024-01-31");
        expectDeal(1, "max(deal : sold_at + term days)", "2026-03-08T07:30:00Z");
        expectDeal(24, "max(deal : sold_at + term hours)", "2026-03-08T08:30:00Z");
        expectDeal(90, "max(deal : sold_at - term minutes)", "2026-03-07T07:00:00Z");
        expectDeal(12, "count(deal where begins_on + term months < @2027-02-01)", "1");
        expectDeal(13, "count(deal where begins_on + term months < @2027-02-01)", "0");
        expectDeal(1, "max(deal : let twice = 2 * term in begins_on + twice months)", "2026-03-31");
    }

    @Test
    default void units_that_are_empty_or_of_more_than_a_thousand_years_give_none() {
        expectDeal(365_000, "max(deal : begins_on + term days)", "3025-06-03");
        expectDeal(365_001, "count(deal where begins_on + term days is none)", "1");
        expectDeal(-365_001, "count(deal where begins_on + term days is none)", "1");
        expectDeal(2_000_000_000, "count(deal where begins_on - term years is none)", "1");
        expectDeal(null, "count(deal where begins_on + term days is none)", "1");
        expectDeal(null, "count(deal where sold_at - term hours is none)", "1");
    }

    @Test
    default void days_of_an_instant_move_the_local_clock() {
        String newYork = "America/New_York";
        expectAt("2026-03-07T08:30:00Z", newYork, "rang + 1 day", "2026-03-08T07:30:00Z");
        expectAt("2026-03-07T08:30:00Z", newYork, "rang + 24 hours", "2026-03-08T08:30:00Z");
        expectAt("2026-03-08T07:30:00Z", newYork, "rang - 1 day", "2026-03-07T08:30:00Z");
        expectAt("2026-03-07T08:30:00Z", "UTC", "rang + 1 day", "2026-03-08T08:30:00Z");
        expectAt("2026-01-31T17:00:00.5Z", newYork, "rang + 1 month", "2026-02-28T17:00:00.500Z");
        expectAt("2026-02-28T17:00:00Z", newYork, "rang + 1 month", "2026-03-28T16:00:00Z");
        expectAt("2026-02-28T17:00:00Z", newYork, "rang - 90 minutes", "2026-02-28T15:30:00Z");
    }

    @Test
    default void time_that_never_was_is_the_instant_after_it() {
        expectAt(
                "2026-03-07T07:30:00Z", "America/New_York", "rang + 1 day", "2026-03-08T07:00:00Z");
        expectAt("2011-12-29T20:00:00Z", "Pacific/Apia", "rang + 1 day", "2011-12-30T10:00:00Z");
    }

    @Test
    default void time_that_was_twice_is_the_earlier_instant() {
        expectAt(
                "2026-10-31T05:30:00Z", "America/New_York", "rang + 1 day", "2026-11-01T05:30:00Z");
        expectAt(
                "2026-11-02T06:30:00Z", "America/New_York", "rang - 1 day", "2026-11-01T05:30:00Z");
    }

    @Test
    default void texts_are_put_together_and_lose_blanks_around_them() {
        expect(
                call("2026-01-31T12:00:00Z", "2026-01-31"),
                ever(
                        "UTC",
                        "max(call : trim(name))",
                        "max(call : concat('<', trim(name), '>', ''))",
                        "count(call where trim(name) = 'Ann')",
                        "count(call where trim(concat(' ', name, 'a b ')) = concat('Ann', '\t', 'a b'))",
                        "count(call where concat(name, case when name = 'x' then 'y' end) is none)"),
                "Ann | <Ann> | 1 | 1 | 1");
    }

    @Test
    default void functions_of_time_are_keys() {
        expect(
                call("2026-01-05T03:30:00Z", "2026-01-31"),
                ever("America/New_York", "count(call)")
                        .by("(hour_of_day(rang)) as h", "(trunc(rang, month)) as m"),
                "22 | 2026-01-01 | 1");
    }
}
