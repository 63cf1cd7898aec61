package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cohorts by a rule over facts: who is in is decided for each account and cell, at the end of the bucket, and every face of the cohort gives one answer. */
public interface StateCohortContract extends ExecutorContract {
    private WorldBuilder answers() {
        return answers("2025-01-01");
    }

    /**
     * Promoters are those whose last answer of twelve months is 9 or more: acme until February, bolt from January, cord never. Events are worth 1 (acme), 2
     * (bolt), 4 (cord) and 8 (no account) in January, 16 (acme) and 32 (bolt) in February.
     *
     * @param from when answers begin to be known
     */
    private WorldBuilder answers(String from) {
        return events().source(
                        source("survey")
                                .date("asked")
                                .account("customer")
                                .integer("score")
                                .coverage(from, "2026-04-01"))
                .member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .member(account("cord").since("2025-01-01"))
                .fact("survey", "2025-06-10", "acme", 9)
                .fact("survey", "2026-02-05", "acme", 5)
                .fact("survey", "2026-01-20", "bolt", 10)
                .fact("survey", "2026-01-05", null, 10)
                .fact("event", "2026-01-10T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-10T10:00:00Z", "bolt", "bob", "login", 2)
                .fact("event", "2026-01-10T10:00:00Z", "cord", "cid", "login", 4)
                .fact("event", "2026-01-10T10:00:00Z", null, "dan", "login", 8)
                .fact("event", "2026-02-10T10:00:00Z", "acme", "ann", "login", 16)
                .fact("event", "2026-02-10T10:00:00Z", "bolt", "bob", "login", 32)
                .cohortBy("promoters", "last(survey.score) over last 12 months >= 9");
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-03-01");
    }

    private static Question amounts() {
        return months("sum(event : amount)");
    }

    @Test
    default void every_face_has_the_accounts_that_are_in_at_the_end_of_the_bucket() {
        String[] in = {"2026-01-01 | 3", "2026-02-01 | 32"};
        expect(answers(), amounts().filter("promoters", Operator.IN, "true"), in);
        expect(answers(), amounts().where("account in promoters"), in);
        expect(answers(), amounts().cohort("promoters"), in);
        expect(answers(), amounts().cohortBy("last(survey.score) over last 12 months >= 9"), in);
        expect(answers(), amounts().cohortBy("account in promoters"), in);
        expect(answers(), months("sum(event where account in promoters : amount)"), in);
        expect(
                answers(),
                months("sum(event : case when account in promoters then amount else 0 end)"),
                in);
        expect(
                answers(),
                months(
                        "sum(account : case when account in promoters then sum(event.amount) else 0 end)"),
                in);
        expect(
                answers(),
                months(
                        "sum(user : case when account in promoters then sum(event.amount) else 0 end)"),
                in);
    }

    @Test
    default void accounts_and_users_are_selected_and_grouped_as_their_facts_are() {
        expect(
                answers(),
                months("count(account)", "count(user)", "count(event)").cohort("promoters"),
                "2026-01-01 | 2 | 2 | 2",
                "2026-02-01 | 1 | 1 | 1");
        expect(
                answers(),
                months("count(account)", "count(user)", "count(event)")
                        .filter("promoters", Operator.NOT_IN, "true"),
                "2026-01-01 | 1 | 1 | 1",
                "2026-02-01 | 2 | 2 | 1");
        // Dan is a user of no account.
        expect(
                answers(),
                ask("count(account)", "count(user)").by("promoters"),
                "false | 1 | 1",
                "true | 2 | 2",
                "no account | 0 | 1");
    }

    @Test
    default void those_outside_are_accounts_too_and_no_account_is_neither() {
        String[] out = {"2026-01-01 | 4", "2026-02-01 | 16"};
        expect(answers(), amounts().filter("promoters", Operator.IN, "false"), out);
        expect(answers(), amounts().filter("promoters", Operator.NOT_IN, "true"), out);
        expect(answers(), amounts().where("account not in promoters"), out);
        expect(answers(), amounts().cohortBy("account not in promoters"), out);
        expect(
                answers().cohortBy("others", "not (account in promoters)"),
                amounts().cohort("others"),
                out);
        expect(answers(), months("sum(event where account not in promoters : amount)"), out);
        expect(
                answers(),
                months("sum(event where (account in promoters) is none : amount)"),
                "2026-01-01 | 8",
                "2026-02-01 | 0");
    }

