package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that hold for a time: those that are valid at an edge of what is read, and those that are valid at some time of it. */
public interface ValidityContract extends ExecutorContract {
    // ---- sides

    @Test
    default void what_starts_with_a_bucket_is_not_in_its_opening_stock_and_what_ends_with_it_is() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                        Subscriptions.START,
                        Subscriptions.END,
                        "count(subscription at start)",
                        "count(subscription at end)"),
                "2026-01-01 | 180 | 190 | 2 | 3",
                "2026-02-01 | 190 | 250 | 3 | 4",
                "2026-03-01 | 250 | 290 | 4 | 4");
    }

    @Test
    default void validity_by_dates_is_compared_by_local_dates_in_every_zone() {
        for (var zone : Subscriptions.ZONES) {
            expect(
                    Subscriptions.subscriptions(events()),
                    Subscriptions.months(
                                    Subscriptions.START,
                                    Subscriptions.END,
                                    "count(subscription during)")
                            .zone(zone),
                    "2026-01-01 | 180 | 190 | 4",
                    "2026-02-01 | 190 | 250 | 5",
                    "2026-03-01 | 250 | 290 | 4");
        }
    }

    /** Around the first instant of February: 1 is valid across it, 10 from it on, 100 until it, 1000 until just before; 10000 begins and ends with it. */
    private WorldBuilder seats() {
        return events().source(
                        source("seat")
                                .timestamp("begun")
                                .timestamp("ended")
                                .account("customer")
                                .integer("n")
                                .validity("begun", "ended")
                                .coverage("2026-01-01", "2026-07-01"))
                .fact(
                        "seat",
                        "2026-01-31T23:59:59.999999Z",
                        "2026-02-01T00:00:00.000001Z",
                        "acme",
                        1)
                .fact("seat", "2026-02-01T00:00:00Z", null, "acme", 10)
                .fact("seat", "2026-01-05T00:00:00Z", "2026-02-01T00:00:00Z", "bolt", 100)
                .fact("seat", "2026-01-05T00:00:00Z", "2026-01-31T23:59:59.999999Z", "bolt", 1000)
                .fact("seat", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", "bolt", 10000);
    }

    @Test
    default void sides_of_an_instant_are_exact() {
        expect(
                seats(),
                ask("sum(seat at start : n)", "sum(seat during : n)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 0 | 1101",
                "2026-02-01 | 101 | 11");
        expect(
                seats(),
                ask("sum(seat at start : n)", "sum(seat during : n)")
                        .between("2026-02-01", "2026-03-01"),
                "101 | 11");
        // February begins in Berlin at 23:00 UTC.
        expect(
                seats(),
                ask("sum(seat at start : n)", "sum(seat at end : n)")
                        .zone("Europe/Berlin")
                        .between("2026-02-01", "2026-03-01"),
                "1100 | 10");
    }

    @Test
    default void stocks_are_asked_by_the_hour_where_instants_say_when_rows_hold() {
        expect(
                seats(),
                ask("sum(seat at end : n)", "sum(seat during : n)")
                        .grain(Grain.HOUR)
                        .betweenInstants("2026-01-31T22:00:00Z", "2026-02-01T01:00:00Z"),
                "2026-01-31T22:00 | 1100 | 1100",
                "2026-01-31T23:00 | 101 | 1101",
                "2026-02-01T00:00 | 10 | 11");
    }

    @Test
    default void row_that_ends_when_it_begins_is_never_valid() {
        var world =
                Subscriptions.subscriptions(events())
                        .fact("subscription", "2026-01-15", "2026-01-15", "acme", 7)
                        .fact("subscription", "2026-01-01", "2026-01-01", "acme", 7);
        expect(
                world,
                Subscriptions.months(
                        "count(subscription during)", "sum(subscription at @2026-01-15 : mrr)"),
                // acme 100, bolt 80, calm 50, dyno 40.
                "2026-01-01 | 4 | 270",
                "2026-02-01 | 5 | 270",
                "2026-03-01 | 4 | 270");
        expect(
                world,
                ask("sum(subscription during : mrr)", "count(subscription at start)")
                        .between("2026-01-01", "2026-01-02"),
                "230 | 2");
    }

    @Test
    default void source_with_a_time_too_is_read_by_it_unless_said() {
        var world =
                events().source(
                                source("contract")
                                        .date("signed_on")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .time("signed_on")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("contract", "2025-12-10", "2026-01-01", "2026-03-01", "acme")
                        .fact("contract", "2026-01-20", "2026-02-10", null, "bolt");
        expect(
                world,
                Subscriptions.months(
                        "count(contract)",
                        "count(contract at end)",
                        "count(contract on starts_on)"),
                "2026-01-01 | 1 | 1 | 1",
                "2026-02-01 | 0 | 2 | 1",
                "2026-03-01 | 0 | 1 | 0");
    }

    // ---- as of

    @Test
    default void at_the_end_of_a_bucket_that_is_not_over_is_as_of() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                                Subscriptions.START,
                                Subscriptions.END,
                                "count(subscription during)")
                        .asOf("2026-02-15T12:00:00Z"),
                "2026-01-01 | 180 | 190 | 4",
                // acme, calm, dyno.
                "2026-02-01 | 190 | 240 | 3",
                "2026-03-01 | NOT_YET | NOT_YET | NOT_YET");
        // A row that begins on the day of as-of is known, one that ends on it is not valid any
        // more.
        expect(
                Subscriptions.subscriptions(events()),
                ask(Subscriptions.END)
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-02-20T12:00:00Z"),
                "230");
        expect(seats(), ask("sum(seat at end : n)").asOf("2026-01-31T23:59:59.999999Z"), "1100");
    }

    @Test
    default void bucket_that_is_not_over_is_not_complete() {
        assertThat(
                        incomplete(
                                Subscriptions.subscriptions(events()),
                                Subscriptions.months(
                                                Subscriptions.START,
                                                Subscriptions.END,
                                                "sum(subscription at @2026-02-01 : mrr)")
                                        .between("2026-02-01", "2026-03-01")
                                        .asOf("2026-02-15T12:00:00Z")))
                .containsOnly(Set.of(Incomplete.BUCKET_NOT_OVER));
        assertThat(
                        incomplete(
                                Subscriptions.subscriptions(events()),
                                Subscriptions.months(Subscriptions.START, Subscriptions.END)
                                        .between("2026-01-10", "2026-02-01")))
                .containsOnly(Set.of(Incomplete.CUT_BY_RANGE));
    }

    @Test
    default void end_of_a_bucket_that_is_not_over_is_before_the_coverage_where_as_of_is() {
        // The coverage begins within the bucket, after as-of.
        var world =
                events().source(
                                source("seat")
                                        .date("begun")
                                        .date("ended")
                                        .integer("n")
                                        .validity("begun", "ended")
                                        .coverage("2026-01-20", "2026-07-01"))
                        .fact("seat", "2026-01-05", null, 1);
        var question = ask("sum(seat at end : n)").between("2026-01-01", "2026-02-01");
        var earlier = question.asOf("2026-01-15T12:00:00Z");
        expect(world, earlier, "BEFORE_DATA");
        assertThat(incomplete(world, earlier))
                .containsExactly(Set.of(Incomplete.BUCKET_NOT_OVER, Incomplete.BEFORE_COVERAGE));
        var later = question.asOf("2026-01-25T12:00:00Z");
        expect(world, later, "1");
        assertThat(incomplete(world, later)).containsExactly(Set.of(Incomplete.BUCKET_NOT_OVER));
    }

    // ---- windows and shifts

    @Test
    default void edges_are_those_of_the_window() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                        Subscriptions.START + " over last 2 months",
                        Subscriptions.END + " over last 2 months",
                        Subscriptions.END + " over all before",
                        Subscriptions.START + " over range",
                        Subscriptions.END + " over range",
                        Subscriptions.END + " over ever",
                        Subscriptions.START + " over quarter to date"),
                "2026-01-01 | 0 | 190 | 180 | 180 | 290 | 290 | 180",
                "2026-02-01 | 180 | 250 | 190 | 180 | 290 | 290 | 180",
                "2026-03-01 | 190 | 290 | 250 | 180 | 290 | 290 | 180");
    }

    @Test
    default void during_a_window_is_at_some_time_of_it() {
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                        "count(subscription during) over last 2 months",
                        "distinct(subscription during : account) over all before",
                        "distinct(subscription during : account) over all"),
                // December and January: acme, bolt, calm, dyno.
                "2026-01-01 | 4 | 2 | 4",
                // January and February: but for the row of March.
                "2026-02-01 | 7 | 4 | 5",
                "2026-03-01 | 6 | 5 | 5");
    }

    @Test
    default void during_all_begins_with_the_coverage() {
        // bolt left on the day before; acme's first row ends with the first day.
        expect(
                Subscriptions.subscriptions(events(), "2026-02-01", "2026-07-01"),
                Subscriptions.months(
                                "count(subscription during) over all before",
                                "count(subscription during) over all")
                        .between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 0 | 5",
                "2026-03-01 | 5 | 6");
    }

    @Test
    default void window_over_a_ratio_is_over_its_parts_and_its_members() {
        expect(
                Subscriptions.revenue(events()),
                ask("nrr over last 2 months")
                        .grain(Grain.MONTH)
                        .between("2026-03-01", "2026-04-01"),
                // 150 + 50 + 30 of 190.
                "2026-03-01 | 1.21052631579");
    }

    @Test
    default void shifts_move_the_edges() {
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.months(
                        "prior(mrr_end)",
                        "prior(mrr_start)",
                        "next(mrr_start)",
                        "next(mrr_end)",
                        "prior(nrr)"),
                "2026-01-01 | 180 | 0 | 190 | 250 | ZERO_BASE",
                "2026-02-01 | 190 | 180 | 250 | 290 | 0.555555555556",
                "2026-03-01 | 250 | 190 | 290 | 290 | 1.21052631579");
        expect(
                Subscriptions.revenue(events()),
                Subscriptions.months("next(mrr_start)", "next(mrr_end)")
                        .asOf("2026-02-15T12:00:00Z"),
                "2026-01-01 | 190 | NOT_YET",
                "2026-02-01 | NOT_YET | NOT_YET",
                "2026-03-01 | NOT_YET | NOT_YET");
    }

    @Test
    default void instant_of_its_own_is_the_same_in_every_bucket() {
        var question =
                Subscriptions.months(
                        "sum(subscription at @2026-02-01 : mrr)",
                        "sum(subscription at @2026-02-02 : mrr) over last 2 months",
                        "prior(sum(subscription at @2026-02-02 : mrr))",
                        "sum(account : sum(subscription at @2026-02-02 : mrr))");
        for (var zone : Subscriptions.ZONES) {
            expect(
                    Subscriptions.subscriptions(events()),
                    question.between("2026-02-01", "2026-04-01").zone(zone).totals(),
                    "2026-02-01 | 190 | 240 | 240 | 240",
                    "2026-03-01 | 190 | 240 | 240 | 240",
                    "all | 190 | 240 | 240 | 240");
        }
        expect(
                Subscriptions.subscriptions(events()),
                Subscriptions.months(
                                "sum(subscription at @2025-11-30 : mrr)",
                                "sum(subscription at @2025-12-01 : mrr)",
                                "sum(subscription at @2026-02-15 : mrr)",
                                "sum(subscription at @2026-02-16 : mrr)",
                                "sum(subscription at @2026-02-17 : mrr)")
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-02-15T12:00:00Z"),
                "2026-02-01 | BEFORE_DATA | 0 | 240 | 240 | NOT_YET");
        expect(
                seats(),
                ask(
                                "sum(seat at @2026-02-01 : n)",
                                "sum(seat at @2026-01-31T23:59:59.999999Z : n)",
                                "sum(seat at @2026-02-01T00:00:00.000001Z : n)")
                        .between("2026-01-01", "2026-03-01"),
                "101 | 1100 | 11");
        expect(
                seats(),
                ask("sum(seat at @2026-02-01 : n)")
                        .zone("Europe/Berlin")
                        .between("2026-01-01", "2026-03-01"),
                "1100");
    }

    // ---- coverage

    @Test
    default void edge_before_the_coverage_is_before_data_and_bucket_after_it_not_yet() {
        var world = Subscriptions.subscriptions(events(), "2026-02-01", "2026-03-15");
        expect(
                world,
                ask(
                                Subscriptions.START,
                                Subscriptions.END,
                                "count(subscription during)",
                                "sum(account : sum(subscription at start : mrr))")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-06-01"),
                // What was valid where the coverage begins is known, also what began before.
                "2026-01-01 | BEFORE_DATA | 190 | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 190 | 250 | 5 | 190",
                "2026-03-01 | 250 | 290 | 4 | 250",
                "2026-04-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET",
                "2026-05-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void edge_inside_the_coverage_is_complete_where_its_bucket_has_ended() {
        var world = Subscriptions.subscriptions(events(), "2026-01-15", "2026-03-15");
        assertThat(
                        incomplete(
                                world,
                                Subscriptions.months(
                                                Subscriptions.START,
                                                Subscriptions.END,
                                                "count(subscription during)")
                                        .between("2026-01-01", "2026-02-01")))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE));
        assertThat(
                        incomplete(
                                world,
                                Subscriptions.months(Subscriptions.START, Subscriptions.END)
                                        .between("2026-02-01", "2026-03-01")))
                .containsExactly(Set.of(), Set.of());
        assertThat(
                        incomplete(
                                world,
                                Subscriptions.months(Subscriptions.START, Subscriptions.END)
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly(
                        Set.of(Incomplete.BEYOND_COVERAGE), Set.of(Incomplete.BEYOND_COVERAGE));
    }
}
