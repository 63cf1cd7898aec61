package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grains of calendars of one's own, by hand arithmetic. */
public interface CalendarsContract extends ExecutorContract {
    private static CalendarGrain fiscal(String period) {
        return new CalendarGrain("fiscal", period);
    }

    /** The fiscal year begins on February 1, that of {@code odd} on March 15. */
    private WorldBuilder billed() {
        return events().calendar("fiscal", "02-01")
                .calendar("odd", "03-15")
                .source(
                        source("invoice")
                                .date("issued")
                                .account("customer")
                                .decimal("amount")
                                .coverage("2024-01-01", "2026-07-01"))
                .member(account("acme").since("2024-01-01").with("signed_on", "2025-01-31"))
                .member(account("bolt").since("2024-01-01").with("signed_on", "2025-02-01"))
                .fact("invoice", "2025-01-31", "acme", 1)
                .fact("invoice", "2025-02-01", "acme", 2)
                .fact("invoice", "2025-04-30", "acme", 4)
                .fact("invoice", "2025-05-01", "bolt", 8)
                .fact("invoice", "2026-01-31", "bolt", 16)
                .fact("invoice", "2026-02-01", "bolt", 32);
    }

    private static Question amounts(String from, String to) {
        return asked("sum(invoice.amount)", from, to);
    }

    private static Question asked(String formula, String from, String to) {
        return ask(formula).between(from, to).asOf("2026-06-30T00:00:00Z");
    }

    @Test
    default void time_is_cut_by_the_periods_of_a_calendar() {
        // The range cuts the first and the last.
        expect(
                billed(),
                amounts("2025-01-01", "2026-03-01").grain(fiscal("quarter")),
                "2024-11-01 | 1",
                "2025-02-01 | 6",
                "2025-05-01 | 8",
                "2025-08-01 | 0",
                "2025-11-01 | 16",
                "2026-02-01 | 32");
        expect(
                billed(),
                amounts("2025-01-01", "2026-03-01").grain(fiscal("quarter")).sparse().totals(),
                "2024-11-01 | 1",
                "2025-02-01 | 6",
                "2025-05-01 | 8",
                "2025-11-01 | 16",
                "2026-02-01 | 32",
                "all | 63");
        expect(
                billed(),
                amounts("2025-03-15", "2026-03-15").grain(new CalendarGrain("odd", "year")),
                "2025-03-15 | 60");
    }

    @Test
    default void a_period_has_the_name_of_the_year_that_it_ends_in() {
        var quarters = amounts("2024-11-01", "2025-08-01").grain(fiscal("quarter"));
        var months = amounts("2025-01-01", "2025-03-01").grain(fiscal("month"));
        var years = amounts("2024-02-01", "2026-02-01").grain(fiscal("year"));
        assertThat(names(quarters)).containsExactly("FY2025 Q4", "FY2026 Q1", "FY2026 Q2");
        assertThat(names(months)).containsExactly("FY2025 M12", "FY2026 M01");
        assertThat(names(years)).containsExactly("FY2025", "FY2026");
    }

    private List<String> names(Question question) {
        return result(billed(), question).rows().stream()
                .map(row -> ((Cell.Time) row.cells().getFirst()).name())
                .toList();
    }

    @Test
    default void an_instant_is_in_the_period_of_its_local_date() {
        var world = billed().fact("event", "2026-01-31T23:30:00Z", "acme", "ann", "a", 1);
        var quarters =
                ask("count(event)").between("2026-01-01", "2026-03-01").grain(fiscal("quarter"));
        expect(world, quarters, "2025-11-01 | 1", "2026-02-01 | 0");
        expect(world, quarters.zone("Europe/Berlin"), "2025-11-01 | 0", "2026-02-01 | 1");
        expect(
                world,
                quarters.grain(null).zone("Europe/Berlin").by("event.happened by fiscal.quarter"),
                "2026-02-01 | 1");
    }

