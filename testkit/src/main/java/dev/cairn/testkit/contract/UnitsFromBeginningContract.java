package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Units of time over all, all before and ever: the first begins with the coverage of what is read in it. 5 January 2026 is a Monday. */
public interface UnitsFromBeginningContract extends ExecutorContract {
    /** Events are known from January 1; three of the 5th, one each of the 6th, 8th and 14th. */
    private WorldBuilder logins() {
        return events().member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .member(account("core").since("2025-01-01"))
                .fact("event", "2026-01-05T12:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-05T13:00:00Z", "acme", "bob", "login", 2)
                .fact("event", "2026-01-05T14:00:00Z", "bolt", "cid", "login", 4)
                .fact("event", "2026-01-06T12:00:00Z", "acme", "ann", "login", 8)
                .fact("event", "2026-01-08T12:00:00Z", "bolt", "cid", "login", 16)
                .fact("event", "2026-01-14T12:00:00Z", "acme", "ann", "login", 32);
    }

    /** Visits are known from January 10; one of the 10th and one of the 12th. */
    private WorldBuilder visits() {
        return logins().source(
                        source("visit")
                                .timestamp("at")
                                .account("customer")
                                .coverage("2026-01-10", "2026-04-01"))
                .fact("visit", "2026-01-10T12:00:00Z", "acme")
                .fact("visit", "2026-01-12T12:00:00Z", "bolt");
    }

    private static Question week(String... formulas) {
        return ask(formulas).between("2026-01-05", "2026-01-12");
    }

    @Test
    default void units_over_all_begin_with_the_coverage() {
        // Days of January 1 to 11, and of January 1 to 4; tiles from the 3rd, the 6th and the 9th;
        // one week.
        expect(
                logins(),
                week(
                        "count(day where exists(event)) over all",
                        "count(day where not exists(event)) over all",
                        "avg(day : count(event)) over all",
                        "count(day where not exists(event)) over all before",
                        "max(every 3 days : count(event)) over all",
                        "count(every 3 days where not exists(event)) over all",
                        "sum(week : count(event)) over all",
                        "last(day : count(event)) over all"),
                "3 | 8 | 0.454545454545 | 4 | 3 | 1 | 5 | 0");
    }

    @Test
    default void units_over_ever_and_onward_end_at_as_of() {
        expect(
                logins(),
                week(
                                "count(day where exists(event)) over ever",
                                "count(day where not exists(event)) over ever",
                                "count(day where exists(event)) over onward",
                                "count(day where not exists(event)) over onward")
                        .asOf("2026-01-15T00:00:00Z"),
                "4 | 10 | 4 | 6");
    }

    @Test
    default void each_bucket_and_the_total_have_their_own_units() {
        expect(
                logins(),
                ask(
                                "count(day where exists(event)) over all",
                                "count(day where not exists(event)) over all before")
                        .grain(Grain.DAY)
                        .between("2026-01-05", "2026-01-08")
                        .totals(),
                "2026-01-05 | 1 | 4",
                "2026-01-06 | 2 | 4",
                "2026-01-07 | 2 | 4",
                "all | 2 | 4");
    }

    @Test
    default void units_from_the_beginning_are_read_for_members_and_groups() {
        expect(
                logins(),
                week(
                        "avg(account : count(day where exists(event)) over all)",
                        "count(account where count(day where exists(event)) over all = 2)"),
                "1.33333333333 | 2");
        expect(
                logins(),
                week("count(day where not exists(event)) over all").by("account"),
                "acme | 9",
                "bolt | 9");
        expect(
                logins(),
                week("count(account)").by("(count(day where exists(event)) over all) as active"),
                "0 | 1",
                "2 | 2");
    }

    @Test
    default void units_begin_where_all_is_known_that_is_read_in_them_whatever_stands_beside() {
        // Of visits January 10 to 18 are known; the first week that begins then is of the 12th.
        var second =
                ask(
                                "count(day where not exists(visit)) over all",
                                "count(day where not exists(event)) over all",
                                "count(day where not exists(event) and not exists(visit)) over all",
                                "count(week where exists(visit)) over all",
                                "count(week where exists(event)) over all")
                        .between("2026-01-12", "2026-01-19");
        expect(visits(), second, "7 | 14 | 6 | 1 | 2");
    }

    @Test
    default void without_units_the_window_says_what_is_known() {
        var days = new String[] {"count(day where exists(visit)) over all", "count(event)"};
        expect(visits(), ask(days).between("2026-01-05", "2026-01-09"), "BEFORE_DATA | 5");
        expect(visits(), ask(days).between("2026-01-05", "2026-01-10"), "0 | 5");
        expect(visits(), ask(days).between("2026-01-05", "2026-01-11"), "1 | 5");
    }

