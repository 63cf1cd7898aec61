package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grains and tiles as relations: {@code day : f} and {@code every 7 days : f} read each day, each tile of the window. 5 January 2026 is a Monday. */
public interface GrainsContract extends ExecutorContract {
    /** Day, account, user and amount of each. */
    private static WorldBuilder logins(WorldBuilder world, String... facts) {
        for (String fact : facts) {
            var parts = fact.split(" ", 4);
            world.fact(
                    "event",
                    parts[0] + "T12:00:00Z",
                    parts[1],
                    parts[2],
                    "login",
                    Integer.parseInt(parts[3]));
        }
        return world;
    }

    /** In the first week three on Monday, one on Tuesday, one on Thursday; in the second one on Wednesday. */
    private WorldBuilder january() {
        return logins(
                events(),
                "2026-01-05 acme ann 1",
                "2026-01-05 acme bob 2",
                "2026-01-05 bolt cid 4",
                "2026-01-06 acme ann 8",
                "2026-01-08 bolt cid 16",
                "2026-01-14 acme ann 32");
    }

    /** With accounts that are there all the time, one of them without facts. */
    private WorldBuilder accounts() {
        return january()
                .member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"))
                .member(account("core").since("2025-01-01").with("plan", "pro"));
    }

    private static Question week(String... formulas) {
        return ask(formulas).between("2026-01-05", "2026-01-12");
    }

    private static Question days(String from, String to, String... formulas) {
        return ask(formulas).grain(Grain.DAY).between(from, to);
    }

    @Test
    default void each_day_of_the_window_is_a_row_with_facts_or_without() {
        expect(
                january(),
                week(
                        "avg(day : distinct(event.user))",
                        "count(day)",
                        "count(day where exists(event))",
                        "count(day where not exists(event))",
                        "sum(day : distinct(event.user))"),
                "0.714285714286 | 7 | 3 | 4 | 5");
        expect(
                january(),
                week(
                        "max(day : count(event))",
                        "min(day : count(event))",
                        "median(day : count(event))",
                        "share(day : exists(event))",
                        "max(day : sum(event.amount))",
                        "exists(day where count(event) > 2)"),
                "3 | 0 | 0 | 0.428571428571 | 16 | true");
        expect(
                january(),
                week(
                        "p90_disc(day : count(event))",
                        "stddev(day : count(event))",
                        "distinct(day : count(event))",
                        "first(day : count(event))",
                        "last(day : count(event))",
                        "last(day where exists(event) : sum(event.amount))"),
                // Of 3 1 0 1 0 0 0: the squares are 11 - 25 / 7, by 6.
                "3 | 1.11269728053 | 3 | 3 | 0 | 16");
    }

    @Test
    default void days_and_shares_of_them_are_the_sample() {
        assertThat(
                        rowsWithParts(
                                january(),
                                week(
                                        "avg(day : count(event))",
                                        "share(day : exists(event))",
                                        "avg(day : avg(event.amount))")))
                // Of amounts three days have an average: 7 / 3, 8 and 16.
                .containsExactly(
                        "0.714285714286 (n 7) | 0.428571428571 (3/7, n 7) | 8.77777777778 (n 3)");
    }

    @Test
    default void days_are_those_of_each_window() {
        expect(
                january(),
                days("2026-01-07", "2026-01-10", "avg(day : count(event)) over last 3 days"),
                "2026-01-07 | 1.33333333333",
                "2026-01-08 | 0.666666666667",
                "2026-01-09 | 0.333333333333");
        expect(
                january(),
                days(
                        "2026-01-31",
                        "2026-02-01",
                        "avg(day : distinct(event.user)) over last 28 days / (distinct(event.user) over last 28 days)",
                        "count(day) over last 28 days",
                        "count(day where exists(event)) over last 28 days",
                        "count(day where exists(event)) over month to date",
                        "count(day where exists(event)) over range"),
                // On 28 days 6 users a day in all, of three.
                "2026-01-31 | 0.0714285714286 | 28 | 4 | 4 | 0");
    }