    @Test
    default void keys_and_formulas_have_the_first_day_of_the_period() {
        var all = amounts("2025-01-01", "2026-03-01");
        expect(
                billed(),
                all.by("invoice.issued by fiscal.quarter"),
                "2024-11-01 | 1",
                "2025-02-01 | 6",
                "2025-05-01 | 8",
                "2025-11-01 | 16",
                "2026-02-01 | 32");
        expect(
                billed(),
                all.by("account.signed_on by fiscal.year"),
                "2024-02-01 | 7",
                "2025-02-01 | 56");
        expect(
                billed(),
                all.by("(trunc(invoice.issued, odd.month)) as period"),
                "2025-01-15 | 3",
                "2025-04-15 | 12",
                "2026-01-15 | 48");
        expect(
                billed(),
                all.by("invoice.issued by odd.quarter"),
                "2024-12-15 | 3",
                "2025-03-15 | 12",
                "2025-12-15 | 48");
        expect(billed(), all.by("invoice.issued by odd.year"), "2024-03-15 | 3", "2025-03-15 | 60");
        expect(
                billed(),
                asked(
                        "sum(invoice where trunc(issued, fiscal.year) = @2025-02-01 : amount)",
                        "2025-01-01",
                        "2026-03-01"),
                "30");
    }

    @Test
    default void windows_and_shifts_go_by_the_calendar() {
        expect(
                billed(),
                asked("sum(invoice.amount) over fiscal.year to date", "2025-12-01", "2026-03-01")
                        .grain(Grain.MONTH),
                "2025-12-01 | 14",
                "2026-01-01 | 30",
                "2026-02-01 | 32");
        expect(
                billed(),
                asked(
                                "prior(sum(invoice.amount), start of fiscal.year)",
                                "2026-01-01",
                                "2026-03-01")
                        .grain(Grain.MONTH),
                "2026-01-01 | 2",
                "2026-02-01 | 32");
        expect(
                billed(),
                asked("sum(invoice.amount) over last 2 fiscal.quarter", "2025-02-01", "2025-08-01")
                        .grain(fiscal("quarter")),
                "2025-02-01 | 7",
                "2025-05-01 | 14");
        expect(
                billed(),
                asked("prior(sum(invoice.amount))", "2025-02-01", "2025-08-01")
                        .grain(fiscal("quarter")),
                "2025-02-01 | 1",
                "2025-05-01 | 6");
        expect(
                billed(),
                asked("prior(sum(invoice.amount), 1 fiscal.year)", "2026-02-01", "2026-05-01")
                        .grain(fiscal("quarter")),
                "2026-02-01 | 6");
    }

    @Test
    default void each_period_of_a_window_is_a_unit_of_time() {
        expect(
                billed(),
                asked("avg(fiscal.quarter : sum(invoice.amount))", "2025-02-01", "2026-02-01")
                        .grain(fiscal("year")),
                "2025-02-01 | 7.5");
        expect(
                billed(),
                asked(
                        "max(fiscal.month : sum(invoice.amount)) over last 1 fiscal.year",
                        "2026-01-01",
                        "2026-02-01"),
                "16");
    }

    @Test
    default void a_range_is_so_many_periods_and_is_compared_with_earlier_ones() {
        expect(
                billed(),
                ask("sum(invoice.amount)")
                        .last(2, fiscal("quarter"))
                        .asOf("2026-03-10T00:00:00Z")
                        .grain(fiscal("quarter")),
                "2025-08-01 | 0",
                "2025-11-01 | 16");
        var year = amounts("2025-02-01", "2026-02-01").grain(fiscal("year"));
        expect(billed(), year.comparedTo(new Comparison.Previous()), "2025-02-01 | 30 | 1");
        expect(
                billed(),
                year.comparedTo(new Comparison.Earlier(1, fiscal("year"))),
                "2025-02-01 | 30 | 1");
    }

    @Test
    default void an_age_is_counted_in_periods_of_a_calendar() {
        expect(
                billed(),
                amounts("2025-01-01", "2026-03-01")
                        .by("account", "age fiscal.quarter from account.signed_on"),
                "acme | 0 | 1",
                "acme | 1 | 6",
                "bolt | 1 | 8",
                "bolt | 3 | 16",
                "bolt | 4 | 32");
    }

