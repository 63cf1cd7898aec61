package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows: {@code over} reads another stretch of time than the bucket. */
public interface WindowsContract extends ExecutorContract {
    private WorldBuilder logins(String... days) {
        var world = events();
        for (String day : days) {
            var parts = day.split(" ", 2);
            world.fact(
                    "event",
                    parts[0] + "T12:00:00Z",
                    parts.length > 1 ? parts[1] : "acme",
                    "ann",
                    "login",
                    1);
        }
        return world;
    }

    /** On January 1, 2, 2, 4 and 9. */
    private WorldBuilder january() {
        return logins(
                "2026-01-01", "2026-01-02", "2026-01-02 bolt", "2026-01-04", "2026-01-09 bolt");
    }

    private static Question days(String from, String to, String... formulas) {
        return ask(formulas).grain(Grain.DAY).between(from, to);
    }

    @Test
    default void fact_is_in_every_bucket_whose_window_it_is_in() {
        // The first windows begin before the range and before the coverage.
        expect(
                january(),
                days("2026-01-01", "2026-01-06", "count(event) over last 3 days", "count(event)"),
                "2026-01-01 | 1 | 1",
                "2026-01-02 | 3 | 2",
                "2026-01-03 | 3 | 0",
                "2026-01-04 | 3 | 1",
                "2026-01-05 | 1 | 0");
    }

    @Test
    default void window_reads_facts_before_the_range() {
        expect(
                january(),
                days("2026-01-05", "2026-01-06", "count(event) over last 4 days"),
                "2026-01-05 | 3");
    }

    @Test
    default void distinct_values_of_a_window_are_counted_once() {
        expect(
                january(),
                days(
                        "2026-01-02",
                        "2026-01-06",
                        "distinct(event : account) over last 3 days",
                        "min(event : amount) over last 3 days",
                        "median(event : amount) over last 3 days",
                        "sum(event : amount) over last 3 days",
                        "exists(event where customer = 'bolt') over last 3 days"),
                "2026-01-02 | 2 | 1 | 1 | 3 | true",
                "2026-01-03 | 2 | 1 | 1 | 3 | true",
                "2026-01-04 | 2 | 1 | 1 | 3 | true",
                "2026-01-05 | 1 | 1 | 1 | 1 | false");
    }

    @Test
    default void inner_window_wins_beneath_itself() {
        expect(
                january(),
                days(
                        "2026-01-04",
                        "2026-01-05",
                        "(count(event) + count(event) over last 1 day) over last 3 days",
                        "((count(event) over last 1 day)) over last 3 days"),
                "2026-01-04 | 4 | 1");
    }

    @Test
    default void parts_of_a_ratio_may_have_windows_of_their_own() {
        expect(
                january(),
                days("2026-01-02", "2026-01-05", "count(event) / (count(event) over last 3 days)"),
                "2026-01-02 | 0.666666666667",
                "2026-01-03 | 0",
                "2026-01-04 | 0.333333333333");
    }

    @Test
    default void window_is_over_the_metrics_and_names_beneath_it() {
        expect(
                january(),
                days(
                        "2026-01-04",
                        "2026-01-05",
                        "let n = count(event), m = n + 1 in m + (m over last 3 days)"),
                "2026-01-04 | 6");
    }

    @Test
    default void groups_are_those_of_the_windows() {
        expect(
                january(),
                days("2026-01-05", "2026-01-07", "count(event) over last 4 days").by("account"),
                "2026-01-05 | acme | 2",
                "2026-01-05 | bolt | 1",
                "2026-01-06 | acme | 1",
                "2026-01-06 | bolt | 0");
        expect(
                january(),
                days("2026-01-05", "2026-01-07", "count(event) over last 4 days")
                        .by("account")
                        .sparse(),
                "2026-01-05 | acme | 2",
                "2026-01-05 | bolt | 1",
                "2026-01-06 | acme | 1");
    }

    @Test
    default void total_is_the_formula_on_the_whole_range() {
        expect(
                january(),
                days(
                                "2026-01-02",
                                "2026-01-05",
                                "count(event) over last 3 days",
                                "distinct(event : account) over last 2 days",
                                "count(event)")
                        .by("account")
                        .totals(),
                "2026-01-02 | acme | 2 | 1 | 1",
                "2026-01-02 | bolt | 1 | 1 | 1",
                "2026-01-03 | acme | 2 | 1 | 0",
                "2026-01-03 | bolt | 1 | 1 | 0",
                "2026-01-04 | acme | 2 | 1 | 1",
                "2026-01-04 | bolt | 1 | 0 | 0",
                "2026-01-02 | total | 3 | 2 | 2",
                "2026-01-03 | total | 3 | 2 | 0",
                "2026-01-04 | total | 3 | 1 | 1",
                "all | acme | 2 | 1 | 2",
                "all | bolt | 1 | 0 | 1",
                "all | total | 3 | 1 | 3");
    }

