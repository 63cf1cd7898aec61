package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where the data reaches: beyond it nothing is said, rather than 0. */
public interface CoverageContract extends ExecutorContract {
    /** Complete from January 10 to January 20. */
    private WorldBuilder tenDays() {
        return events().source(
                        source("visit")
                                .timestamp("at")
                                .account("customer")
                                .coverage("2026-01-10", "2026-01-20"))
                .fact("visit", "2026-01-15T10:00:00Z", "acme");
    }

    @Test
    default void bucket_that_ends_by_the_start_of_coverage_is_before_the_data() {
        expect(
                tenDays(),
                ask("count(visit)").grain(Grain.DAY).between("2026-01-09", "2026-01-11"),
                "2026-01-09 | BEFORE_DATA",
                "2026-01-10 | 0");
    }

    @Test
    default void bucket_that_begins_at_the_end_of_coverage_is_not_yet() {
        expect(
                tenDays(),
                ask("count(visit)").grain(Grain.DAY).between("2026-01-19", "2026-01-21"),
                "2026-01-19 | 0",
                "2026-01-20 | NOT_YET");
    }

    @Test
    default void bucket_that_reaches_into_the_coverage_has_a_value() {
        expect(
                tenDays(),
                ask("count(visit where customer = 'bolt')")
                        .grain(Grain.WEEK)
                        .between("2026-01-05", "2026-01-26"),
                "2026-01-05 | 0",
                "2026-01-12 | 0",
                "2026-01-19 | 0");
    }

    @Test
    default void values_over_nothing_outside_the_coverage_say_so_too() {
        expect(
                tenDays(),
                ask(
                                "sum(visit : 1)",
                                "avg(visit : 1)",
                                "exists(visit)",
                                "share(visit : account is none)")
                        .grain(Grain.DAY)
                        .between("2026-01-09", "2026-01-10"),
                "2026-01-09 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA");
    }

    @Test
    default void fact_outside_the_coverage_counts() {
        expect(
                tenDays()
                        .fact("visit", "2026-01-09T10:00:00Z", "acme")
                        .fact("visit", "2026-01-21T10:00:00Z", "acme"),
                ask("count(visit)").grain(Grain.WEEK).between("2026-01-05", "2026-02-02"),
                "2026-01-05 | 1",
                "2026-01-12 | 1",
                "2026-01-19 | 1",
                "2026-01-26 | NOT_YET");
    }

    @Test
    default void bucket_that_begins_at_as_of_is_not_yet() {
        expect(
                tenDays(),
                ask("count(visit)")
                        .grain(Grain.DAY)
                        .between("2026-01-11", "2026-01-14")
                        .asOf("2026-01-12T00:00:00Z"),
                "2026-01-11 | 0",
                "2026-01-12 | NOT_YET",
                "2026-01-13 | NOT_YET");
    }

    @Test
    default void bucket_that_as_of_falls_in_has_a_value() {
        expect(
                tenDays(),
                ask("count(visit)")
                        .grain(Grain.DAY)
                        .between("2026-01-12", "2026-01-13")
                        .asOf("2026-01-12T06:00:00Z"),
                "2026-01-12 | 0");
    }

    @Test
    default void undeclared_coverage_is_from_the_day_of_the_first_fact_to_the_day_after_the_last() {
        expect(
                events().source(source("visit").timestamp("at"))
                        .fact("visit", "2026-01-07T23:00:00Z")
                        .fact("visit", "2026-01-09T01:00:00Z"),
                ask("count(visit)").grain(Grain.DAY).between("2026-01-06", "2026-01-11"),
                "2026-01-06 | BEFORE_DATA",
                "2026-01-07 | 1",
                "2026-01-08 | 0",
                "2026-01-09 | 1",
                "2026-01-10 | NOT_YET");
    }

    @Test
    default void load_moves_the_end_of_coverage() {
        expect(
                events().source(source("visit").timestamp("at"))
                        .nextLoad("visit", "2026-01-10")
                        .fact("visit", "2026-01-07T23:00:00Z"),
                ask("count(visit)").grain(Grain.DAY).between("2026-01-08", "2026-01-11"),
                "2026-01-08 | 0",
                "2026-01-09 | 0",
                "2026-01-10 | NOT_YET");
    }

    @Test
    default void coverage_is_of_days_in_the_zone_of_the_source() {
        // 2026-01-10 begins in Tokyo at 15:00 UTC of the 9th.
        expect(
                events().source(
                                source("visit")
                                        .timestamp("at")
                                        .zone("Asia/Tokyo")
                                        .coverage("2026-01-10", "2026-01-20")),
                ask("count(visit)")
                        .grain(Grain.HOUR)
                        .between("2026-01-09", "2026-01-10")
                        .having("m1", dev.cairn.domain.analysis.AnalysisQuery.Operator.IS_NOT_NULL)
                        .first(1),
                "2026-01-09T15:00 | 0");
    }

