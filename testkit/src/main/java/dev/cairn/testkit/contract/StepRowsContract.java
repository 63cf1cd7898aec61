package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.completion;
import static dev.cairn.testkit.contract.Funnels.count;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.World;
import org.junit.jupiter.api.Test;

/** Attempts as rows: what they have, and what filters, conditions, scopes and corrections mean to them. */
public interface StepRowsContract extends ExecutorContract {
    String WEEK = "a -> b within 7 days per account";

    @Test
    default void an_attempt_has_the_fields_of_its_first_row_and_what_came_of_it() {
        var world =
                funnel(
                        "01-05T06:00 acme a x ann",
                        "01-06 acme b y bob", //
                        "01-07 bolt a z cyd");
        expect(
                world,
                ask(
                                each("max", WEEK, "page"),
                                each("max", WEEK, "number"),
                                each("max", WEEK, "started"),
                                each("max", WEEK, "step_1_at"),
                                each("max", WEEK, "step_2_at"),
                                each("max", WEEK, "minutes(step_1_at, step_2_at)"),
                                each("max", WEEK, "reached"))
                        .by("account"),
                "acme | x | 1 | 2026-01-05T06:00:00Z | 2026-01-05T06:00:00Z | 2026-01-06T00:00:00Z | 1080 | 2",
                "bolt | z | 3 | 2026-01-07T00:00:00Z | 2026-01-07T00:00:00Z | NO_DATA | NO_DATA | 1");
    }

    @Test
    default void every_aggregate_works_on_attempts() {
        var world =
                funnel(
                        "01-05 acme a x ann",
                        "01-06 acme b", //
                        "01-05 bolt a x bob",
                        "01-08 bolt b", //
                        "01-06 cyd a y cyd",
                        "01-11 cyd b", //
                        "01-06 dan a y dan");
        expect(
                world,
                ask(
                        each("median", WEEK, "hours(step_1_at, step_2_at)"),
                        each("p90", WEEK, "days(step_1_at, step_2_at)"),
                        each("distinct", WEEK, "account"),
                        each("distinct", WEEK, "page"),
                        each("first", WEEK, "page"),
                        each("last", WEEK, "customer"),
                        "exists(%s where not completed)".formatted(attempts(WEEK))),
                "72 | 4.6 | 4 | 2 | x | dan | true");
    }

    // ---- same

    @Test
    default void same_keeps_to_rows_of_one_value() {
        // What is empty is the same as nothing; still each account has one attempt.
        var world =
                funnel(
                        "01-05 acme a x",
                        "01-06 acme b y",
                        "01-07 acme b x", //
                        "01-05 bolt a x",
                        "01-06 bolt b y", //
                        "01-05 cyd a -",
                        "01-06 cyd b -", //
                        "01-05 dan a x",
                        "01-06 dan a y",
                        "01-07 dan b y");
        var steps = "a -> b within 7 days per account%s same page";
        expect(
                world,
                ask(
                                each("max", steps.formatted(""), "reached"),
                                each("max", steps.formatted(" any"), "reached"),
                                count(steps.formatted("")),
                                each("max", steps.formatted(""), "hours(step_1_at, step_2_at)"))
                        .by("account"),
                "acme | 2 | 2 | 1 | 48",
                "bolt | 1 | 1 | 1 | NO_DATA",
                "cyd | 1 | 1 | 1 | NO_DATA",
                "dan | 1 | 2 | 1 | NO_DATA");
    }

    @Test
    default void same_may_name_several_fields() {
        var world =
                funnel(
                        "01-05 acme a x ann",
                        "01-06 acme b x bob",
                        "01-08 acme b x ann", //
                        "01-05 bolt a x ann",
                        "01-06 bolt b y ann");
        expect(
                world,
                ask(completion("a -> b within 7 days per account same page, person")).by("account"),
                "acme | 1",
                "bolt | 0");
    }

    // ---- filters

    @Test
    default void filter_of_the_question_says_which_rows_are_steps() {
        var world =
                funnel(
                        "01-05 acme a x",
                        "01-06 acme b y", //
                        "01-05 bolt a y",
                        "01-06 bolt a x",
                        "01-07 bolt b x");
        var question = ask(count(WEEK), completion(WEEK), each("max", WEEK, "started"));
        expect(world, question, "2 | 1 | 2026-01-05T00:00:00Z");
        expect(
                world,
                question.filter("event.page", Operator.IN, "x").by("account"),
                "acme | 1 | 0 | 2026-01-05T00:00:00Z",
                "bolt | 1 | 1 | 2026-01-06T00:00:00Z");
        expect(world, question.where("event.page = 'x'"), "2 | 0.5 | 2026-01-06T00:00:00Z");
    }

    @Test
    default void condition_of_the_relation_comes_after_the_choice() {
        var world =
                funnel(
                        "01-05 acme a x",
                        "01-06 acme a y",
                        "01-07 acme b y", //
                        "01-05 bolt a y",
                        "01-06 bolt b y");
        expect(
                world,
                ask(
                        "count(%s where page = 'y')".formatted(attempts(WEEK)),
                        "count(%s)"
                                .formatted(
                                        attempts(
                                                "event where name = 'a' and page = 'y' -> b within 7 days per account")),
                        "count(%s where completed and page = 'x')".formatted(attempts(WEEK))),
                "1 | 2 | 1");
    }