    // ---- weeks

    /** A Saturday, a Sunday, a Monday and the Sunday after. */
    private WorldBuilder aroundSundays() {
        return events().fact("event", "2026-01-10T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-11T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-01-12T10:00:00Z", "acme", "ann", "a", 4)
                .fact("event", "2026-01-18T10:00:00Z", "acme", "ann", "a", 8)
                .member(account("acme").with("signed_on", "2026-01-10"));
    }

    private static Question amounts(String from, String to, DayOfWeek weekStarts) {
        return ask("sum(event.amount)").between(from, to).weekStarts(weekStarts);
    }

    @Test
    default void weeks_begin_on_the_day_that_the_question_says() {
        var sundays = amounts("2026-01-04", "2026-01-25", DayOfWeek.SUNDAY);
        expect(
                aroundSundays(),
                sundays.grain(Grain.WEEK),
                "2026-01-04 | 1",
                "2026-01-11 | 6",
                "2026-01-18 | 8");
        expect(
                aroundSundays(),
                sundays.weekStarts(DayOfWeek.SATURDAY).grain(Grain.WEEK),
                "2026-01-03 | 0",
                "2026-01-10 | 7",
                "2026-01-17 | 8",
                "2026-01-24 | 0");
    }

    @Test
    default void weeks_of_keys_windows_and_ages_begin_on_that_day() {
        var sundays = amounts("2026-01-04", "2026-01-25", DayOfWeek.SUNDAY);
        expect(
                aroundSundays(),
                sundays.by("event.happened by week"),
                "2026-01-04 | 1",
                "2026-01-11 | 6",
                "2026-01-18 | 8");
        // January 10 is of the week before.
        expect(
                aroundSundays(),
                sundays.by("age week from account.signed_on"),
                "0 | 1",
                "1 | 6",
                "2 | 8");
        expect(
                aroundSundays(),
                ask(
                                "sum(event.amount) over week to date",
                                "count(event where trunc(happened, week) = @2026-01-11) over last 30 days",
                                "prior(sum(event.amount), start of week)")
                        .between("2026-01-12", "2026-01-18")
                        .weekStarts(DayOfWeek.SUNDAY),
                "6 | 2 | 6");
    }

    @Test
    default void weeks_in_metrics_and_rules_begin_on_that_day() {
        // In the week from Sunday the 11th acme has two events until the 15th, in that from Monday
        // the 12th one.
        var world =
                aroundSundays()
                        .metric("of_week", Level.CELL, null, "sum(event.amount) over week to date")
                        .metric("of_account", Level.ACCOUNT, null, "count(event) over week to date")
                        .metric("most", Level.CELL, null, "max(week : sum(event.amount))")
                        .cohortBy("busy", "count(event) over week to date >= 2");
        var busy =
                ask("of_week", "sum(account : of_account)", "count(account where account in busy)")
                        .between("2026-01-12", "2026-01-15")
                        .asOf("2026-01-15T00:00:00Z");
        expect(world, busy.weekStarts(DayOfWeek.SUNDAY), "6 | 2 | 1");
        expect(world, busy.weekStarts(DayOfWeek.MONDAY), "4 | 1 | 0");
        expect(
                world,
                ask("most").between("2026-01-04", "2026-01-25").weekStarts(DayOfWeek.SUNDAY),
                "8");
        expect(
                world,
                ask("most").between("2026-01-05", "2026-01-26").weekStarts(DayOfWeek.MONDAY),
                "12");
    }

    @Test
    default void days_of_the_week_keep_their_numbers() {
        expect(
                aroundSundays(),
                amounts("2026-01-04", "2026-01-25", DayOfWeek.SUNDAY).by("weekday"),
                "1 | 4",
                "6 | 1",
                "7 | 10");
    }

    // ---- a calendar of rows