    @Test
    default void month_to_date_begins_with_the_month() {
        expect(
                logins("2026-01-30", "2026-01-31", "2026-02-01", "2026-02-03"),
                days("2026-01-31", "2026-02-04", "count(event) over month to date"),
                "2026-01-31 | 2",
                "2026-02-01 | 1",
                "2026-02-02 | 1",
                "2026-02-03 | 2");
    }

    @Test
    default void range_is_the_whole_range_in_each_bucket_and_to_date_up_to_its_end() {
        expect(
                january(),
                days(
                        "2026-01-02",
                        "2026-01-05",
                        "count(event) over range",
                        "count(event) over range to date"),
                "2026-01-02 | 3 | 2",
                "2026-01-03 | 3 | 2",
                "2026-01-04 | 3 | 3");
    }

    @Test
    default void all_begins_with_the_coverage_and_all_before_ends_with_the_start_of_the_bucket() {
        // The fact of December is before the coverage.
        expect(
                january().fact("event", "2025-12-31T12:00:00Z", "acme", "ann", "login", 1),
                days(
                        "2026-01-01",
                        "2026-01-04",
                        "count(event) over all",
                        "count(event) over all before",
                        "count(event) over ever",
                        "count(event) over onward"),
                "2026-01-01 | 1 | 0 | 5 | 5",
                "2026-01-02 | 3 | 1 | 5 | 4",
                "2026-01-03 | 3 | 3 | 5 | 2");
    }

    @Test
    default void
            window_before_the_coverage_is_before_data_and_one_that_begins_at_its_end_not_yet() {
        expect(
                logins("2026-03-31"),
                days(
                        "2025-12-31",
                        "2026-01-02",
                        "count(event) over last 2 days",
                        "count(event) over all",
                        "count(event) over all before"),
                "2025-12-31 | BEFORE_DATA | 0 | BEFORE_DATA",
                "2026-01-01 | 0 | 0 | 0");
        expect(
                logins("2026-03-31"),
                days(
                        "2026-04-01",
                        "2026-04-03",
                        "count(event) over last 2 days",
                        "count(event) over all",
                        "count(event)"),
                "2026-04-01 | 1 | 1 | NOT_YET",
                "2026-04-02 | NOT_YET | 1 | NOT_YET");
    }

