package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
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
}
