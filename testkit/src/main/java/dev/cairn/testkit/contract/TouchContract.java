package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Attribution.attribution;
import static dev.cairn.testkit.contract.Attribution.each;
import static dev.cairn.testkit.contract.Attribution.row;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each later row with the latest earlier one: which one that is, where a touch stands in time, and what is known of it. */
public interface TouchContract extends ExecutorContract {
    String TOUCH = "touch(bill after click per account)";
    String WEEK = "touch(bill after click within 7 days per account)";
    String LATER = WEEK + " on later_at";

    /** Of acme 40 come after email, 100 and 70 after search. What bolt paid came before its click. */
    static WorldBuilder clicks() {
        return attribution(
                "01-05 acme click email",
                "01-06 acme bill 40",
                "01-08 acme click search",
                "01-10 acme bill 100",
                "01-20 acme bill 70", //
                "01-03 bolt bill 500",
                "01-04 bolt click email");
    }

    @Test
    default void a_later_row_has_the_latest_earlier_one() {
        expect(
                clicks(),
                ask(
                                "count(%s)".formatted(TOUCH),
                                each("sum", TOUCH, "later.amount"),
                                each("avg", TOUCH, "bill.amount"),
                                each("share", TOUCH, "coalesce(later.amount > 80, false)"),
                                each("max", TOUCH, "days(earlier_at, later_at)"))
                        .by("click.channel"),
                "email | 1 | 40 | 40 | 0 | 1",
                "search | 2 | 170 | 85 | 0.5 | 12");
    }

    @Test
    default void a_later_row_is_at_the_earlier_one_or_after_it_and_before_the_end_of_the_span() {
        // The week of acme's click ends with the 12th: 1 and 2 are in it, 4 is not. What is at one
        // instant counts, whichever was loaded first.
        var world =
                attribution(
                        "01-05 acme click email",
                        "01-05 acme bill 1",
                        "01-11T23:59 acme bill 2",
                        "01-12 acme bill 4", //
                        "01-06 bolt bill 8",
                        "01-06 bolt click email");
        expect(
                world,
                ask(
                                each("sum", WEEK, "later.amount"),
                                each("sum", LATER, "amount"),
                                each("sum", TOUCH, "later.amount"))
                        .by("account"),
                "acme | 3 | 3 | 7",
                "bolt | 8 | 8 | 8");
    }

    @Test
    default void a_span_of_months_ends_with_the_month() {
        // A month from 31 January ends with 28 February.
        var world =
                attribution(
                        "01-31 acme click email",
                        "02-27T23:00 acme bill 1", //
                        "02-28 acme bill 2");
        expect(
                world,
                ask("sum(touch(bill after click within 1 month per account) : later.amount)"),
                "1");
    }

    @Test
    default void where_the_latest_is_too_far_no_other_stands_in_for_it() {
        var world =
                attribution(
                        "01-05 acme click email",
                        "01-06T12:00 acme click search",
                        "01-07 acme bill 1",
                        "01-08 acme bill 2");
        expect(
                world,
                ask("sum(touch(bill after click within 36 hours per account) : later.amount)")
                        .by("click.channel"),
                "search | 1");
    }

    // ---- where it stands

    @Test
    default void it_stands_at_the_earlier_row_or_at_the_later() {
        var world =
                attribution(
                        "01-30 acme click email",
                        "02-02 acme bill 100", //
                        "02-10 bolt click search",
                        "02-12 bolt bill 50");
        var quarter = ask("count(%s)".formatted(WEEK)).between("2026-01-01", "2026-03-01");
        expect(
                world,
                ask(
                                "count(%s)".formatted(WEEK),
                                each("sum", WEEK, "later.amount"),
                                "count(%s on earlier_at)".formatted(WEEK),
                                "count(%s)".formatted(LATER),
                                each("sum", LATER, "amount"),
                                "prior(%s)".formatted(each("sum", WEEK, "later.amount")))
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 1 | 100 | 1 | 0 | 0 | BEFORE_DATA",
                "2026-02-01 | 1 | 50 | 1 | 2 | 150 | 100",
                "all | 2 | 150 | 2 | 2 | 150 | BEFORE_DATA");
        expect(world, quarter.by("bill.amount"), "50 | 1", "100 | 1");
        expect(
                world,
                ask(each("sum", LATER, "amount"), each("max", LATER, "earlier_at"))
                        .between("2026-01-01", "2026-03-01")
                        .by("click.channel"),
                "email | 100 | 2026-01-30T00:00:00Z",
                "search | 50 | 2026-02-10T00:00:00Z");
        expect(world, ask(each("sum", LATER, "amount")).between("2026-02-01", "2026-03-01"), "150");
    }

    @Test
    default void groups_and_attributes_are_those_of_the_row_that_it_stands_at() {
        var world =
                attribution("01-05 acme click email", "01-12 acme bill 10")
                        .entity(
                                dev.cairn.testkit.data.EntityBuilder.accounts()
                                        .text("plan")
                                        .history())
                        .member(
                                dev.cairn.testkit.data.MemberBuilder.account("acme")
                                        .with("plan", "free")
                                        .held(null, "2026-01-10"))
                        .member(
                                dev.cairn.testkit.data.MemberBuilder.account("acme")
                                        .with("plan", "pro")
                                        .held("2026-01-10", null));
        expect(world, ask("count(%s)".formatted(TOUCH)).by("account.plan"), "free | 1");
        expect(world, ask("count(%s on later_at)".formatted(TOUCH)).by("account.plan"), "pro | 1");
    }