    @Test
    default void coverage_of_dates_is_compared_by_dates_in_every_zone() {
        expect(
                events().source(
                                source("purchase")
                                        .date("bought_on")
                                        .coverage("2026-01-10", "2026-01-20")),
                ask("count(purchase)")
                        .grain(Grain.DAY)
                        .zone("America/New_York")
                        .between("2026-01-09", "2026-01-11"),
                "2026-01-09 | BEFORE_DATA",
                "2026-01-10 | 0");
    }

    @Test
    default void each_value_looks_at_what_it_reads() {
        expect(
                tenDays(),
                ask("count(visit)", "count(event)", "count(event) + count(visit)")
                        .grain(Grain.DAY)
                        .between("2026-01-09", "2026-01-10"),
                "2026-01-09 | BEFORE_DATA | 0 | BEFORE_DATA");
    }

    @Test
    default void value_of_members_has_none_outside_of_the_coverage_of_what_is_read_for_them() {
        expect(
                tenDays().member(account("bolt").since("2025-01-01")),
                ask("count(account where count(visit) = 0)", "count(account)")
                        .grain(Grain.DAY)
                        .between("2026-01-09", "2026-01-11"),
                "2026-01-09 | BEFORE_DATA | 1",
                "2026-01-10 | 1 | 1");
    }

    @Test
    default void members_are_not_counted_in_a_bucket_that_time_has_not_reached() {
        expect(
                tenDays().member(account("bolt").since("2025-01-01")),
                ask("count(account)")
                        .grain(Grain.DAY)
                        .between("2026-01-11", "2026-01-13")
                        .asOf("2026-01-12T00:00:00Z"),
                "2026-01-11 | 1",
                "2026-01-12 | NOT_YET");
    }

    @Test
    default void coverage_is_looked_at_for_a_whole_range_in_its_total() {
        expect(
                tenDays(),
                ask("count(visit)").grain(Grain.DAY).between("2026-01-19", "2026-01-21").totals(),
                "2026-01-19 | 0",
                "2026-01-20 | NOT_YET",
                "all | 0");
    }

