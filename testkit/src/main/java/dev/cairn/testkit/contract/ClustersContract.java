package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/**
 * How far a value may be off whose rows vary together by account ({@code cluster: account}). By hand with t(1) = 12.706205, t(2) = 4.302653, t(3) = 3.182446 and t(4) = 2.776445: with e for the sum of w (v - m) of an
 * account, the variance is G / (G - 1) times the sum of e², through the square of the sum of w.
 */
public interface ClustersContract extends ExecutorContract {
    /** By mail acme gives 10 and 6, bolt 4, 7 and 8; on the web acme gives 5, corp 8 and 9, and 2 and 6 are of no account. */
    private static WorldBuilder surveys() {
        return World.world()
                .source(
                        source("survey")
                                .timestamp("answered")
                                .account("customer")
                                .text("way")
                                .decimal("importance")
                                .integer("score")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .member(account("corp").since("2025-01-01"))
                .fact("survey", "2026-01-05T10:00:00Z", "acme", "mail", 1, 10)
                .fact("survey", "2026-01-06T10:00:00Z", "acme", "mail", 3, 6)
                .fact("survey", "2026-01-06T11:00:00Z", "bolt", "mail", 1, 4)
                .fact("survey", "2026-01-07T10:00:00Z", "bolt", "mail", 1, 7)
                .fact("survey", "2026-01-07T11:00:00Z", "bolt", "mail", null, 8)
                .fact("survey", "2026-01-07T12:00:00Z", "bolt", "mail", 1, null)
                .fact("survey", "2026-01-08T12:00:00Z", "acme", "web", null, 5)
                .fact("survey", "2026-01-08T13:00:00Z", "corp", "web", null, 8)
                .fact("survey", "2026-01-08T14:00:00Z", "corp", "web", null, 9)
                .fact("survey", "2026-01-08T15:00:00Z", null, "web", null, 2)
                .fact("survey", "2026-01-08T16:00:00Z", null, "web", null, 6);
    }

    private void expectByAccount(String formula, String row) {
        assertThat(
                        rowsWithUncertainty(
                                surveys().metricByAccount("told", formula),
                                ask("told").where("survey.way = 'mail'")))
                .as(formula)
                .containsExactly(row);
    }

    /** The mean is 7; acme is 3 - 1 off, bolt -3 + 0 + 1: 2 * (4 + 4) / 25 is 0.64. As independent rows it would be 20 / 4 / 5, of which 5 / 0.64 are as sure. */
    @Test
    default void rows_of_one_account_are_off_together() {
        expectByAccount(
                "avg(survey : score)", "7 (CLUSTERED -3.16496..17.165, error 0.8, n 7.8125)");
        expectByAccount(
                "round(10 - avg(survey : score) / 2)",
                "7 (CLUSTERED 1.41752..11.5825, error 0.4, n 7.8125)");
        assertThat(rowsWithUncertainty(surveys(), ask("avg(survey where way = 'mail' : score)")))
                .containsExactly("7 (STUDENT 4.22355..9.77645, error 1, n 5)");
    }

    /** Three of five are 7 or more: acme is 0.4 - 0.6 off, bolt -0.6 + 0.4 + 0.4: 2 * (0.04 + 0.04) / 25 is 0.08². It reaches no further than 0 and 1. Of independent rows 0.24 / 0.0064 are as sure. */
    @Test
    default void a_share_stays_a_share() {
        expectByAccount(
                "share(survey where score is not none : score >= 7)",
                "0.6 (CLUSTERED 0..1, error 0.08, n 37.5)");
        expectByAccount(
                "100 - 100 * share(survey where score is not none : score >= 7)",
                "40 (CLUSTERED 0..100, error 8, n 37.5)");
    }

    /** Each row is its score, and five more from 7: 15 and 6, 4, 12 and 13, the mean 10. acme is 5 - 4 off, bolt -6 + 2 + 3: 2 * (1 + 1) / 25 is 0.16; 90 / 4 / 0.16. */
    @Test
    default void a_sum_over_the_same_rows_is_the_mean_of_one_value_of_each() {
        expectByAccount(
                "avg(survey : score) + 5 * share(survey where score is not none : score >= 7)",
                "10 (CLUSTERED 4.91752..15.0825, error 0.4, n 140.625)");
    }

    /**
     * 10 and 4 weigh 1, 6 weighs 3: 32 / 5 is 6.4. acme is 3.6 - 3 * 0.4 off, bolt -2.4: 2 * (5.76 + 5.76) / 25 is 0.96². Independent rows differ by 5 / (25 - 11) * 19.2: through 0.9216.
     */
    @Test
    default void weighted_rows_are_off_by_their_weight() {
        expectByAccount(
                "avg(survey where score != 7 weight importance : score)",
                "6.4 (CLUSTERED -5.79796..18.598, error 0.96, n 7.44048)");
    }

    /**
     * On the web the mean is 6; acme is -1 off, corp 2 + 3, those of no account, together, -4 + 0: 3 / 2 * (1 + 25 + 16) / 25 is 2.52. In all it is 6.5; acme is 3.5 - 0.5 - 1.5 off, bolt -2.5 + 0.5 + 1.5, corp
     * 1.5 + 2.5, those of none -4.5 - 0.5: 4 / 3 * (2.25 + 0.25 + 16 + 25) / 100 is 0.58. As sure as 30 / 4 / 2.52 and 52.5 / 9 / 0.58.
     */
    @Test
    default void groups_and_totals_have_accounts_of_their_own() {
        assertThat(
                        rowsWithUncertainty(
                                surveys().metricByAccount("told", "avg(survey : score)"),
                                ask("told").by("survey.way").totals()))
                .containsExactly(
                        "mail | 7 (CLUSTERED -3.16496..17.165, error 0.8, n 7.8125)",
                        "web | 6 (CLUSTERED -0.830249..12.8302, error 1.58745, n 2.97619)",
                        "total | 6.5 (CLUSTERED 4.07632..8.92368, error 0.761577, n 10.0575)");
    }

    /** Of acme, bolt and corp 3, 4 and 2 surveys: the mean 3, the squares of what they are off 2; 3 / 2 * 2 / 9 is 1 / 3. */
    @Test
    default void accounts_are_each_on_their_own() {
        assertThat(
                        rowsWithUncertainty(
                                surveys().metricByAccount("told", "avg(account : count(survey))"),
                                ask("told")))
                .containsExactly("3 (CLUSTERED 0.515862..5.48414, error 0.57735, n 3)");
    }

    /** All of bolt, or acme's 10 and 6 beside bolt's 8: the mean 8 is what each has. */
    @Test
    default void too_few_accounts_say_nothing_of_how_they_differ() {
        expectByAccount("avg(survey where account = 'acme' : score)", "8 (TOO_FEW_CLUSTERS)");
        expectByAccount(
                "avg(survey where account = 'acme' or score = 8 : score)", "8 (TOO_FEW_CLUSTERS)");
        expectByAccount("avg(survey where score = 1 : score)", "NO_DATA (NO_VALUE)");
    }

    @Test
    default void what_else_has_no_error_says_why() {
        expectByAccount("median(survey : score)", "7 (CLUSTERED)");
        expectByAccount(
                "avg(survey : score) - avg(survey where score > 5 : score)", "-0.75 (CLUSTERED)");
        expectByAccount("count(survey)", "6 (NOT_A_MEAN)");
    }

    /** What is named by a formula is what it is alone: twice 7 with twice its error. */
    @Test
    default void formulas_that_name_a_metric_take_its_rows_as_it_does() {
        var world =
                surveys()
                        .metricByAccount("told", "avg(survey where way = 'mail' : score)")
                        .metric("twice", "2 * told");
        var twice = "14 (CLUSTERED -6.32993..34.3299, error 1.6, n 7.8125)";
        assertThat(
                        rowsWithUncertainty(
                                world,
                                ask(
                                        "twice",
                                        "2 * told",
                                        "2 * avg(survey where way = 'mail' : score)")))
                .containsExactly(
                        twice + " | " + twice + " | 14 (STUDENT 8.44711..19.5529, error 2, n 5)");
    }
}