    @Test
    default void cohort_as_key_is_read_in_each_bucket_and_in_a_total_at_the_end_of_the_range() {
        for (String key : List.of("promoters", "(account in promoters) as is_in")) {
            expect(
                    answers(),
                    amounts().by(key).totals(),
                    "2026-01-01 | false | 4",
                    "2026-01-01 | true | 3",
                    "2026-01-01 | no account | 8",
                    "2026-02-01 | false | 16",
                    "2026-02-01 | true | 32",
                    "2026-02-01 | no account | 0",
                    "2026-01-01 | total | 15",
                    "2026-02-01 | total | 48",
                    "all | false | 21",
                    "all | true | 34",
                    "all | no account | 8",
                    "all | total | 63");
        }
    }

    @Test
    default void size_over_time_and_who_entered_and_left() {
        expect(
                answers(),
                months(
                        "count(account where account in promoters)",
                        "count(account where account not in promoters)",
                        "share(account : account in promoters)",
                        "prior(count(account where account in promoters))",
                        "count(account where account in promoters and not prior(account in promoters))",
                        "count(account where prior(account in promoters) and account not in promoters)",
                        "count(user where account in promoters)"),
                "2026-01-01 | 2 | 1 | 0.666666666667 | 1 | 1 | 0 | 2",
                "2026-02-01 | 1 | 2 | 0.333333333333 | 2 | 0 | 1 | 1");
    }

    @Test
    default void cohort_beneath_a_shift_is_that_of_the_other_bucket() {
        expect(
                answers(),
                months(
                        "prior(sum(event where account in promoters : amount))",
                        "sum(event where prior(account in promoters) : amount)"),
                "2026-01-01 | BEFORE_DATA | 1",
                "2026-02-01 | 3 | 48");
        expect(
                answers(),
                months("prior(sum(event : amount))").cohort("promoters"),
                "2026-01-01 | BEFORE_DATA",
                "2026-02-01 | 3");
    }

    @Test
    default void cohort_is_of_the_bucket_whatever_the_window_of_what_it_selects() {
        expect(
                answers(),
                months(
                        "sum(event where account in promoters : amount) over last 2 months",
                        "sum(event where account in promoters : amount) over all"),
                "2026-01-01 | 3 | 3",
                "2026-02-01 | 34 | 34");
        expect(
                answers(),
                months("sum(event : amount) over last 2 months").cohort("promoters"),
                "2026-01-01 | 3",
                "2026-02-01 | 34");
    }

    @Test
    default void
            bucket_that_is_not_over_is_read_as_of_now_and_ever_ends_there_or_with_the_bucket() {
        var question =
                months(
                        "count(account where account in promoters)",
                        "count(account where account in answered)");
        var world = answers().cohortBy("answered", "count(survey) over ever >= 2");
        // Acme's second answer is of the fifth of February.
        expect(world, question, "2026-01-01 | 2 | 0", "2026-02-01 | 1 | 1");
        expect(
                world,
                question.asOf("2026-02-05T00:00:00Z"),
                "2026-01-01 | 2 | 0",
                "2026-02-01 | 2 | 0");
        expect(
                world,
                question.asOf("2026-02-06T00:00:00Z"),
                "2026-01-01 | 2 | 0",
                "2026-02-01 | 1 | 1");
    }

    @Test
    default void window_of_a_rule_has_its_start_and_not_its_end() {
        var world =
                answers()
                        .fact("survey", "2025-02-01", "cord", 9)
                        .cohortBy("glad", "exists(survey where score >= 9) over last 12 months");
        expect(
                world,
                ask("count(account where account in glad)")
                        .by("account")
                        .between("2026-01-01", "2026-02-01"),
                "acme | 1",
                "bolt | 1",
                "cord | 1");
        expect(
                world,
                ask("count(account where account in glad)").between("2026-01-01", "2026-02-02"),
                "2");
    }