    @Test
    default void window_of_its_own_beneath_a_day_ends_with_the_day() {
        // Three users in the seven days up to the 11th, two up to the 12th.
        expect(
                january(),
                ask(
                                "avg(day : distinct(event.user) over last 7 days)",
                                "max(day : count(event) over last 2 days)",
                                "min(day : count(event) over all)",
                                "sum(day : count(event) over month to date)")
                        .between("2026-01-11", "2026-01-13"),
                "2.5 | 0 | 5 | 10");
    }

    @Test
    default void shift_beneath_a_day_is_by_days_and_around_it_by_buckets() {
        expect(
                january(),
                ask(
                                "sum(day : prior(count(event)))",
                                "sum(day : next(count(event)))",
                                "sum(day : prior(count(event), 1 week))",
                                "sum(day : count(event) - prior(count(event)))")
                        .between("2026-01-06", "2026-01-09"),
                "4 | 1 | 0 | -2");
        expect(
                january(),
                ask("max(day : count(event))", "prior(max(day : count(event)))")
                        .grain(Grain.WEEK)
                        .between("2026-01-05", "2026-01-19"),
                "2026-01-05 | 3 | 0",
                "2026-01-12 | 1 | 3");
        expect(
                january(),
                ask("next(count(day where exists(event)))")
                        .grain(Grain.WEEK)
                        .between("2026-01-05", "2026-01-12"),
                "2026-01-05 | 1");
    }

    @Test
    default void groups_have_all_days_also_those_of_other_groups() {
        expect(
                january(),
                week(
                                "avg(day : count(event))",
                                "count(day where not exists(event))",
                                "max(day : distinct(event.user))")
                        .by("account")
                        .totals(),
                "acme | 0.428571428571 | 5 | 2",
                "bolt | 0.285714285714 | 5 | 1",
                "total | 0.714285714286 | 4 | 3");
    }

    @Test
    default void group_that_another_column_makes_has_its_days_too() {
        var world =
                january()
                        .fact("event", "2026-01-07T12:00:00Z", "core", "dan", "buy", 1)
                        .fact("event", "2026-01-07T13:00:00Z", null, "eve", "buy", 1);
        expect(
                world,
                week(
                                "count(event)",
                                "avg(day : count(event where name = 'buy'))",
                                "count(day where not exists(event where name = 'buy'))",
                                "max(day : count(event where name = 'buy'))",
                                "count(day where exists(event where name = 'buy'))")
                        .by("account"),
                "acme | 3 | 0 | 7 | 0 | 0",
                "bolt | 2 | 0 | 7 | 0 | 0",
                "core | 1 | 0.142857142857 | 6 | 1 | 1",
                "no account | 1 | 0.142857142857 | 6 | 1 | 1");
    }

    @Test
    default void buckets_and_groups_without_facts_have_their_days() {
        expect(
                january(),
                ask("avg(day : count(event))", "count(day where not exists(event))")
                        .by("account")
                        .grain(Grain.WEEK)
                        .between("2026-01-05", "2026-01-26")
                        .totals(),
                "2026-01-05 | acme | 0.428571428571 | 5",
                "2026-01-05 | bolt | 0.285714285714 | 5",
                "2026-01-12 | acme | 0.142857142857 | 6",
                "2026-01-12 | bolt | 0 | 7",
                "2026-01-19 | acme | 0 | 7",
                "2026-01-19 | bolt | 0 | 7",
                "2026-01-05 | total | 0.714285714286 | 4",
                "2026-01-12 | total | 0.142857142857 | 6",
                "2026-01-19 | total | 0 | 7",
                "all | acme | 0.190476190476 | 18",
                "all | bolt | 0.0952380952381 | 19",
                "all | total | 0.285714285714 | 17");
    }

