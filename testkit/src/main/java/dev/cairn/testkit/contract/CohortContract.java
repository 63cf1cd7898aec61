package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cohort is a set of accounts: every face of it gives one answer. */
public interface CohortContract extends ExecutorContract {
    /**
     * Acme is in {@code large} and in {@code listed}; bolt is not; for cord the rule is empty, so it is not; and there are facts of no account. Their amounts
     * are 1, 2, 4 and 8.
     */
    private WorldBuilder inAndOut() {
        var world =
                events().member(account("acme").since("2025-01-01").with("seats", 10))
                        .member(account("bolt").since("2025-01-01").with("seats", 5))
                        .member(account("cord").since("2025-01-01"))
                        .cohortBy("large", "seats >= 6")
                        .cohortOf("listed", "acme", "nobody")
                        .cohortBy("small", "not (account in large)");
        int amount = 1;
        for (String key : Arrays.asList("acme", "bolt", "cord", null)) {
            world.fact("event", "2026-01-05T10:00:00Z", key, "ann", "login", amount);
            amount = amount * 2;
        }
        return world;
    }

    private static Question amounts() {
        return ask("sum(event : amount)");
    }

    private static Filter isIn(String cohort, String value) {
        return new Filter.Where(cohort, Operator.IN, List.of(value));
    }

    @Test
    default void cohort_as_a_key_has_accounts_in_it_accounts_outside_and_no_account() {
        for (String cohort : List.of("large", "listed")) {
            for (String key : List.of(cohort, "(account in %s) as is_in".formatted(cohort))) {
                expect(inAndOut(), amounts().by(key), "false | 6", "true | 1", "no account | 8");
            }
        }
        expect(inAndOut(), amounts().by("small"), "false | 1", "true | 6", "no account | 8");
        expect(
                inAndOut(),
                amounts().by("(account not in large) as is_out"),
                "false | 1",
                "true | 6",
                "no account | 8");
    }

    @Test
    default void cohort_in_a_built_filter_has_the_same_accounts() {
        for (String cohort : List.of("large", "listed")) {
            expect(inAndOut(), amounts().filter(cohort, Operator.IN, "true"), "1");
            expect(inAndOut(), amounts().filter(cohort, Operator.IN, "false"), "6");
            expect(inAndOut(), amounts().filter(cohort, Operator.NOT_IN, "true"), "6");
            expect(inAndOut(), amounts().filter(cohort, Operator.NOT_IN, "false"), "1");
            expect(inAndOut(), amounts().filter(new Filter.Not(isIn(cohort, "true"))), "6");
            expect(inAndOut(), amounts().filter(new Filter.Not(isIn(cohort, "false"))), "1");
            expect(inAndOut(), amounts().filter(cohort, Operator.IS_NULL), "8");
            expect(inAndOut(), amounts().filter(cohort, Operator.IS_NOT_NULL), "7");
        }
    }

    @Test
    default void negated_alternatives_with_a_cohort_keep_no_facts_of_no_account() {
        var acme = new Filter.Where("event.amount", Operator.IN, List.of("2"));
        var either = new Filter.Any(List.of(isIn("large", "true"), acme));
        expect(inAndOut(), amounts().filter(new Filter.Not(either)), "4");
    }

    @Test
    default void cohort_in_a_written_filter_has_the_same_accounts() {
        for (String cohort : List.of("large", "listed")) {
            expect(inAndOut(), amounts().where("account in " + cohort), "1");
            expect(inAndOut(), amounts().where("account not in " + cohort), "6");
            expect(inAndOut(), amounts().where("not (account in %s)".formatted(cohort)), "6");
            expect(inAndOut(), amounts().where("(account in %s) is none".formatted(cohort)), "8");
            expect(inAndOut(), amounts().where("account is none"), "8");
        }
    }

    @Test
    default void cohort_of_a_question_has_the_same_accounts() {
        expect(inAndOut(), amounts().cohort("large"), "1");
        expect(inAndOut(), amounts().cohort("listed"), "1");
        expect(inAndOut(), amounts().cohort("small"), "6");
        expect(inAndOut(), amounts().cohortBy("seats >= 6"), "1");
        expect(inAndOut(), amounts().cohortBy("account not in large"), "6");
        expect(inAndOut(), amounts().cohortBy("not (account in listed)"), "6");
    }

    @Test
    default void cohort_in_a_formula_has_the_same_accounts() {
        for (String cohort : List.of("large", "listed")) {
            expect(
                    inAndOut(),
                    ask(
                            "sum(event where account in %s : amount)".formatted(cohort),
                            "sum(event where account not in %s : amount)".formatted(cohort),
                            "sum(event where not (account in %s) : amount)".formatted(cohort),
                            "sum(event where (account in %s) is none : amount)".formatted(cohort),
                            "sum(event : case when account in %s then 100 else 1 end)"
                                    .formatted(cohort)),
                    "1 | 6 | 6 | 8 | 103");
        }
    }

    @Test
    default void members_are_in_a_cohort_or_not() {
        for (String cohort : List.of("large", "listed")) {
            expect(
                    inAndOut(),
                    ask(
                            "count(account where account in %s)".formatted(cohort),
                            "count(account where account not in %s)".formatted(cohort),
                            "count(account where not (account in %s))".formatted(cohort),
                            "share(account : account in %s)".formatted(cohort),
                            "count(user where account in %s)".formatted(cohort),
                            "count(user where account not in %s)".formatted(cohort),
                            "count(user where (account in %s) is none)".formatted(cohort)),
                    "1 | 2 | 2 | 0.333333333333 | 1 | 2 | 1");
        }
    }

    @Test
    default void share_of_a_cohort_needs_no_word_about_emptiness_where_there_is_an_account() {
        expect(
                inAndOut(),
                ask("share(event where account is not none : account in large)"),
                "0.333333333333");
    }

    @Test
    default void metric_of_an_account_may_ask_for_a_cohort() {
        expect(
                inAndOut()
                        .metric(
                                "outside",
                                Level.ACCOUNT,
                                RollUp.SHARE,
                                "account not in large",
                                false)
                        .metric(
                                "outside_amount",
                                Level.ACCOUNT,
                                RollUp.SUM,
                                "sum(event where not (account in large) : amount)",
                                false),
                askMetrics("outside", "outside_amount"),
                "0.666666666667 | 6");
    }

    @Test
    default void cells_of_a_cohort_are_kept_by_their_values() {
        expect(
                inAndOut(),
                ask("count(event where not (account in large))")
                        .by("account")
                        .having("m1", Operator.GT, "0"),
                "bolt | 1",
                "cord | 1");
    }

    @Test
    default void rule_that_holds_of_nothing_known_takes_no_facts_of_no_account() {
        for (String rule : List.of("seats is none", "1 = 1", "coalesce(seats, 0) < 100")) {
            var world = inAndOut().cohortBy("ruled", rule);
            String outside = rule.equals("seats is none") ? "3" : "0";
            String inside = rule.equals("seats is none") ? "4" : "7";
            expect(world, amounts().cohort("ruled"), inside);
            expect(world, amounts().where("account not in ruled"), outside);
            expect(world, amounts().filter("ruled", Operator.NOT_IN, "true"), outside);
            expect(world, amounts().scope(rule), inside);
        }
    }
}
