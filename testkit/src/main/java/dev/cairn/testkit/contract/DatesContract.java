package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dates and instants at their edges: other calendars, days that never were, parts of a microsecond, ranges between instants. */
public interface DatesContract extends ExecutorContract {
    private WorldBuilder visitsOn(String... dates) {
        var world =
                events().source(
                                source("visit")
                                        .date("came_on")
                                        .account("guest")
                                        .coverage("0001-01-01", "9999-12-31"));
        for (String date : dates) {
            world.fact("visit", date, "acme");
        }
        return world;
    }

    private WorldBuilder eventAt(String instant) {
        return events().fact("event", instant, "acme", "ann", "login", 1);
    }

    @Test
    default void calendar_is_the_same_before_1582() {
        var visits = visitsOn("1582-10-10");
        expect(
                visits,
                ask(
                                "count(visit where came_on = @1582-10-10)",
                                "count(visit where came_on in (@1582-10-05, @1582-10-06, @1582-10-07, @1582-10-08, @1582-10-09, @1582-10-10))",
                                "min(visit : came_on)",
                                "max(visit : days(came_on, @1582-10-20))")
                        .by("came_on")
                        .between("1582-10-01", "1582-11-01"),
                "1582-10-10 | 1 | 1 | 1582-10-10 | 10");
        expect(visits, ask("count(visit)").between("1582-10-10", "1582-10-11"), "1");
        expect(visits, ask("count(visit)").between("1582-10-11", "1582-10-21"), "0");
    }

    @Test
    default void first_and_last_dates_are_dates() {
        expect(
                visitsOn("0001-01-01", "9999-12-30"),
                ask("min(visit : came_on)", "max(visit : came_on)", "count(visit)")
                        .between("0001-01-01", "9999-12-31")
                        .zone("America/Los_Angeles")
                        .asOf("9999-12-30T23:00:00Z"),
                "0001-01-01 | 9999-12-30 | 2");
    }

    @Test
    default void date_that_never_was_is_in_one_range_of_two() {
        var visits = visitsOn("2011-12-29", "2011-12-30", "2011-12-31");
        var count = ask("count(visit)").zone("Pacific/Apia");
        expect(visits, count.between("2011-12-20", "2011-12-30"), "1");
        expect(visits, count.between("2011-12-30", "2012-01-05"), "2");
        expect(visits, count.between("2011-12-20", "2011-12-31"), "2");
        expect(visits, count.between("2011-12-31", "2012-01-05"), "1");
    }

    @Test
    default void date_that_never_was_is_in_one_bucket() {
        var visits = visitsOn("2011-12-29", "2011-12-30", "2011-12-31");
        var count = ask("count(visit)").zone("Pacific/Apia").grain(Grain.DAY);
        expect(
                visits,
                count.between("2011-12-28", "2012-01-02"),
                "2011-12-28 | 0",
                "2011-12-29 | 2",
                "2011-12-31 | 1",
                "2012-01-01 | 0");
        expect(
                visits,
                count.between("2011-12-30", "2012-01-02"),
                "2011-12-31 | 2",
                "2012-01-01 | 0");
        expect(visits, count.between("2011-12-29", "2011-12-30"), "2011-12-29 | 1");
        expect(visits, count.between("2011-12-29", "2011-12-31"), "2011-12-29 | 2");
        expect(
                visits,
                ask("count(visit)")
                        .zone("Pacific/Apia")
                        .grain(Grain.YEAR)
                        .between("2011-01-01", "2013-01-01"),
                "2011-01-01 | 3",
                "2012-01-01 | 0");
    }

    @Test
    default void instants_are_cut_to_the_microsecond() {
        var event = eventAt("2026-01-05T10:00:00.123456Z");
        expect(
                event,
                ask(
                        "count(event where happened = @2026-01-05T10:00:00.1234567Z)",
                        "count(event where happened < @2026-01-05T10:00:00.1234569Z)",
                        "count(event where happened in (@2026-01-05T10:00:00.123456999Z))"),
                "1 | 0 | 1");
        expect(event, ask("count(event)").asOf("2026-01-05T10:00:00.123456999Z"), "0");
        expect(event, ask("count(event)").asOf("2026-01-05T10:00:00.123457Z"), "1");
    }

    @Test
    default void range_between_instants_cuts_the_buckets_at_its_edges() {
        var world = events();
        for (String time :
                new String[] {"10:29:59", "10:30:00", "10:59:59", "11:00:00", "12:15:00"}) {
            world.fact("event", "2026-01-05T" + time + "Z", "acme", "ann", "login", 1);
        }
        var count =
                ask("count(event)").betweenInstants("2026-01-05T10:30:00Z", "2026-01-05T12:15:00Z");
        expect(world, count, "3");
        expect(
                world,
                count.grain(Grain.HOUR),
                "2026-01-05T10:00 | 2",
                "2026-01-05T11:00 | 1",
                "2026-01-05T12:00 | 0");
        expect(world, count.grain(Grain.MONTH), "2026-01-01 | 3");
    }