    @Test
    default void rows_are_only_where_facts_are_read_unless_gaps_are_filled() {
        expect(
                january(),
                days(
                                "2026-01-06",
                                "2026-01-10",
                                "count(day where not exists(event)) over last 2 days")
                        .by("account")
                        .sparse(),
                "2026-01-06 | acme | 0",
                "2026-01-06 | bolt | 1",
                "2026-01-07 | acme | 1",
                "2026-01-08 | bolt | 1",
                "2026-01-09 | bolt | 1");
    }

    @Test
    default void conditions_of_the_question_hold_beneath() {
        expect(
                accounts(),
                week("max(day : sum(event.amount))", "count(day where exists(event))")
                        .where("account.plan = 'pro'"),
                "8 | 2");
        expect(
                accounts(),
                week("max(day : sum(event.amount))", "count(day where exists(event))")
                        .by("account.plan"),
                "free | 16 | 2",
                "pro | 8 | 2");
    }

    @Test
    default void weeks_begin_with_monday_and_months_with_their_first_day() {
        expect(
                january(),
                ask("max(week : sum(event.amount))", "count(week)")
                        .between("2026-01-05", "2026-01-19"),
                "32 | 2");
        expect(
                january(),
                ask("min(week : sum(event.amount))")
                        .by("account")
                        .between("2026-01-05", "2026-01-19"),
                "acme | 11",
                "bolt | 0");
        expect(
                january(),
                ask("max(month : count(event))", "count(month)", "min(quarter : count(event))")
                        .between("2026-01-01", "2026-04-01"),
                "6 | 3 | 6");
    }

    @Test
    default void window_has_the_units_that_begin_inside_it() {
        // In the ten days up to Sunday the 18th one week begins; on the 28 days up to it four do.
        expect(
                january(),
                ask(
                                "count(week) over last 10 days",
                                "max(week : count(event)) over last 10 days",
                                "max(week : count(event)) over last 28 days",
                                "count(week) over last 28 days",
                                "count(week) over last 2 weeks")
                        .between("2026-01-12", "2026-01-19"),
                "1 | 1 | 5 | 4 | 2");
    }

    @Test
    default void tiles_are_counted_back_from_the_end() {
        // From the 4th on there are four of seven days; of the first three days there is none.
        expect(
                january().fact("event", "2026-01-03T12:00:00Z", "acme", "ann", "login", 1),
                ask(
                        "max(every 7 days : count(event))",
                        "count(every 7 days)",
                        "count(every 7 days where exists(event))",
                        "sum(every 7 days : count(event))",
                        "count(every 1 month)",
                        "min(every 2 weeks : count(event))"),
                "5 | 4 | 2 | 6 | 1 | 0");
        expect(
                january(),
                days(
                        "2026-01-08",
                        "2026-01-10",
                        "avg(every 2 days : count(event)) over last 4 days"),
                "2026-01-08 | 2.5",
                "2026-01-09 | 1");
    }

    @Test
    default void tiles_beneath_a_total_are_those_of_the_whole_range() {
        expect(
                january(),
                ask("max(every 3 days : count(event))", "count(every 3 days)")
                        .grain(Grain.WEEK)
                        .between("2026-01-05", "2026-01-19")
                        .totals(),
                // In the first week from the 6th, in the second from the 13th; in both from the
                // 7th.
                "2026-01-05 | 2 | 2",
                "2026-01-12 | 1 | 2",
                "all | 1 | 4");
    }

    @Test
    default void days_may_be_counted_for_each_member() {
        expect(
                accounts(),
                week(
                        "avg(account : count(day where exists(event)))",
                        "share(account : count(day where exists(event)) >= 2)",
                        "avg(account : avg(day : count(event)))",
                        "sum(account : count(day where not exists(event)))",
                        "max(account : max(day : sum(event.amount)))"),
                "1.33333333333 | 0.666666666667 | 0.238095238095 | 17 | 16");
        expect(
                accounts(),
                days(
                                "2026-01-06",
                                "2026-01-09",
                                "sum(account : count(day where exists(event))) over last 2 days",
                                "sum(account : count(day where not exists(event)) over last 2 days)")
                        .totals(),
                "2026-01-06 | 3 | 3",
                "2026-01-07 | 1 | 5",
                "2026-01-08 | 1 | 5",
                "all | 1 | 5");
        expect(
                accounts(),
                week("avg(account : count(day where not exists(event)))").by("account.plan"),
                "free | 5",
                "pro | 6");
        expect(
                january(),
                week("avg(user : count(day where exists(event)))", "count(user)"),
                // Ann on two days, bob on one, cid on two.
                "1.66666666667 | 3");
    }

