package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.completion;
import static dev.cairn.testkit.contract.Funnels.count;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Funnels.quarter;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** What attempts read of the rows of their steps, by the links {@code step_1}, {@code step_2}, ... */
public interface StepLinksContract extends ExecutorContract {
    String ABC = "a -> b -> c within 7 days per account";

    /**
     * Acme gets to row 3 by row 2; bolt to no second step; cyd to row 6, which is of the instant of its first and comes before row 7, and has a c too late; dan
     * has no a.
     */
    private WorldBuilder three() {
        return funnel(
                "01-05 acme a x ann",
                "01-06 acme b y bob",
                "01-07 acme c z ann", //
                "01-05 bolt a x", //
                "01-05 cyd a y",
                "01-05 cyd b z",
                "01-05 cyd b w",
                "01-20 cyd c x", //
                "01-05 dan b y");
    }

    // ---- fields

    @Test
    default void fields_of_the_row_of_each_step_are_values_of_an_attempt() {
        // Numbers of the second rows: 2 and 6; of the third: 3; of the first: 1, 4 and 5.
        expect(
                three(),
                ask(
                        each("sum", ABC, "step_2.number"),
                        each("avg", ABC, "step_2.number"),
                        each("sum", ABC, "step_3.number"),
                        each("sum", ABC, "step_1.number"),
                        each("sum", ABC, "step_2.event.number - number"),
                        each("distinct", ABC, "step_2.page"),
                        each("max", ABC, "step_3.page")),
                "8 | 4 | 3 | 10 | 2 | 2 | z");
        expect(
                three(),
                ask(each("max", ABC, "step_2.number"), each("max", ABC, "step_3.number"))
                        .by("account"),
                "acme | 2 | 3",
                "bolt | NO_DATA | NO_DATA",
                "cyd | 6 | NO_DATA");
    }

    @Test
    default void conditions_read_fields_of_the_rows_of_steps() {
        var of = "count(%s where %%s)".formatted(attempts(ABC));
        expect(
                three(),
                ask(
                        of.formatted("step_2.page = 'z'"),
                        of.formatted("step_3.page is none"),
                        of.formatted("step_2.page is not none and not completed"),
                        of.formatted("step_1.page = 'x' and step_2.page = 'y'"),
                        of.formatted("page = 'y' or step_3.page = 'z'"),
                        "share(%s where step_2.page is not none : step_2.page = 'y')"
                                .formatted(attempts(ABC))),
                "1 | 2 | 1 | 1 | 2 | 0.5");
    }

    @Test
    default void attempts_are_grouped_by_what_a_link_says() {
        var question = ask(count(ABC), completion(ABC), each("sum", ABC, "step_2.number"));
        expect(
                three(),
                question.by("step_2.page").totals(),
                "y | 1 | 1 | 2",
                "z | 1 | 0 | 6",
                "none | 1 | 0 | 0",
                "total | 3 | 0.333333333333 | 8");
        expect(three(), question.by("step_1.page"), "x | 2 | 0.5 | 2", "y | 1 | 0 | 6");
        expect(
                three(),
                question.by("event.page", "step_3.page"),
                "x | z | 1 | 1 | 2",
                "x | none | 1 | 0 | 0",
                "y | none | 1 | 0 | 6");
        expect(
                three(),
                ask(count(ABC)).by("(coalesce(step_2.page, '-')) as second"),
                "- | 1",
                "y | 1",
                "z | 1");
    }

    @Test
    default void a_unit_has_an_attempt_in_each_group_that_a_link_says() {
        var world = funnel("01-05 acme a", "01-06 acme b x", "01-10 acme a", "01-11 acme b y");
        var week = "a -> b within 7 days per account";
        expect(world, ask(count(week)).by("step_2.page").totals(), "x | 1", "y | 1", "total | 1");
        expect(
                world,
                ask(
                        "count(%s where step_2.page = 'x')".formatted(attempts(week)),
                        "count(%s where step_2.page = 'y')".formatted(attempts(week))),
                "1 | 0");
    }

    @Test
    default void groups_over_time_are_of_the_bucket_that_the_attempt_begins_in() {
        var world =
                funnel(
                        "01-30 acme a",
                        "02-02 acme b x", //
                        "02-10 acme a",
                        "02-11 acme b y", //
                        "02-10 bolt a");
        expect(
                world,
                quarter(count("a -> b within 7 days per account"))
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .by("step_2.page"),
                "2026-01-01 | x | 1",
                "2026-01-01 | y | 0",
                "2026-01-01 | none | 0",
                "2026-02-01 | x | 0",
                "2026-02-01 | y | 1",
                "2026-02-01 | none | 1");
    }

    // ---- which row it is

    @Test
    default void each_way_to_choose_steps_has_its_own_rows() {
        // In order of the rows: 1 a, 2 x, 3 b; 4 a, 5 b of another page, 6 b of the same.
        var world =
                funnel(
                        "01-05 acme a p",
                        "01-06 acme x p",
                        "01-07 acme b p", //
                        "01-05 bolt a p",
                        "01-06 bolt b q",
                        "01-12 bolt b p");
        var week = "a -> b within 7 days%s per account%s";
        expect(
                world,
                ask(
                                each("max", week.formatted("", ""), "step_2.number"),
                                each("max", week.formatted("", " strict"), "step_2.number"),
                                each("max", week.formatted("", " same page"), "step_2.number"),
                                each(
                                        "max",
                                        week.formatted(" inclusive", " same page"),
                                        "step_2.number"),
                                each("max", week.formatted("", " without x"), "step_2.number"),
                                each("max", week.formatted("", " any"), "step_2.number"))
                        .by("account"),
                "acme | 3 | NO_DATA | 3 | 3 | NO_DATA | 3",
                "bolt | 5 | 5 | NO_DATA | 6 | 5 | 5");
    }