    /** Weeks of 2026 from January 5, a Monday: periods of 4, 4 and 5, two quarters of three. */
    private static WorldBuilder retail(WorldBuilder world) {
        var calendar =
                world.source(
                                source("retail_day")
                                        .date("ds")
                                        .integer("yr")
                                        .integer("qtr")
                                        .integer("per")
                                        .key("ds"))
                        .calendarOfRows(
                                "retail",
                                "retail_day",
                                "ds",
                                "period: yr, per",
                                "quarter: yr, qtr");
        var day = LocalDate.of(2026, 1, 5);
        int period = 0;
        for (int weeks : List.of(4, 4, 5, 4, 4, 5)) {
            period++;
            for (int count = 0; count < weeks * 7; count++) {
                calendar.fact("retail_day", day.toString(), 2026, (period + 2) / 3, period);
                day = day.plusDays(1);
            }
        }
        return calendar;
    }

    private WorldBuilder sold() {
        return retail(events())
                .member(account("acme").with("signed_on", "2026-01-10"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-02-01T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-02-02T10:00:00Z", "acme", "ann", "a", 4)
                .fact("event", "2026-03-01T10:00:00Z", "acme", "ann", "a", 8)
                .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "a", 16)
                .fact("event", "2026-04-05T10:00:00Z", "acme", "ann", "a", 32)
                .fact("event", "2026-04-06T10:00:00Z", "acme", "ann", "a", 64)
                .fact("event", "2026-01-02T10:00:00Z", "acme", "ann", "a", 128);
    }

    private static Question sales(String from, String to, String... formulas) {
        return ask(formulas).between(from, to);
    }

    private static CalendarGrain retail(String period) {
        return new CalendarGrain("retail", period);
    }

    @Test
    default void time_is_cut_by_the_periods_that_rows_say() {
        expect(
                sold(),
                sales("2026-01-05", "2026-04-10", "sum(event.amount)")
                        .grain(retail("period"))
                        .totals(),
                "2026-01-05 | 3",
                "2026-02-02 | 12",
                "2026-03-02 | 48",
                "2026-04-06 | 64",
                "all | 127");
        assertThat(
                        result(
                                        sold(),
                                        sales("2026-01-05", "2026-07-06", "sum(event.amount)")
                                                .grain(retail("quarter")))
                                .rows()
                                .stream()
                                .map(row -> ((Cell.Time) row.cells().getFirst()).name()))
                .containsExactly("2026 1", "2026 2");
    }

    /** From January 5 until April 6 there are three, with amounts of 3, 12 and 48. */
    @Test
    default void periods_of_a_calendar_are_counted_as_units_of_time() {
        expect(
                sold(),
                sales(
                        "2026-01-05",
                        "2026-04-06",
                        "count(retail.period)",
                        "count(retail.period where exists(event))",
                        "count(retail.period where sum(event.amount) > 20)",
                        "sum(retail.period where sum(event.amount) > 10 : count(event))"),
                "3 | 3 | 1 | 4");
        expect(
                sold(),
                sales(
                        "2026-01-05",
                        "2026-04-06",
                        "count(account where exists(retail.period where sum(event.amount) > 40))",
                        "count(account where exists(retail.period where sum(event.amount) > 50))"),
                "1 | 0");
    }

    @Test
    default void keys_and_ages_are_by_periods_of_rows_and_none_outside_of_its_days() {
        expect(
                sold(),
                sales("2026-01-01", "2026-05-01", "sum(event.amount)")
                        .by("event.happened by retail.quarter"),
                "2026-01-05 | 63",
                "2026-04-06 | 64",
                "none | 128");
        expect(
                sold(),
                sales("2026-01-01", "2026-05-01", "sum(event.amount)")
                        .by("age retail.period from account.signed_on"),
                "0 | 3",
                "1 | 12",
                "2 | 48",
                "3 | 64",
                "none | 128");
        expect(
                sold(),
                sales("2026-01-05", "2026-05-04", "count(account where exists(event))")
                        .by("age retail.period from account.signed_on"),
                "0 | 1",
                "1 | 1",
                "2 | 1",
                "3 | NOT_YET");
    }

    @Test
    default void windows_shifts_and_units_are_of_periods_of_rows() {
        expect(
                sold(),
                sales(
                                "2026-02-02",
                                "2026-04-06",
                                "sum(event.amount) over last 2 retail.period",
                                "sum(event.amount) over retail.quarter to date",
                                "prior(sum(event.amount))",
                                "prior(sum(event.amount), 1 retail.period)",
                                "prior(sum(event.amount), start of retail.quarter)",
                                "max(retail.period : sum(event.amount)) over retail.quarter to date",
                                "sum(event where trunc(happened, retail.quarter) = @2026-01-05 : amount)")
                        .grain(retail("period")),
                "2026-02-02 | 15 | 15 | 3 | 3 | 3 | 12 | 12",
                "2026-03-02 | 60 | 63 | 12 | 12 | 3 | 48 | 48");
    }

    @Test
    default void time_is_compared_by_periods_of_rows() {
        expect(
                sold(),
                sales("2026-04-06", "2026-05-04", "sum(event.amount)")
                        .grain(retail("period"))
                        .comparedTo(new Comparison.Earlier(1, retail("quarter"))),
                "2026-04-06 | 64 | 3");
    }

    @Test
    default void dates_and_instants_move_by_periods_of_rows_to_the_same_day_or_the_last() {
        // February 1 is the last day of a period of 28 days, April 5 that of one of 35; July 6
        // comes after the last period.
        expect(
                sold(),
                sales(
                        "2026-01-01",
                        "2026-05-01",
                        "sum(event where date(happened) + 1 retail.period = @2026-03-01 : amount)",
                        "sum(event where date(happened) + 1 retail.period = @2026-05-03 : amount)",
                        "sum(event where happened - 1 retail.period < @2026-02-03 : amount)",
                        "sum(event where date(happened) + 3 retail.period = @2026-07-06 : amount)",
                        "count(event where date(happened) + 4 retail.period is none)",
                        "sum(event where date(happened) + 1 retail.quarter = @2026-04-06 : amount)"),
                "2 | 32 | 28 | 64 | 3 | 1");
        expect(
                sold().member(
                                account("bolt")
                                        .with("signed_on", "2026-01-10")
                                        .with("seats", 2)
                                        .since("2026-01-01")),
                sales(
                        "2026-01-05",
                        "2026-02-02",
                        "sum(account where signed_on + seats retail.period = @2026-03-07 : seats)"),
                "2");
    }

    @Test
    default void windows_of_members_are_of_periods_of_rows_and_none_beyond_its_days() {
        // Of January 10 to February 6. Bolt's window ends after all that is known. The calendar has
        // no two periods before January 10, nor the day on which cape signed, and of dune nothing
        // is known: nothing is read in a window that has no edge.
        var world =
                sold().member(account("bolt").with("signed_on", "2026-06-10").since("2025-01-01"))
                        .member(account("cape").with("signed_on", "2026-01-02").since("2025-01-01"))
                        .member(account("dune").since("2025-01-01"));
        expect(
                world,
                sales(
                        "2026-01-05",
                        "2026-05-01",
                        "sum(account : sum(event.amount) over 1 retail.period from signed_on)",
                        "count(account where not exists(event) over 2 retail.period before signed_on)",
                        "count(account where not exists(event) over 30 days from signed_on)"),
                "6 | 3 | 2");
    }

    /** Until 31 July is until 30 June: days of the month are moved, the last standing for those that it has not. */
    @Test
    default void period_that_the_range_cuts_meets_the_same_days_of_the_first_of_its_quarter() {
        expect(
                events().calendar("odd", "03-15")
                        .source(
                                source("invoice")
                                        .date("issued")
                                        .account("customer")
                                        .decimal("amount")
                                        .coverage("2024-01-01", "2026-07-01"))
                        .fact("invoice", "2025-06-14", "acme", 1)
                        .fact("invoice", "2025-06-15", "acme", 2)
                        .fact("invoice", "2025-06-30", "acme", 4)
                        .fact("invoice", "2025-07-01", "acme", 8),
                asked(
                                "prior(sum(invoice.amount), start of odd.quarter)",
                                "2025-07-15",
                                "2025-08-01")
                        .grain(new CalendarGrain("odd", "month")),
                "2025-07-15 | 6");
    }
}