    @Test
    default void members_may_be_read_for_each_day() {
        expect(
                accounts(),
                week("avg(day : share(account : exists(event)))", "max(day : count(account))"),
                "0.190476190476 | 3");
        expect(
                january()
                        .member(account("acme").since("2025-01-01"))
                        .member(account("bolt").since("2025-01-01"))
                        .member(account("core").since("2026-01-08")),
                week(
                        "min(day : count(account))",
                        "max(day : count(account))",
                        "sum(day : count(account where exists(event)))",
                        "sum(day : count(account where count(event) over last 2 days > 0))"),
                // Active in two days: two on the 5th and 6th, acme on the 7th, bolt on the 8th and
                // 9th.
                "2 | 3 | 4 | 7");
        expect(
                accounts(),
                week("max(day : count(account where not exists(event)))").by("account.plan"),
                "free | 1",
                "pro | 2");
    }

    @Test
    default void days_may_be_read_for_each_week_and_for_each_member_of_it() {
        expect(
                accounts(),
                ask(
                                "max(week : avg(day : count(event)))",
                                "count(week where count(day where exists(event)) >= 2)",
                                "avg(account : max(week : count(day where exists(event))))",
                                "max(week : avg(account : count(day where not exists(event))))",
                                "min(week : max(every 2 days : count(event)))")
                        .between("2026-01-05", "2026-01-19"),
                // In the second week not a day of bolt and core and six of acme.
                "0.714285714286 | 1 | 1.33333333333 | 6.66666666667 | 1");
        expect(
                accounts(),
                ask("min(week : count(day where not exists(event)))")
                        .by("account")
                        .between("2026-01-05", "2026-01-19"),
                "acme | 5",
                "bolt | 5");
    }

    @Test
    default void last_unit_is_cut_by_as_of_and_later_ones_are_not_there() {
        var world = january().fact("event", "2026-01-06T20:00:00Z", "acme", "ann", "login", 1);
        expect(
                world,
                week("avg(day : count(event))", "count(day)", "max(day : count(event))")
                        .asOf("2026-01-06T18:00:00Z"),
                "2 | 2 | 3");
        expect(
                world,
                days(
                                "2026-01-06",
                                "2026-01-07",
                                "avg(day : count(event)) over last 3 days",
                                "count(day) over last 3 days",
                                "max(every 2 days : count(event)) over last 4 days")
                        .asOf("2026-01-06T18:00:00Z"),
                // A tile from the 4th, 18:00, and one from the 2nd.
                "2026-01-06 | 1.33333333333 | 3 | 4");
        assertThat(incomplete(world, week("avg(day : count(event))").asOf("2026-01-06T18:00:00Z")))
                .containsExactly(Set.of(Incomplete.BUCKET_NOT_OVER));
        expect(
                world,
                week("avg(day : count(event))", "count(day)").asOf("2026-01-05T00:00:00Z"),
                "NOT_YET | NOT_YET");
    }