    @Test
    default void share_over_rows_that_exist_has_its_value_outside_the_coverage() {
        var world =
                tenDays()
                        .fact("visit", "2026-01-05T10:00:00Z", "acme")
                        .fact("visit", "2026-01-05T11:00:00Z", "bolt")
                        .fact("visit", "2026-01-06T10:00:00Z", "acme")
                        .fact("visit", "2026-01-25T10:00:00Z", null);
        var question =
                ask(
                                "share(visit where customer is not none : customer = 'cord')",
                                "share(visit where customer is not none : customer = 'acme')",
                                "1 - share(visit : account is not none)")
                        .grain(Grain.DAY);
        assertThat(rowsWithParts(world, question.between("2026-01-05", "2026-01-08")))
                .containsExactly(
                        "2026-01-05 | 0 (0/2, n 2) | 0.5 (1/2, n 2) | 0 (n 2)",
                        "2026-01-06 | 0 (0/1, n 1) | 1 (1/1, n 1) | 0 (n 1)",
                        "2026-01-07 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA");
        assertThat(rows(world, question.between("2026-01-24", "2026-01-26")))
                .containsExactly(
                        "2026-01-24 | NOT_YET | NOT_YET | NOT_YET",
                        "2026-01-25 | NOT_YET | NOT_YET | 1");
        assertThat(incomplete(world, question.between("2026-01-05", "2026-01-06")))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(Incomplete.BEFORE_COVERAGE));
    }

    @Test
    default void share_of_members_by_what_is_read_for_them_has_none_outside_of_its_coverage() {
        expect(
                tenDays().member(account("bolt").since("2025-01-01")),
                ask("share(account : exists(visit))", "share(account : plan is none)")
                        .grain(Grain.DAY)
                        .between("2026-01-09", "2026-01-11"),
                "2026-01-09 | BEFORE_DATA | 1",
                "2026-01-10 | 0 | 1");
    }

    /** Read by an instant and by a date, with an account from January on. */
    private WorldBuilder readTwice(String from, String until) {
        return events().source(
                        source("sale")
                                .timestamp("sold_at")
                                .date("sold_on")
                                .account("customer")
                                .zone("Europe/Berlin")
                                .coverage(from, until))
                .member(account("acme").since("2026-01-01"));
    }

    /** The last day ends in Los Angeles eight hours after it has in Berlin. */
    private static Question octoberInLosAngeles(String... formulas) {
        return ask(formulas)
                .zone("America/Los_Angeles")
                .between("2026-10-01", "2026-11-01")
                .asOf("2027-01-01T00:00:00Z");
    }

    @Test
    default void each_column_is_complete_by_its_own_reads() {
        var world = readTwice("2026-01-01", "2026-11-01");
        var beyond = Set.of(Incomplete.BEYOND_COVERAGE);
        assertThat(incomplete(world, octoberInLosAngeles("count(sale)"))).containsExactly(beyond);
        assertThat(incomplete(world, octoberInLosAngeles("count(sale on sold_on)")))
                .containsExactly(Set.of());
        assertThat(
                        incomplete(
                                world,
                                octoberInLosAngeles(
                                        "count(sale)",
                                        "count(sale on sold_on)",
                                        "count(sale) + count(sale on sold_on)",
                                        "count(account where exists(sale))",
                                        "count(account where exists(sale on sold_on))",
                                        "count(account)")))
                .containsExactly(beyond, Set.of(), beyond, beyond, Set.of(), Set.of());
    }

    @Test
    default void each_column_begins_with_the_coverage_of_its_own_reads() {
        expect(
                readTwice("2026-11-01", "2027-01-01"),
                octoberInLosAngeles(
                        "count(sale)",
                        "exists(sale on sold_on)",
                        "count(account where exists(sale))",
                        "count(account where exists(sale on sold_on))",
                        "count(account where exists(sale) or exists(sale on sold_on))"),
                "0 | BEFORE_DATA | 0 | BEFORE_DATA | BEFORE_DATA");
    }

    @Test
    default void each_column_ends_with_the_coverage_of_its_own_reads() {
        // November begins on Kiritimati thirteen hours before it does in Berlin.
        expect(
                readTwice("2026-01-01", "2026-11-01"),
                ask(
                                "count(sale)",
                                "exists(sale on sold_on)",
                                "count(account where exists(sale))",
                                "count(account where exists(sale on sold_on))")
                        .zone("Pacific/Kiritimati")
                        .between("2026-11-01", "2026-12-01")
                        .asOf("2027-01-01T00:00:00Z"),
                "0 | NOT_YET | 0 | NOT_YET");
    }

    /** Of shares and of members too: that it has not begun is known without any coverage. */
    @Test
    default void bucket_before_the_coverage_that_has_not_begun_is_not_yet() {
        var world =
                events().source(
                                source("visit")
                                        .timestamp("at")
                                        .account("customer")
                                        .coverage("2026-06-01", "2026-07-01"))
                        .member(account("acme").since("2025-01-01"));
        expect(
                world,
                ask(
                                "count(visit)",
                                "share(visit : customer is not none)",
                                "sum(account : count(visit))",
                                "share(account : exists(visit))",
                                "share(account where exists(visit) : exists(visit where customer is not none))",
                                "count(account where exists(visit)) / count(account)",
                                "count(account)")
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-01-15T00:00:00Z"),
                "NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void answer_tells_the_coverage_of_each_source_it_read() {
        var answer =
                answer(
                        tenDays(),
                        ask("count(visit)", "count(account where count(event) > 0)")
                                .by("account.plan"));
        assertThat(answer.coverage()).containsOnlyKeys("visit", "event");
        assertThat(answer.coverage().get("visit"))
                .isEqualTo(
                        new Coverage(
                                LocalDate.parse("2026-01-10"),
                                Instant.parse("2026-01-10T00:00:00Z"),
                                LocalDate.parse("2026-01-20"),
                                Instant.parse("2026-01-20T00:00:00Z")));
    }

    @Test
    default void source_of_which_nothing_is_known_is_not_in_the_coverage() {
        var answer =
                answer(
                        events().source(source("ticket").timestamp("opened_at")),
                        ask("count(ticket)"));
        assertThat(answer.coverage()).isEmpty();
    }

    @Test
    default void bucket_that_has_not_begun_is_not_yet_although_the_coverage_begins_later() {
        // Complete from January 10, as of January 5.
        expect(
                tenDays(),
                ask(
                                "count(visit)",
                                "count(account where exists(visit))",
                                "exists(visit) over last 3 days",
                                "prior(count(visit))")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-07")
                        .asOf("2026-01-05T00:00:00Z"),
                "2026-01-04 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-01-05 | NOT_YET | NOT_YET | NOT_YET | BEFORE_DATA",
                "2026-01-06 | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }
}