    @Test
    default void window_that_is_partly_outside_is_incomplete() {
        assertThat(
                        incomplete(
                                january(),
                                days(
                                        "2026-01-02",
                                        "2026-01-03",
                                        "count(event) over last 3 days",
                                        "count(event) over last 2 days",
                                        "count(event) over all",
                                        "count(event) over ever",
                                        "count(event)")))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(),
                        Set.of(Incomplete.BEYOND_COVERAGE),
                        Set.of());
    }

    @Test
    default void in_a_bucket_that_is_not_over_a_window_reaches_back_from_as_of() {
        // Until noon of the 4th: the window begins at noon of the 1st, with the fact of that
        // instant.
        expect(
                january(),
                ask(
                                "count(event) over last 3 days",
                                "count(event) over all before",
                                "count(event) over month to date",
                                "count(event)")
                        .grain(Grain.WEEK)
                        .between("2025-12-29", "2026-01-12")
                        .asOf("2026-01-04T12:00:00Z"),
                "2025-12-29 | 3 | BEFORE_DATA | 3 | 3",
                "2026-01-05 | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void dates_are_read_by_local_dates_in_every_zone() {
        var world =
                events().source(
                                source("payment")
                                        .date("paid_on")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("payment", "2026-01-01", "acme")
                        .fact("payment", "2026-01-02", "acme")
                        .fact("payment", "2026-01-04", "acme");
        for (var zone : new String[] {"UTC", "Pacific/Kiritimati", "America/Los_Angeles"}) {
            expect(
                    world,
                    days("2026-01-02", "2026-01-05", "count(payment) over last 2 days").zone(zone),
                    "2026-01-02 | 2",
                    "2026-01-03 | 1",
                    "2026-01-04 | 1");
        }
    }

    @Test
    default void local_days_of_a_window_have_their_own_length() {
        // Clocks in Paris go forward on 2026-03-29, at 01:00 UTC: two local days before 30 March
        // are 47 hours.
        expect(
                events().fact("event", "2026-03-28T22:59:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-03-28T23:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-03-30T21:59:00Z", "acme", "ann", "login", 1),
                days("2026-03-30", "2026-03-31", "count(event) over last 2 days")
                        .zone("Europe/Paris"),
                "2026-03-30 | 2");
    }

    @Test
    default void what_is_read_for_each_member_may_have_a_window_of_its_own() {
        var world =
                january()
                        .member(account("acme").since("2025-06-01"))
                        .member(account("bolt").since("2025-06-01"))
                        .member(account("calm").since("2025-06-01"));
        expect(
                world,
                days(
                        "2026-01-04",
                        "2026-01-07",
                        "count(account where exists(event) over last 3 days)",
                        "count(account where exists(event))",
                        "avg(account : count(event) over last 3 days)",
                        "sum(account : count(event)) over last 3 days"),
                "2026-01-04 | 2 | 1 | 1 | 3",
                "2026-01-05 | 1 | 0 | 0.333333333333 | 1",
                "2026-01-06 | 1 | 0 | 0.333333333333 | 1");
    }

    @Test
    default void members_of_a_window_are_those_whose_existence_overlaps_it() {
        expect(
                events().member(account("acme").since("2026-01-01").removed("2026-01-03"))
                        .member(account("bolt").since("2026-01-05")),
                days(
                        "2026-01-03",
                        "2026-01-06",
                        "count(account) over last 2 days",
                        "count(account)",
                        "count(account) over all",
                        "count(account) over all before"),
                "2026-01-03 | 1 | 0 | 1 | 1",
                "2026-01-04 | 0 | 0 | 1 | 1",
                "2026-01-05 | 1 | 1 | 2 | 1");
    }

    @Test
    default void edges_of_the_bucket_stay_and_those_of_the_window_are_its_own() {
        expect(
                january(),
                days(
                        "2026-01-04",
                        "2026-01-06",
                        "count(event where happened >= bucket.start) over last 3 days",
                        "count(event where happened >= window.start + 1 day) over last 3 days",
                        "count(event where happened < window.end - 2 days) over last 3 days",
                        "count(event where window.start = bucket.start)"),
                "2026-01-04 | 1 | 1 | 2 | 1",
                "2026-01-05 | 0 | 1 | 0 | 0");
    }

    @Test
    default void windows_of_one_column_are_judged_apart_from_those_beside_it() {
        assertThat(
                        incomplete(
                                january(),
                                days(
                                        "2026-01-01",
                                        "2026-01-02",
                                        "count(event)",
                                        "count(event) over last 10 days")))
                .containsExactly(Set.of(), Set.of(Incomplete.BEFORE_COVERAGE));
    }

    /** Of one hour. */
    private static Question hour(String instant, String... formulas) {
        return ask(formulas)
                .grain(Grain.HOUR)
                .betweenInstants(
                        instant, java.time.Instant.parse(instant).plusSeconds(3600).toString());
    }

    @Test
    default void members_of_windows_by_the_hour_begin_and_end_with_their_dates() {
        var removed = events().member(account("acme").since("2025-01-01").removedOn("2026-01-05"));
        expect(
                removed,
                hour("2026-01-05T10:00:00Z", "count(account) over day to date", "count(account)"),
                "2026-01-05T10:00 | 0 | 0");
        expect(
                removed,
                hour("2026-01-05T00:00:00Z", "count(account) over last 2 hours"),
                "2026-01-05T00:00 | 1");
        expect(
                events().member(account("acme").since("2025-01-01").removedOn("2026-01-06")),
                days("2026-01-05", "2026-01-06", "count(account) over last 3 hours"),
                "2026-01-05 | 1");
        expect(
                events().member(account("acme").sinceDate("2026-01-05")),
                hour("2026-01-05T11:00:00Z", "count(account) over all before"),
                "2026-01-05T11:00 | 1");
        expect(
                events().member(account("acme").sinceDate("2026-01-05")),
                hour("2026-01-05T00:00:00Z", "count(account) over all before"),
                "2026-01-05T00:00 | 0");
    }

    @Test
    default void rows_that_are_undecided_are_counted_in_all_windows_that_are_read() {
        var world =
                events().fact("event", "2026-01-10T12:00:00Z", "acme", "ann", null, 1)
                        .fact("event", "2026-01-31T12:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2025-12-05T12:00:00Z", "acme", "ann", null, 1);
        var undecided =
                "m1 UNDECIDED: In 'm1' a negation is neither true nor false for 1 row of event without a value of";
        assertThat(
                        notices(
                                world,
                                days(
                                        "2026-01-01",
                                        "2026-02-01",
                                        "count(event where name != 'x') over last 1 day")))
                .singleElement()
                .asString()
                .startsWith(undecided);
        assertThat(
                        notices(
                                world,
                                days(
                                        "2026-01-11",
                                        "2026-02-01",
                                        "prior(count(event where name != 'x'))")))
                .singleElement()
                .asString()
                .startsWith(undecided);
    }

    @Test
    default void windows_longer_than_the_calendar_read_all_there_is() {
        for (var zone : new String[] {"Asia/Tokyo", "America/New_York"}) {
            expect(
                    january(),
                    days(
                                    "2026-01-02",
                                    "2026-01-04",
                                    "count(event) over last 3000 years",
                                    "prior(count(event), 3000 years)")
                            .zone(zone),
                    "2026-01-02 | 3 | BEFORE_DATA",
                    "2026-01-03 | 3 | BEFORE_DATA");
        }
    }
}