    @Test
    default void rule_reads_metrics_attributes_users_and_other_cohorts() {
        var world =
                answers()
                        .member(account("dyno").since("2025-01-01").with("plan", "pro"))
                        .fact("event", "2026-01-11T10:00:00Z", "dyno", "dot", "login", 64)
                        .metric(
                                "logins",
                                Level.ACCOUNT,
                                RollUp.SUM,
                                "count(event) over last 30 days",
                                false)
                        .metric("clicks", "count(event)")
                        .cohortBy("active", "logins >= 1 and plan is not 'pro'")
                        .cohortBy(
                                "clicked",
                                "(clicks over last 30 days) >= 1 and account.plan = 'pro'")
                        .cohortBy("both", "account in active and account in promoters")
                        .cohortBy("crowd", "count(user where exists(event) over ever) >= 1");
        expect(
                world,
                ask(
                        "count(account where account in active)",
                        "count(account where account in clicked)",
                        "count(account where account in both)",
                        "count(account where account in crowd)",
                        "count(event where account in both)"),
                "3 | 1 | 2 | 4 | 2");
    }

    @Test
    default void rule_that_is_empty_means_not_in_it() {
        expect(
                answers()
                        .cohortBy("low", "last(survey.score) over last 12 months < 9")
                        .cohortBy("not_low", "not (last(survey.score) over last 12 months < 9)"),
                ask(
                        "count(account where account in low)",
                        "count(account where account not in low)",
                        "count(account where account in not_low)",
                        "sum(event where account not in low : amount)"),
                "0 | 3 | 2 | 7");
    }

    @Test
    default void what_is_not_known_of_the_accounts_is_not_known_of_what_they_select() {
        // Nothing is known of answers before February.
        var world = answers("2026-02-01").cohortBy("asked", "count(survey) over last 1 month >= 0");
        expect(
                world,
                months(
                        "count(account where account in asked)",
                        "sum(event where account in asked : amount)",
                        "count(event)"),
                "2026-01-01 | BEFORE_DATA | BEFORE_DATA | 4",
                "2026-02-01 | 3 | 48 | 2");
        expect(world, amounts().cohort("asked"), "2026-01-01 | BEFORE_DATA", "2026-02-01 | 48");
    }

    @Test
    default void rule_that_names_the_mark_asks_for_test_accounts() {
        expect(
                answers()
                        .entity(accounts().test("is_test"))
                        .member(account("trial").since("2025-01-01").with("is_test", true))
                        .fact("survey", "2026-01-10", "trial", 10)
                        .fact("event", "2026-01-10T10:00:00Z", "trial", "tim", "login", 64)
                        .cohortBy(
                                "tried",
                                "exists(survey where account.is_test) over last 12 months"),
                ask("sum(event : amount)").cohort("tried"),
                "64");
    }

    @Test
    default void days_of_a_rule_are_those_of_its_window_before_the_instant() {
        // In January acme is there on two days, bolt twice on one; in February each on one.
        var world =
                answers()
                        .fact("event", "2026-01-20T10:00:00Z", "acme", "ann", "login", 64)
                        .fact("event", "2026-01-10T12:00:00Z", "bolt", "bob", "login", 128)
                        .cohortBy("steady", "count(day where exists(event)) over last 28 days >= 2")
                        // Acme on the 20th, bolt from the 10th to the 20th.
                        .cohortBy(
                                "dense",
                                "count(day where count(event) over last 11 days >= 2) over last 28 days >= 2");
        String[] steady = {"2026-01-01 | 65", "2026-02-01 | 0"};
        expect(world, amounts().filter("steady", Operator.IN, "true"), steady);
        expect(world, amounts().where("account in steady"), steady);
        expect(world, amounts().cohort("steady"), steady);
        expect(world, months("sum(event where account in steady : amount)"), steady);
        expect(world, amounts().cohort("dense"), "2026-01-01 | 130", "2026-02-01 | 0");
        expect(
                world,
                months("count(event where name != 'x')").filter("steady", Operator.IN, "true"),
                "2026-01-01 | 2",
                "2026-02-01 | 0");
    }
}