    @Test
    default void the_row_is_that_of_the_attempt_which_gets_furthest() {
        var world =
                funnel(
                        "01-05 acme a x",
                        "01-06 acme b y",
                        "01-15 acme a x",
                        "01-16 acme b z",
                        "01-17 acme c w");
        expect(
                world,
                ask(
                        each("max", ABC, "step_2.page"),
                        each("max", ABC + " any", "step_2.page"),
                        each("max", ABC + " any", "step_3.page")),
                "y | z | w");
    }

    @Test
    default void row_that_comes_back_to_a_source_is_after_its_own_by_the_key() {
        // Of acme all are of one instant: row 2 comes after row 1. Of bolt row 5 comes with the
        // payment.
        var world =
                funnel(
                                "01-05 acme a",
                                "01-05 acme a",
                                "01-06 acme a", //
                                "01-05 bolt a",
                                "01-06 bolt a",
                                "01-06 bolt a")
                        .source(
                                source("payment")
                                        .timestamp("paid")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("payment", "2026-01-05T00:00Z", "acme")
                        .fact("payment", "2026-01-06T00:00Z", "bolt");
        expect(
                world,
                ask(each("max", "a -> payment -> a within 7 days per account", "step_3.number"))
                        .by("account"),
                "acme | 2",
                "bolt | 5");
    }

    @Test
    default void pending_attempts_are_left_out_whatever_their_rows_are() {
        var world =
                funnel(
                        "03-10 acme a",
                        "03-12 acme b x", //
                        "03-28 bolt a",
                        "03-29 bolt b x");
        var week = "a -> b within 7 days per account";
        assertThat(
                        rowsWithParts(
                                world,
                                quarter(
                                        count(week),
                                        "count(%s where step_2.page = 'x')"
                                                .formatted(attempts(week)),
                                        each("sum", week, "step_2.number"),
                                        each("sum", week + " with pending", "step_2.number"))))
                .containsExactly(
                        "1 (n 1, pending 1 of which completed 1) | 1 (n 1, pending 1 of which completed 1) | 2 (n 1, pending 1 of which completed 1) | 6 (n 2)");
    }

    // ---- beyond

    private static WorldBuilder payments() {
        return funnel("01-05 acme a", "01-05 bolt a", "01-05 cyd a")
                .source(
                        source("tariff")
                                .date("since")
                                .text("code")
                                .text("tier")
                                .key("code")
                                .coverage("2020-01-01", "2026-04-01"))
                .source(
                        source("payment")
                                .timestamp("paid")
                                .account("customer")
                                .decimal("amount")
                                .text("code")
                                .link("tariff", "tariff", "code")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("tariff", "2020-01-01", "gold", "top")
                .fact("payment", "2026-01-06T00:00Z", "acme", 10, "gold")
                .fact("payment", "2026-01-20T00:00Z", "bolt", 7, "gold")
                .fact("payment", "2026-01-05T00:00Z", "cyd", 5, "lead");
    }

    @Test
    default void links_of_the_row_of_a_step_lead_on() {
        // Bolt pays too late, and cyd by a tariff that is not there.
        var paid = "a -> payment within 7 days per account";
        expect(
                payments(),
                ask(
                        each("sum", paid, "step_2.amount"),
                        "count(%s where step_2.tariff.tier = 'top')".formatted(attempts(paid)),
                        "count(%s where step_2.tariff.tier is none)".formatted(attempts(paid)),
                        each("max", paid, "step_2.tariff.since")),
                "15 | 1 | 2 | 2020-01-01");
        expect(
                payments(),
                ask(count(paid), each("sum", paid, "step_2.amount")).by("step_2.tariff.tier"),
                "top | 1 | 10",
                "none | 2 | 5");
    }

    @Test
    default void attributes_of_the_account_are_those_at_the_time_of_the_step() {
        var world =
                funnel("01-05 acme a", "01-12 acme b", "01-05 bolt a")
                        .entity(accounts().text("plan").history())
                        .member(account("acme").with("plan", "free").held(null, "2026-01-10"))
                        .member(account("acme").with("plan", "pro").held("2026-01-10", null))
                        .member(account("bolt").with("plan", "pro").held(null, null));
        var steps = "a -> b within 10 days per account";
        var of = "count(%s where %%s)".formatted(attempts(steps));
        expect(
                world,
                ask(
                        of.formatted("account.plan = 'free' and step_2.account.plan = 'pro'"),
                        of.formatted("step_2.account.plan is none"),
                        of.formatted("step_1.account.plan = 'pro'"),
                        of.formatted("step_2.account = 'acme'")),
                "1 | 1 | 1 | 1");
        expect(
                world,
                ask(count(steps)).by("account.plan", "step_2.account.plan"),
                "free | pro | 1",
                "pro | none | 1");
    }

    @Test
    default void sequences_of_one_question_have_rows_of_their_own() {
        var world = three();
        expect(
                world,
                ask(
                        each("sum", ABC, "step_2.number"),
                        each("sum", "a -> c within 7 days per account", "step_2.number"),
                        each("sum", "b -> c within 30 days per account", "step_2.number")),
                "8 | 3 | 11");
    }
}