    @Test
    default void coverage_is_of_the_zone_of_its_source_and_dates_are_local() {
        // In Kiritimati events are known from 14 o'clock of January 1, sales from its own January
        // 10.
        var world =
                logins().source(
                                source("sale")
                                        .date("sold_on")
                                        .account("customer")
                                        .coverage("2026-01-10", "2026-04-01"));
        expect(
                world,
                ask("count(day where not exists(event)) over all")
                        .zone("Pacific/Kiritimati")
                        .between("2026-01-01", "2026-01-04"),
                "2");
        expect(
                world,
                ask("count(day where not exists(sale)) over all")
                        .zone("Pacific/Kiritimati")
                        .between("2026-01-10", "2026-01-12"),
                "2");
    }

    @Test
    default void rows_from_the_beginning_are_told_where_they_are_undecided() {
        // One in the window, one before the data, one after the bucket.
        var world =
                logins().fact("event", "2026-01-03T12:00:00Z", "acme", "ann", null, 1)
                        .fact("event", "2025-12-30T12:00:00Z", "acme", "ann", null, 1)
                        .fact("event", "2026-01-20T12:00:00Z", "acme", "ann", null, 1);
        var days = week("count(day where exists(event where name != 'x')) over all");
        expect(world, days, "3");
        assertThat(notices(world, days))
                .hasSize(1)
                .allMatch(notice -> notice.contains("neither true nor false for 1 row of event"));
    }

    @Test
    default void a_cell_is_complete_whose_units_begin_with_the_coverage() {
        // Three days back from January 1 nothing is known yet.
        assertThat(
                        incomplete(
                                logins(),
                                week(
                                        "count(day where exists(event)) over all",
                                        "avg(day : count(event) over last 3 days) over all")))
                .containsExactly(Set.of(), Set.of(Incomplete.BEFORE_COVERAGE));
    }

    /** Calls are known from the day of the first to the day of the last: January 7 to 11, but for the earlier ones that come late. */
    private WorldBuilder calls() {
        return logins().source(source("call").timestamp("at").account("customer"))
                .fact("call", "2026-01-07T12:00:00Z", "acme")
                .fact("call", "2026-01-11T12:00:00Z", "acme");
    }

    @Test
    default void units_of_a_source_that_declares_no_coverage_begin_with_its_first_fact() {
        var days =
                week(
                        "count(day where exists(call)) over all",
                        "count(day where not exists(call)) over all",
                        "count(day where not exists(call) and not exists(event)) over all",
                        "count(day where not exists(event)) over all",
                        "max(every 2 days : count(call)) over all");
        // Tiles of the 8th and the 10th: that of the 6th begins before anything is known.
        expect(calls(), days, "2 | 3 | 2 | 8 | 1");
        expect(
                calls().nextLoad("call").fact("call", "2026-01-04T23:00:00Z", "bolt"),
                days,
                "3 | 5 | 2 | 8 | 1");
        // A day of the zone of the source.
        expect(
                calls(),
                week("count(day where not exists(call)) over all before")
                        .zone("Pacific/Kiritimati")
                        .between("2026-01-10", "2026-01-12"),
                "1");
    }

    @Test
    default void without_facts_there_is_no_beginning() {
        var world = logins().source(source("call").timestamp("at").account("customer"));
        expect(
                world,
                week(
                        "count(call) over all",
                        "count(day where exists(call)) over all",
                        "count(day where exists(event) and not exists(call)) over ever",
                        "count(day where exists(event)) over all"),
                "NO_DATA | NO_DATA | NO_DATA | 3");
    }

    @Test
    default void coverage_starts_are_the_first_days_of_facts_in_force_now_or_then() {
        var world =
                calls().nextLoad("call")
                        .fact("call", "2026-01-04T23:00:00Z", "bolt")
                        .source(source("visit").timestamp("at").account("customer"))
                        .build();
        var executor = executorOver(world);
        var sources = Set.of("call", "visit");
        assertThat(executor.coverageStarts(sources, null))
                .containsExactly(entry("call", LocalDate.of(2026, 1, 4)));
        assertThat(executor.coverageStarts(sources, World.recordedAt(1)))
                .containsExactly(entry("call", LocalDate.of(2026, 1, 7)));
        assertThat(executor.coverageStarts(sources, World.recordedAt(0))).isEmpty();
    }
}
