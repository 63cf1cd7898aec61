package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Attribution.attribution;
import static dev.cairn.testkit.contract.Attribution.each;
import static dev.cairn.testkit.contract.Attribution.row;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.TouchContract.TOUCH;
import static dev.cairn.testkit.contract.TouchContract.clicks;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import org.junit.jupiter.api.Test;

/** Touches as rows: every aggregate, what members, units of time and windows make of them, and what filters, scopes and corrections mean to them. */
public interface TouchRowsContract extends ExecutorContract {
    String COUNT = "count(%s)".formatted(TOUCH);
    String SUM = each("sum", TOUCH, "later.amount");

    @Test
    default void every_aggregate_works_on_touches() {
        // 24, 48 and 288 hours apart.
        expect(
                clicks(),
                ask(
                        each("median", TOUCH, "hours(earlier_at, later_at)"),
                        each("distinct", TOUCH, "account"),
                        each("distinct", TOUCH, "earlier.channel"),
                        each("first", TOUCH, "channel"),
                        each("last", TOUCH, "later.amount"),
                        each("first", TOUCH + " on later_at", "amount"),
                        "exists(%s where later.amount > 100)".formatted(TOUCH),
                        "share(touch(bill where amount is not none after click per account) : later.amount > 80)"),
                "48 | 1 | 2 | email | 70 | 40 | false | 0.333333333333");
    }

    @Test
    default void members_and_units_of_time_have_touches_of_their_own() {
        // Two of the three are of the click of the 8th.
        expect(
                clicks(),
                ask(
                        "sum(account : %s)".formatted(COUNT),
                        "avg(account : %s)".formatted(COUNT),
                        "count(account where exists(%s))".formatted(TOUCH),
                        "sum(day : %s)".formatted(COUNT),
                        "max(day : %s)".formatted(COUNT),
                        "max(day : count(%s on later_at))".formatted(TOUCH)),
                "3 | 1.5 | 1 | 3 | 2 | 1");
    }

    @Test
    default void windows_have_what_stands_in_them() {
        // Four weeks until the end of 6 February begin on 10 January.
        var world =
                attribution(
                        "01-10T12:00 acme click email",
                        "01-11 acme bill 1",
                        "02-06T12:00 acme click email",
                        "02-07 acme bill 2", //
                        "01-09T12:00 bolt click email",
                        "01-10 bolt bill 4");
        expect(
                world,
                ask(
                                SUM + " over last 28 days",
                                each("sum", TOUCH + " on later_at", "amount")
                                        + " over last 28 days",
                                SUM + " over all")
                        .grain(Grain.DAY)
                        .between("2026-02-06", "2026-02-08"),
                "2026-02-06 | 3 | 5 | 7",
                "2026-02-07 | 2 | 3 | 7");
    }

    @Test
    default void groups_have_totals_and_others() {
        expect(
                clicks(),
                ask(COUNT, "total(%s)".formatted(SUM)).by("click.channel").totals(),
                "email | 1 | 210",
                "search | 2 | 210",
                "total | 3 | 210");
        expect(
                clicks(),
                ask(SUM).by("click.channel").top(1).totals(),
                "search | 170",
                "other | 40",
                "total | 210");
        expect(clicks(), ask(SUM).by("(later.amount > 80) as large"), "false | 110", "true | 100");
    }

    // ---- filters

    @Test
    default void conditions_of_question_and_relation_are_of_the_touch() {
        // Filtered, grouped and asked in the formula: 170. Where only clicks by email are looked
        // at, all three bills come after one.
        var world = clicks();
        var question = ask(SUM);
        expect(world, question.filter("click.channel", Operator.IN, "search"), "170");
        expect(world, question.where("click.channel = 'search'"), "170");
        expect(world, question.where("bill.amount > 80"), "100");
        expect(
                world,
                ask(
                        each("sum", TOUCH + " where channel = 'search'", "later.amount"),
                        each("sum", TOUCH + " where later.amount > 80", "later.amount"),
                        "only(%s where click.channel = 'search')".formatted(SUM),
                        "sum(touch(bill after click where channel = 'email' per account) : later.amount)",
                        "sum(touch(bill where amount < 80 after click per account) : later.amount)"),
                "170 | 100 | 170 | 210 | 110");
    }