    @Test
    default void scope_filter_of_accounts_and_cohort_hold_for_every_step() {
        var world =
                funnel("01-05 acme a", "01-06 acme b", "01-05 bolt a", "01-05 cyd a", "01-06 cyd b")
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "pro"))
                        .member(account("cyd").with("plan", "free"))
                        .cohortOf("few", "acme", "cyd")
                        .cohortBy("active", "count(event) over last 30 days > 1");
        var question = ask(count(WEEK), completion(WEEK));
        expect(world, question.scope("plan = 'pro'"), "2 | 0.5");
        expect(world, question.where("account.plan = 'pro'"), "2 | 0.5");
        expect(world, question.cohort("few"), "2 | 1");
        expect(world, question.cohort("active"), "2 | 1");
        expect(world, question.by("few"), "false | 1 | 0", "true | 2 | 1");
    }

    @Test
    default void test_accounts_make_no_attempt_unless_they_are_asked_for() {
        var world =
                funnel("01-05 acme a", "01-06 acme b", "01-05 demo a")
                        .entity(accounts().text("plan").test("internal"))
                        .member(account("acme").with("internal", false))
                        .member(account("demo").with("internal", true));
        expect(world, ask(count(WEEK)), "1");
        expect(world, ask(count(WEEK)).by("account.internal"), "false | 1", "true | 1");
    }

    @Test
    default void conditions_may_read_the_account_of_an_attempt() {
        var world =
                funnel("01-05 acme a", "01-06 acme b", "01-07 acme x", "01-05 bolt a")
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "free"));
        expect(
                world,
                ask(
                        "count(%s where account.plan = 'pro')".formatted(attempts(WEEK)),
                        "count(%s where per(account : count(event)) > 2)".formatted(attempts(WEEK)),
                        "count(%s)"
                                .formatted(
                                        attempts(
                                                "event where name = 'a' and account.plan = 'pro' -> b within 7 days per account"))),
                "1 | 1 | 1");
    }

    @Test
    default void attributes_are_those_of_the_account_when_the_attempt_began() {
        var world =
                funnel("01-05 acme a", "01-12 acme b")
                        .entity(accounts().text("plan").history())
                        .member(account("acme").with("plan", "free").held(null, "2026-01-10"))
                        .member(account("acme").with("plan", "pro").held("2026-01-10", null));
        expect(
                world,
                ask(completion("a -> b within 10 days per account")).by("account.plan"),
                "free | 1");
    }

    // ---- corrections

    @Test
    default void corrected_rows_are_steps_as_they_are_now_or_were_when_it_was_known() {
        var world = funnel("01-05 acme a", "01-06 acme b", "01-05 bolt a").nextLoad("event");
        Funnels.row(world, 2, "01-06 acme x");
        Funnels.row(world, 3, "01-09 bolt a");
        Funnels.row(world, 4, "01-10 bolt b");
        var question = ask(completion(WEEK), each("max", WEEK, "started")).by("account");
        expect(
                world,
                question,
                "acme | 0 | 2026-01-05T00:00:00Z",
                "bolt | 1 | 2026-01-09T00:00:00Z");
        assertThat(rows(world, question.knownAt(World.recordedAt(0))))
                .containsExactly(
                        "acme | 1 | 2026-01-05T00:00:00Z", "bolt | 0 | 2026-01-05T00:00:00Z");
    }

    @Test
    default void attempts_are_in_groups_that_read_an_attribute_and_what_a_user_does() {
        // Of acme's attempts ann, who has three events, begins one, and bob, who has one, another.
        expect(
                funnel(
                                "01-02 acme a p ann",
                                "01-03 acme b p ann",
                                "01-04 acme x p ann",
                                "01-05 acme a p bob")
                        .member(account("acme").with("plan", "pro")),
                Funnels.quarter(
                                count("a -> b within 7 days per account"),
                                completion("a -> b within 7 days per account"))
                        .by(
                                "(case when per(user : count(event)) > 2 then account.plan else 'few' end) as how"),
                "few | 1 | 0",
                "pro | 1 | 1");
    }

    @Test
    default void attempts_are_in_groups_of_what_their_account_does_in_windows_of_their_own() {
        // Acme's attempt of the 2nd has two events in its two days, that of the 20th has one.
        var world =
                funnel("01-02 acme a p ann", "01-03 acme b p ann", "01-20 acme a p ann")
                        .member(account("acme").with("plan", "pro"));
        expect(
                world,
                Funnels.quarter(count("a -> b within 7 days per account"))
                        .by("(per(account : count(event)) over 2 days from happened) as events"),
                "1 | 1",
                "2 | 1");
        expect(
                world,
                Funnels.quarter(count("a -> b within 7 days per account"))
                        .by(
                                "(case when per(account : count(event)) over 2 days from happened > 1 then account.plan else 'few' end) as how"),
                "few | 1",
                "pro | 1");
    }
}