    // ---- which is the latest

    @Test
    default void of_rows_at_one_instant_the_key_decides() {
        var world = attribution();
        row(world, 9, "01-05 acme click email");
        row(world, 3, "01-05 acme click search");
        row(world, 1, "01-06 acme bill 10");
        expect(world, ask("count(%s)".formatted(TOUCH)).by("click.channel"), "email | 1");
    }

    @Test
    default void rows_of_one_source_may_follow_each_other_and_none_itself() {
        // Clicks 1 and 2 are at one instant: 2 follows 1, 3 follows 2, and nothing comes before 1
        // or 4.
        var world =
                attribution(
                        "01-05 acme click email",
                        "01-05 acme click search",
                        "01-07 acme click social", //
                        "01-05 bolt click email");
        var all = "touch(click after click per account)";
        expect(
                world,
                ask("count(%s)".formatted(all)).by("click.channel"),
                "email | 1",
                "search | 1");
        expect(
                world,
                ask("count(%s on later_at)".formatted(all)).by("click.channel"),
                "search | 1",
                "social | 1");
        expect(
                world,
                ask(
                        "first(%s : later.channel)".formatted(all),
                        "count(touch(click where channel = 'social' after click where channel = 'email' per account))",
                        "min(%s on later_at : earlier.number)".formatted(all)),
                "search | 1 | 1");
    }

    // ---- units

    @Test
    default void both_rows_are_of_one_account_or_of_one_user_of_it() {
        // Per account 10 + 20 + 5. Per user ann of acme 20, ann of no account 80. Of the same
        // person within acme: 20.
        var world =
                attribution(
                        "01-05 acme click email ann",
                        "01-06 acme bill 10 bob",
                        "01-07 acme bill 20 ann",
                        "01-08 acme bill 5", //
                        "01-09 bolt bill 40 ann", //
                        "01-05 - click email ann",
                        "01-06 - bill 80 ann");
        expect(
                world,
                ask(
                        each("sum", TOUCH, "later.amount"),
                        "sum(touch(bill after click per user) : later.amount)",
                        "sum(touch(bill after click per account same person) : later.amount)"),
                "35 | 100 | 20");
    }

    @Test
    default void same_looks_for_the_latest_of_the_same_value() {
        var world =
                attribution(
                        "01-05 acme click email ann",
                        "01-06 acme click search bob",
                        "01-07 acme bill 30 ann");
        expect(world, ask("count(%s)".formatted(TOUCH)).by("click.channel"), "search | 1");
        expect(
                world,
                ask("count(touch(bill after click per account same person))").by("click.channel"),
                "email | 1");
    }

    // ---- dates

    @Test
    default void dates_touch_dates_the_same_day_included() {
        // The week of the 5th ends with the 12th.
        var world =
                World.world()
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("deal")
                                        .date("signed")
                                        .account("customer")
                                        .decimal("worth")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("visit", "2026-01-05", "acme")
                        .fact("deal", "2026-01-05", "acme", 1)
                        .fact("deal", "2026-01-11", "acme", 2)
                        .fact("deal", "2026-01-12", "acme", 4);
        var touch = "touch(deal after visit within 7 days per account)";
        expect(
                world,
                ask(
                                each("sum", touch, "later.worth"),
                                each("max", touch, "later_at"),
                                each("sum", touch + " on later_at", "worth"))
                        .zone("America/New_York"),
                "3 | 2026-01-11 | 3");
    }

    // ---- what is known

    @Test
    default void both_sources_decide_whether_it_is_complete() {
        var world = clicks();
        var march =
                ask(
                                "count(%s)".formatted(WEEK),
                                "count(%s)".formatted(LATER),
                                "count(%s)".formatted(TOUCH))
                        .between("2026-03-01", "2026-04-01");
        assertThat(incomplete(world, march))
                .containsExactly(
                        Set.of(Incomplete.BEYOND_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEYOND_COVERAGE));
        var january = march.between("2026-01-01", "2026-02-01");
        assertThat(incomplete(world, january))
                .containsExactly(
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(Incomplete.BEYOND_COVERAGE));
        assertThat(incomplete(world, january.asOf("2026-02-03T00:00:00Z")))
                .containsExactly(
                        Set.of(Incomplete.BUCKET_NOT_OVER),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of());
    }

    @Test
    default void outside_of_the_coverage_of_either_there_is_no_value() {
        var question = ask("count(%s)".formatted(WEEK), "count(%s)".formatted(LATER));
        var world = clicks();
        expect(world, question.between("2025-12-01", "2026-01-01"), "BEFORE_DATA | BEFORE_DATA");
        expect(world, question.between("2026-05-01", "2026-06-01"), "NOT_YET | NOT_YET");
        expect(
                world,
                question.between("2025-12-01", "2026-05-01").grain(Grain.MONTH),
                "2025-12-01 | BEFORE_DATA | BEFORE_DATA",
                "2026-01-01 | 2 | 2",
                "2026-02-01 | 0 | 0",
                "2026-03-01 | 0 | 0",
                "2026-04-01 | NOT_YET | NOT_YET");
    }

    @Test
    default void what_comes_after_as_of_touches_nothing() {
        expect(
                clicks(),
                ask(each("sum", TOUCH, "later.amount")).asOf("2026-01-10T12:00:00Z"),
                "140");
    }
}