    @Test
    default void range_between_instants_reads_dates_where_days_begin() {
        expect(
                visitsOn("2026-01-04", "2026-01-05", "2026-01-06"),
                ask("count(visit)")
                        .zone("America/New_York")
                        .betweenInstants("2026-01-05T05:00:00Z", "2026-01-06T05:00:00Z"),
                "1");
    }

    // ---- dates as keys

    /** Opened on Monday at 19, Monday at 12, Saturday at 12; solved on Wednesday, never, Monday, all in Los Angeles; 5 January 2026 is a Monday. */
    private WorldBuilder tickets() {
        return events().source(
                        source("ticket")
                                .timestamp("opened")
                                .timestamp("solved")
                                .date("due")
                                .account("customer")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact(
                        "ticket",
                        "2026-01-06T03:00:00Z",
                        "2026-01-07T10:00:00Z",
                        "2026-02-01",
                        "acme")
                .fact("ticket", "2026-01-12T20:00:00Z", null, "2026-02-02", "acme")
                .fact("ticket", "2026-01-31T20:00:00Z", "2026-02-02T20:00:00Z", null, "bolt");
    }

    private Question opened(String... more) {
        return ask(Stream.concat(Stream.of("count(ticket)"), Stream.of(more))
                        .toArray(String[]::new))
                .between("2026-01-01", "2026-03-01")
                .zone("America/Los_Angeles");
    }

    @Test
    default void part_of_the_date_is_of_the_time_of_each_aggregate() {
        var both = opened("count(ticket on solved)");
        expect(tickets(), both.by("weekday"), "1 | 2 | 1", "3 | 0 | 1", "6 | 1 | 0");
        expect(tickets(), both.by("weekday of ticket.opened"), "1 | 2 | 1", "6 | 1 | 1");
        expect(tickets(), both.filter("weekday", Operator.IN, "1"), "2 | 1");
        expect(tickets(), opened().by("hour_of_day"), "12 | 2", "19 | 1");
        expect(tickets(), opened().by("day_of_month"), "5 | 1", "12 | 1", "31 | 1");
        expect(
                tickets(),
                both.by("calendar_year", "quarter_of_year", "month_of_year"),
                "2026 | 1 | 1 | 3 | 1",
                "2026 | 1 | 2 | 0 | 1");
    }

    @Test
    default void date_by_a_grain_is_the_day_on_which_its_bucket_begins() {
        expect(
                tickets(),
                opened().by("ticket.due by week", "day_of_year of ticket.due"),
                "2026-01-26 | 32 | 1",
                "2026-02-02 | 33 | 1",
                "none | none | 1");
        expect(
                tickets(),
                opened().by("ticket.opened by month").totals(),
                "2026-01-01 | 3",
                "total | 3");
        expect(
                tickets(),
                opened().by("ticket.opened by day")
                        .filter("ticket.opened by day", Operator.LT, "2026-01-12"),
                "2026-01-05 | 1");
    }

    @Test
    default void what_is_made_of_times_is_none_where_one_of_them_is() {
        expect(
                tickets(),
                opened(
                        "count(ticket where hours(opened, solved) is none)",
                        "count(ticket where hours(opened, solved) * 2 - 1 is not none)",
                        "count(ticket where day_of_month(due) + weekday(solved) is none)",
                        "count(ticket where -days(due, @2026-03-01) is none)",
                        "count(ticket where 8 / (weekday(due) - 1) is none)"),
                "3 | 1 | 2 | 2 | 1 | 2");
    }

    @Test
    default void parts_of_dates_make_numbers_of_any_size() {
        expect(
                tickets(),
                opened(
                        "sum(ticket : 12 * calendar_year(opened) + month_of_year(opened))",
                        "sum(ticket : calendar_year(opened) * 1000000000000000000)",
                        "sum(ticket : day_of_month(due) * 0.5)",
                        "max(ticket : days(due, @2026-03-01) * weekday(due))"),
                "3 | 72939 | 6078000000000000000000 | 1.5 | 196");
    }

    @Test
    default void zone_may_have_one_offset_for_all_time() {
        var west = opened().zone("Etc/GMT+5");
        expect(
                tickets(),
                west.by("day_of_month", "hour_of_day"),
                "5 | 22 | 1",
                "12 | 15 | 1",
                "31 | 15 | 1");
        expect(
                tickets(),
                west.zone("UTC").by("day_of_month", "hour_of_day"),
                "6 | 3 | 1",
                "12 | 20 | 1",
                "31 | 20 | 1");
        expect(
                eventAt("2026-01-31T03:00:00Z"),
                ask("max(event : happened + 1 month)").zone("Etc/GMT+5"),
                "2026-03-01T03:00:00Z");
    }
}