    @Test
    default void units_outside_the_coverage_are_none() {
        // It begins on Thursday the 1st.
        var question =
                ask(
                                "count(day where not exists(event))",
                                "avg(day : count(event))",
                                "count(day where coalesce(sum(event.amount), 0) = 0)",
                                "count(day)")
                        .between("2025-12-29", "2026-01-06");
        expect(january(), question, "4 | 0.6 | 4 | 8");
        assertThat(
                        incomplete(
                                january(),
                                ask("avg(day : count(event))").between("2025-12-29", "2026-01-06")))
                .containsExactly(Set.of(Incomplete.BEFORE_COVERAGE));
        expect(
                january(),
                ask("avg(day : count(event))", "count(day where exists(event))")
                        .between("2025-12-01", "2026-01-01"),
                "BEFORE_DATA | BEFORE_DATA");
        expect(
                january(),
                ask("max(day : count(event))", "count(day where not exists(event))")
                        .between("2026-04-01", "2026-04-03"),
                "NOT_YET | NOT_YET");
        expect(
                january(),
                ask("avg(account : count(day where not exists(event)))")
                        .between("2025-12-29", "2026-01-06"),
                // Acme and bolt: on four days of the five none.
                "4");
    }

    @Test
    default void days_are_local_and_those_of_changed_clocks_have_their_hours() {
        var world =
                events().fact("event", "2026-01-06T02:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-06T12:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-03-08T12:00:00Z", "acme", "ann", "login", 1);
        expect(world, week("max(day : count(event))", "count(day where exists(event))"), "2 | 1");
        expect(
                world,
                week("max(day : count(event))", "count(day where exists(event))")
                        .zone("America/New_York"),
                "1 | 2");
        expect(
                world,
                ask("count(hour)", "count(hour where not exists(event))", "count(every 1 hour)")
                        .zone("America/New_York")
                        .between("2026-03-08", "2026-03-09"),
                "23 | 22 | 23");
        expect(
                world,
                ask("count(hour)", "count(day)")
                        .zone("America/New_York")
                        .between("2025-11-02", "2025-11-03"),
                "25 | 1");
        expect(
                world,
                ask("sum(day : count(hour))")
                        .zone("America/New_York")
                        .between("2026-03-07", "2026-03-10"),
                "71");
    }

    @Test
    default void fact_at_an_edge_is_of_the_unit_that_begins_with_it() {
        expect(
                events().fact("event", "2026-01-06T00:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-12T00:00:00Z", "acme", "ann", "login", 2),
                days("2026-01-05", "2026-01-08", "max(day : count(event)) over last 2 days"),
                "2026-01-05 | 0",
                "2026-01-06 | 1",
                "2026-01-07 | 1");
    }

    @Test
    default void edges_beneath_a_day_are_the_days() {
        expect(
                january(),
                week(
                        "count(day where bucket.start >= @2026-01-07)",
                        "sum(day : count(event where happened < bucket.start + 12 hours))",
                        "avg(day : hours(bucket.start, bucket.end))"),
                "5 | 0 | 24");
    }

    @Test
    default void days_of_nothing_are_those_of_every_group() {
        expect(
                january(),
                week("count(event)", "count(day)", "count(week) over last 1 day")
                        .by("account")
                        .totals(),
                "acme | 3 | 7 | 0",
                "bolt | 2 | 7 | 0",
                "total | 5 | 7 | 0");
        expect(
                accounts(),
                week("sum(account : count(day))", "max(account : count(week) over last 1 day)"),
                "21 | 0");
    }

    @Test
    default void attributes_of_a_member_may_be_asked_on_each_of_its_days() {
        expect(
                accounts(),
                week(
                        "sum(account : count(day where account.plan = 'pro' and exists(event)))",
                        "sum(account : count(day where plan = 'free' or count(event) > 1))"),
                "2 | 8");
    }

    @Test
    default void attributes_of_a_member_without_facts_are_asked_on_each_of_its_days_too() {
        // Cyd has none; on each of the 7 days it is of the enterprise plan.
        expect(
                accounts().member(account("cyd").since("2025-01-01").with("plan", "enterprise")),
                week(
                        "sum(account where account = 'cyd' : count(day where plan = 'enterprise'))",
                        "sum(account where account = 'cyd' : count(day where plan = 'enterprise' and count(event) = 0))",
                        "avg(account where account = 'cyd' : avg(day where plan = 'enterprise' : count(event)))"),
                "7 | 7 | 0");
    }
}
