package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.completion;
import static dev.cairn.testkit.contract.Funnels.count;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import org.junit.jupiter.api.Test;

/** Attempts at a sequence of steps: which there are, in which cell, and how far they get. */
public interface StepsContract extends ExecutorContract {
    String AB = "a -> b within 7 days per account";

    @Test
    default void each_step_is_the_earliest_row_at_or_after_the_step_before() {
        var world =
                funnel(
                        "01-05T10:00 acme a",
                        "01-05T09:00 acme b",
                        "01-07T10:00 acme b",
                        "01-06T10:00 acme b",
                        "01-05T10:00 bolt a",
                        "01-04T10:00 bolt b",
                        "01-05T10:00 cyd b");
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        count(AB),
                                        completion(AB),
                                        each("sum", AB, "reached"),
                                        each("avg", AB, "hours(step_1_at, step_2_at)"))))
                .containsExactly("2 (n 2) | 0.5 (1/2, n 2) | 3 (n 2) | 24 (n 1)");
    }

    @Test
    default void one_attempt_counts_of_each_unit_the_first_or_the_one_that_gets_furthest() {
        // Acme's first begins on the 5th and is over before its b; bolt has two that are completed.
        var world =
                funnel(
                        "01-05 acme a",
                        "01-20 acme a",
                        "01-22 acme b",
                        "01-05 bolt a",
                        "01-06 bolt a",
                        "01-08 bolt b");
        var any = AB + " any";
        expect(
                world,
                ask(
                        count(AB),
                        completion(AB),
                        each("max", AB, "started"),
                        each("max", AB, "hours(started, step_2_at)")),
                "2 | 0.5 | 2026-01-05T00:00:00Z | 72");
        expect(
                world,
                ask(
                        count(any),
                        completion(any),
                        each("max", any, "started"),
                        each("max", any, "hours(started, step_2_at)")),
                "2 | 1 | 2026-01-20T00:00:00Z | 72");
        expect(world, ask(completion(AB + " first")), "0.5");
    }

    @Test
    default void an_attempt_may_stop_at_each_step() {
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b",
                        "01-07 acme c", //
                        "01-05 bolt a",
                        "01-06 bolt c",
                        "01-07 bolt b", //
                        "01-05 cyd a",
                        "01-06 cyd c", //
                        "01-05 dan b",
                        "01-06 dan c");
        var steps = "a -> b -> c within 7 days per account";
        expect(
                world,
                ask(
                        each("sum", steps, "reached"),
                        completion(steps),
                        each("share", steps, "reached >= 2"),
                        "count(%s where reached = 1)".formatted(attempts(steps)),
                        "count(%s where step_3_at is none)".formatted(attempts(steps)),
                        "count(%s where step_2_at is not none)".formatted(attempts(steps))),
                "6 | 0.333333333333 | 0.666666666667 | 1 | 2 | 2");
    }

    @Test
    default void unit_without_an_attempt_has_no_row() {
        expect(
                funnel("01-05 acme b", "01-06 bolt b"),
                ask(count(AB), completion(AB), each("max", AB, "started")),
                "0 | NO_DATA | NO_DATA");
    }

    // ---- time

    @Test
    default void end_of_the_span_is_out_unless_it_is_inclusive() {
        var world =
                funnel(
                        "01-05T10:00 acme a", "01-12T10:00 acme b", //
                        "01-05T10:00 bolt a", "01-12T09:59 bolt b", //
                        "01-05T10:00 cyd a", "01-12T10:01 cyd b");
        expect(
                world,
                ask(completion(AB), completion("a -> b within 7 days inclusive per account")),
                "0.333333333333 | 0.666666666667");
    }

    @Test
    default void span_is_counted_from_the_first_step() {
        var world = funnel("01-05 acme a", "01-10 acme b", "01-13 acme c");
        expect(
                world,
                ask(
                        each("max", "a -> b -> c within 7 days per account", "reached"),
                        each("max", "a -> b -> c within 9 days per account", "reached")),
                "2 | 3");
    }

    @Test
    default void days_are_those_of_the_calendar_and_hours_elapse() {
        // In Berlin the clock goes forward on 29 March at two: from noon until noon are 23 hours.
        var world = funnel("03-28T11:00 acme a", "03-29T10:30 acme b");
        var march =
                ask(
                                completion("a -> b within 1 day per account"),
                                completion("a -> b within 24 hours per account"),
                                completion("a -> b within 23 hours per account"))
                        .between("2026-03-01", "2026-04-01");
        expect(world, march.zone("Europe/Berlin"), "0 | 1 | 0");
        expect(world, march, "1 | 1 | 0");
    }

    @Test
    default void span_that_ends_in_a_gap_of_the_clock_ends_where_the_gap_does() {
        // From half past two; a day later there is no such time in Berlin, where it is three at
        // once.
        var world =
                funnel(
                        "03-28T01:30 acme a", "03-29T00:59 acme b", //
                        "03-28T01:30 bolt a", "03-29T01:00 bolt b");
        expect(
                world,
                ask(completion("a -> b within 1 day per account"))
                        .between("2026-03-01", "2026-04-01")
                        .zone("Europe/Berlin")
                        .by("account"),
                "acme | 1",
                "bolt | 0");
    }

    @Test
    default void months_end_with_the_last_day_of_a_shorter_one() {
        var world =
                funnel(
                        "01-31T10:00 acme a", "02-28T09:59 acme b", //
                        "01-31T10:00 bolt a", "02-28T10:00 bolt b");
        expect(
                world,
                ask(completion("a -> b within 1 month per account")).by("account"),
                "acme | 1",
                "bolt | 0");
    }

    @Test
    default void dates_are_dates_in_every_zone() {
        var visits =
                source("visit")
                        .date("day")
                        .account("customer")
                        .text("kind")
                        .integer("number")
                        .key("number")
                        .coverage("2026-01-01", "2026-04-01");
        var world =
                World.world()
                        .source(visits)
                        .fact("visit", "2026-01-05", "acme", "a", 1)
                        .fact("visit", "2026-01-12", "acme", "b", 2)
                        .fact("visit", "2026-01-05", "bolt", "a", 3)
                        .fact("visit", "2026-01-11", "bolt", "b", 4)
                        .fact("visit", "2026-01-31", "cyd", "a", 5)
                        .fact("visit", "2026-01-31", "cyd", "b", 6)
                        .fact("visit", "2026-01-31", "dan", "b", 7)
                        .fact("visit", "2026-01-31", "dan", "a", 8);
        var steps =
                "steps(visit where kind = 'a' -> visit where kind = 'b' within 7 days%s per account)";
        var question =
                ask(
                        "share(%s : completed)".formatted(steps.formatted("")),
                        "share(%s : completed)".formatted(steps.formatted(" inclusive")),
                        "max(%s : step_2_at)".formatted(steps.formatted("")),
                        "count(%s)".formatted(steps.formatted("")));
        expect(world, question, "0.5 | 0.75 | 2026-01-31 | 4");
        expect(world, question.zone("America/Los_Angeles"), "0.5 | 0.75 | 2026-01-31 | 4");
        expect(world, question.zone("Pacific/Auckland"), "0.5 | 0.75 | 2026-01-31 | 4");
    }

    @Test
    default void many_steps_may_be_by_dates() {
        var world =
                World.world()
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .text("kind")
                                        .integer("number")
                                        .key("number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("call")
                                        .date("on_day")
                                        .account("customer")
                                        .integer("number")
                                        .key("number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("visit", "2026-01-05", "acme", "a", 1)
                        .fact("visit", "2026-01-06", "acme", "b", 2)
                        .fact("visit", "2026-01-06", "acme", "c", 3)
                        .fact("call", "2026-01-06", "acme", 1)
                        .fact("visit", "2026-01-05", "bolt", "a", 4)
                        .fact("visit", "2026-01-06", "bolt", "c", 5)
                        .fact("visit", "2026-01-07", "bolt", "b", 6)
                        .fact("call", "2026-01-08", "bolt", 2);
        var steps =
                "steps(visit where kind = 'a' -> visit where kind = 'b' -> %s within 7 days per account)";
        expect(
                world,
                ask(
                                "max(%s : reached)"
                                        .formatted(steps.formatted("visit where kind = 'c'")),
                                "max(%s : reached)".formatted(steps.formatted("call")),
                                "max(%s : reached)"
                                        .formatted(
                                                steps.formatted("call -> visit where kind = 'c'")),
                                "max(%s : step_3_at)".formatted(steps.formatted("call")))
                        .by("account"),
                "acme | 3 | 3 | 4 | 2026-01-06",
                "bolt | 2 | 3 | 3 | 2026-01-08");
    }

    @Test
    default void at_the_same_instant_the_key_decides_what_comes_first() {
        var world = funnel();
        Funnels.row(world, 9, "01-05T10:00 acme a");
        Funnels.row(world, 10, "01-05T10:00 acme b");
        Funnels.row(world, 20, "01-05T10:00 bolt a");
        Funnels.row(world, 11, "01-05T10:00 bolt b");
        Funnels.row(world, 31, "01-05T10:00 cyd a");
        Funnels.row(world, 30, "01-05T10:00 cyd a");
        Funnels.row(world, 32, "01-05T10:00 cyd b");
        expect(
                world,
                ask(completion(AB), each("max", AB, "number")).by("account"),
                "acme | 1 | 9",
                "bolt | 0 | 20",
                "cyd | 1 | 30");
    }

    @Test
    default void at_the_same_instant_rows_of_two_sources_come_in_either_order() {
        var world =
                funnel("01-05T10:00 acme a")
                        .source(
                                source("ticket")
                                        .timestamp("opened")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("ticket", "2026-01-05T10:00Z", "acme");
        expect(
                world,
                ask(
                        completion("a -> ticket within 1 day per account"),
                        completion("ticket -> a within 1 day per account")),
                "1 | 1");
    }

    @Test
    default void one_row_never_serves_two_steps() {
        var world =
                funnel(
                        "01-05 acme a x", //
                        "01-05 bolt a x",
                        "01-06 bolt a x", //
                        "01-05 cyd a x",
                        "01-06 cyd a x",
                        "01-07 cyd a x");
        expect(
                world,
                ask(
                                each("max", "a -> a within 7 days per account", "reached"),
                                each("max", "a -> a -> a within 7 days per account", "reached"),
                                each(
                                        "max",
                                        "event where page = 'x' -> a within 7 days per account",
                                        "reached"))
                        .by("account"),
                "acme | 1 | 1 | 1",
                "bolt | 2 | 2 | 2",
                "cyd | 2 | 3 | 2");
    }

    // ---- cells

    @Test
    default void later_steps_may_lie_after_the_bucket_and_the_range() {
        var world =
                funnel(
                        "01-30 acme a",
                        "02-02 acme b", //
                        "02-10 acme a",
                        "02-11 acme b", //
                        "02-26 bolt a",
                        "03-02 bolt b", //
                        "02-20 cyd a");
        var question =
                ask(count(AB), completion(AB), "prior(%s)".formatted(count(AB)))
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals();
        expect(
                world,
                question,
                "2026-01-01 | 1 | 1 | BEFORE_DATA",
                "2026-02-01 | 3 | 0.666666666667 | 1",
                "all | 3 | 0.666666666667 | BEFORE_DATA");
    }

    @Test
    default void a_window_has_one_attempt_of_each_unit() {
        // Four weeks until the end of 6 February begin on 10 January.
        var world =
                funnel(
                        "01-10T12:00 acme a",
                        "01-11T12:00 acme b",
                        "02-06T12:00 acme a",
                        "01-09T12:00 bolt a");
        expect(
                world,
                ask(
                                "%s over last 28 days".formatted(count(AB)),
                                "%s over last 28 days".formatted(completion(AB)),
                                "%s over last 28 days".formatted(each("min", AB, "started")),
                                "%s over all".formatted(count(AB)))
                        .grain(Grain.DAY)
                        .between("2026-02-06", "2026-02-08"),
                "2026-02-06 | 1 | 1 | 2026-01-10T12:00:00Z | 2",
                "2026-02-07 | 1 | 0 | 2026-02-06T12:00:00Z | 2");
    }

    @Test
    default void a_unit_has_one_attempt_in_each_group_and_one_in_the_total() {
        // Keys are those of the row of the first step.
        var world =
                funnel(
                                "01-05 acme a home",
                                "01-06 acme a shop",
                                "01-12 acme b pay", //
                                "01-05 bolt a home",
                                "01-06 bolt b pay")
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "free"));
        assertThat(rowsWithParts(world, ask(count(AB), completion(AB)).by("event.page").totals()))
                .containsExactly(
                        "home | 2 (n 2) | 0.5 (1/2, n 2)",
                        "shop | 1 (n 1) | 1 (1/1, n 1)",
                        "total | 2 (n 2) | 0.5 (1/2, n 2)");
        expect(
                world,
                ask(count(AB), completion(AB), "total(%s)".formatted(count(AB))).by("account.plan"),
                "free | 1 | 1 | 2",
                "pro | 1 | 0 | 2");
        expect(
                world,
                ask(count(AB), "total(%s)".formatted(count(AB))).by("event.page"),
                "home | 2 | 2",
                "shop | 1 | 2");
        expect(
                world,
                ask(count(AB), "total(%s by event.page)".formatted(count(AB)))
                        .by("event.page", "account.plan"),
                "home | free | 1 | 2",
                "home | pro | 1 | 2",
                "shop | pro | 1 | 1");
    }

    @Test
    default void groups_that_are_not_shown_are_one_group() {
        var world =
                funnel(
                        "01-05 acme a x",
                        "01-06 acme a y",
                        "01-07 acme a z", //
                        "01-05 bolt a x",
                        "01-06 cyd a y");
        expect(
                world,
                ask(count(AB)).by("event.page").top(1).totals(),
                "x | 2",
                "other | 2",
                "total | 3");
    }

    @Test
    default void members_and_units_of_time_have_attempts_of_their_own() {
        var world =
                funnel(
                                "01-05 acme a x",
                                "01-06 acme a y",
                                "01-07 acme b x", //
                                "01-05 bolt a x")
                        .member(account("cyd").since("2025-01-01"));
        expect(
                world,
                ask(
                        "sum(account : %s)".formatted(count(AB)),
                        "avg(account : %s)".formatted(count(AB)),
                        "sum(day : %s)".formatted(count(AB)),
                        "avg(account : coalesce(%s, 0))".formatted(completion(AB)),
                        "count(account where exists(%s where completed))".formatted(attempts(AB))),
                "2 | 0.666666666667 | 3 | 0.333333333333 | 1");
    }

    // ---- units

    @Test
    default void users_of_two_accounts_are_two_units_and_rows_of_no_user_make_no_attempt() {
        var world =
                funnel(
                        "01-05 acme a x ann",
                        "01-06 acme b x bob", //
                        "01-06 bolt b x ann", //
                        "01-05 cyd a x",
                        "01-06 cyd b x");
        var perUser = "a -> b within 7 days per user";
        expect(
                world,
                ask(count(AB), completion(AB), count(perUser), completion(perUser)),
                "2 | 1 | 1 | 0");
    }

    @Test
    default void users_of_an_account_each_have_an_attempt() {
        var world =
                funnel(
                        "01-05 acme a x ann", "01-06 acme b x ann", //
                        "01-05 acme a x bob", "01-05 bolt a x bob");
        var perUser = "a -> b within 7 days per user";
        expect(
                world,
                ask(count(perUser), completion(perUser), count(AB)).by("account").totals(),
                "acme | 2 | 0.5 | 1",
                "bolt | 1 | 0 | 1",
                "total | 3 | 0.333333333333 | 2");
    }

    @Test
    default void rows_of_no_account_make_no_attempt() {
        var world = funnel("01-05 - a", "01-06 - b", "01-05 acme a", "01-06 - b");
        expect(world, ask(count(AB), completion(AB)).by("account"), "acme | 1 | 0");
        expect(world, ask(count(AB), completion(AB)), "1 | 0");
    }

    @Test
    default void steps_may_be_of_several_sources_and_slices_by_times_of_their_choice() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("signup")
                                        .timestamp("at_time")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("ticket")
                                        .timestamp("opened")
                                        .timestamp("solved")
                                        .account("customer")
                                        .text("kind")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .slice("bug", "ticket", "kind = 'bug'")
                        .fact("signup", "2026-01-05T00:00Z", "acme")
                        .fact("ticket", "2026-01-06T00:00Z", "2026-01-09T00:00Z", "acme", "other")
                        .fact("ticket", "2026-01-08T00:00Z", "2026-01-14T00:00Z", "acme", "bug")
                        .fact("signup", "2026-01-05T00:00Z", "bolt")
                        .fact("ticket", "2026-01-04T00:00Z", "2026-01-06T00:00Z", "bolt", "bug");
        expect(
                world,
                ask(
                                "max(steps(signup -> bug within 7 days per account) : reached)",
                                "max(steps(signup -> bug on solved within 7 days per account) : reached)",
                                "max(steps(signup -> ticket within 7 days per account) : hours(step_1_at, step_2_at))")
                        .by("account"),
                "acme | 2 | 1 | 24",
                "bolt | 1 | 2 | NO_DATA");
    }

    @Test
    default void a_sequence_may_come_back_to_its_first_source() {
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b",
                        "01-07 acme a", //
                        "01-05 bolt a",
                        "01-06 bolt a",
                        "01-07 bolt b");
        expect(
                world,
                ask(each("max", "a -> b -> a within 7 days per account", "reached")).by("account"),
                "acme | 3",
                "bolt | 2");
    }
}