    @Test
    default void scopes_cohorts_and_attributes_are_of_the_account() {
        var world =
                attribution(
                                "01-05 acme click email",
                                "01-06 acme bill 10", //
                                "01-05 bolt click email",
                                "01-06 bolt bill 20", //
                                "01-05 cyd click email",
                                "01-06 cyd bill 40")
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "pro"))
                        .member(account("cyd").with("plan", "free"))
                        .cohortOf("few", "acme", "cyd")
                        .cohortBy("payers", "sum(bill.amount) over last 30 days > 15");
        var question = ask(SUM);
        expect(world, question.scope("plan = 'pro'"), "30");
        expect(world, question.where("account.plan = 'pro'"), "30");
        expect(world, question.cohort("few"), "50");
        expect(world, question.by("few"), "false | 20", "true | 50");
        expect(world, question.by("account.plan"), "free | 40", "pro | 30");
        // Touched by an invoice above 15 in the last thirty days: bolt and cyd.
        expect(
                world,
                question.cohortBy(
                        "exists(touch(bill where amount > 15 after click within 7 days per account) on later_at) over last 30 days"),
                "60");
        expect(
                world,
                ask(
                        each("sum", TOUCH + " where account.plan = 'pro'", "later.amount"),
                        each(
                                "sum",
                                TOUCH + " where per(account : sum(bill.amount)) > 15",
                                "later.amount"),
                        "sum(touch(bill where account.plan = 'pro' after click per account) : later.amount)"),
                "30 | 60 | 30");
    }

    @Test
    default void test_accounts_have_none_unless_they_are_asked_for() {
        var world =
                attribution(
                                "01-05 acme click email",
                                "01-06 acme bill 10", //
                                "01-05 demo click email",
                                "01-06 demo bill 20")
                        .entity(accounts().text("plan").test("internal"))
                        .member(account("acme").with("internal", false))
                        .member(account("demo").with("internal", true));
        expect(world, ask(SUM), "10");
        expect(world, ask(SUM).by("account.internal"), "false | 10", "true | 20");
    }

    // ---- corrections

    @Test
    default void corrected_rows_touch_as_they_are_now_or_were_when_it_was_known() {
        var world = attribution("01-05 acme click email", "01-06 acme bill 10").nextLoad("click");
        row(world, 1, "01-07 acme click search");
        var question = ask(COUNT, SUM);
        expect(world, question, "0 | 0");
        assertThat(rows(world, question.knownAt(World.recordedAt(1)))).containsExactly("1 | 10");
    }

    @Test
    default void members_have_touches_and_attempts_in_each_month_of_their_age() {
        // What acme did in February is of its age 1, whatever the last month of the quarter is.
        var world =
                attribution("02-05 acme click email", "02-06 acme bill 40")
                        .member(account("acme").since("2026-01-01"));
        var steps = "steps(click -> bill within 7 days per account)";
        expect(
                world,
                ask(
                                "count(account where exists(%s))".formatted(TOUCH),
                                "count(account where exists(%s) over last 1 months)"
                                        .formatted(TOUCH),
                                "count(account where exists(%s on later_at) over last 1 months)"
                                        .formatted(TOUCH),
                                "count(account where exists(%s where completed) over last 1 months)"
                                        .formatted(steps))
                        .between("2026-01-01", "2026-04-01")
                        .by("age month"),
                "0 | 0 | 0 | 0 | 0",
                "1 | 1 | 1 | 1 | 1",
                "2 | 0 | 0 | 0 | 0");
    }

    @Test
    default void users_of_touches_of_accounts_are_those_of_the_row_that_a_touch_stands_at() {
        // Of acme's clicks ann made the first, bob the second; each is touched by one bill of cid.
        var world =
                attribution(
                                "01-05 acme click email ann",
                                "01-06 acme bill 40 cid",
                                "01-08 acme click search bob",
                                "01-10 acme bill 100 cid",
                                "01-09 bolt click search ann",
                                "01-11 bolt bill 7 -")
                        .member(account("acme").with("plan", "pro"))
                        .member(user("acme", "ann").with("role", "admin"));
        expect(world, ask(each("distinct", TOUCH, "user")), "3");
        expect(world, ask(each("distinct", TOUCH + " on later_at", "user")), "1");
        expect(world, ask("count(%s where user.role = 'admin')".formatted(TOUCH)), "1");
        expect(world, ask(SUM).by("user"), "ann | acme | 40", "ann | bolt | 7", "bob | acme | 100");
        expect(world, ask(SUM).by("user.role"), "admin | 40", "none | 107");
        expect(world, ask(each("sum", TOUCH, "per(user : count(click))")), "3");
        expect(
                world,
                ask(each("max", TOUCH, "per(account : count(click)) over 4 days from earlier_at")),
                "2");
        expect(
                world,
                ask(SUM).where("per(user : count(click)) > 0").by("account"),
                "acme | 140",
                "bolt | 7");
        expect(world, ask(SUM).where("user.role = 'admin'"), "40");
    }
}
