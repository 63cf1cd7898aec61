package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How far a value may be off. By hand with t(9) = 2.262157, t(3) = 3.182446, t(2) = 4.302653 and t(1) = 12.706205 of published tables of Student's distribution, and z = 1.959964.
 */
public interface UncertaintyContract extends ExecutorContract {
    /** What NPS is of each row. */
    String NPS =
            "100 * (share(survey where score is not none : score >= 9) - share(survey where score is not none : score <= 6))";

    /** Ten scores: five from 9, two between, three up to 6. Four have weights, 1, 1, 1 and 3, which say as much as (6 * 6) / 12 = 3 equal ones. */
    private static WorldBuilder surveys() {
        return World.world()
                .source(
                        source("survey")
                                .timestamp("answered")
                                .account("customer")
                                .decimal("importance")
                                .integer("score")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .fact("survey", "2026-01-05T10:00:00Z", "acme", 1, 10)
                .fact("survey", "2026-01-06T10:00:00Z", "acme", 1, 10)
                .fact("survey", "2026-01-06T11:00:00Z", "acme", 1, 0)
                .fact("survey", "2026-01-07T10:00:00Z", "acme", 3, 9)
                .fact("survey", "2026-01-07T11:00:00Z", "bolt", null, 9)
                .fact("survey", "2026-01-07T12:00:00Z", "bolt", null, 9)
                .fact("survey", "2026-01-07T13:00:00Z", "bolt", null, 7)
                .fact("survey", "2026-01-07T14:00:00Z", "bolt", null, 8)
                .fact("survey", "2026-01-07T15:00:00Z", "bolt", null, 6)
                .fact("survey", "2026-01-07T16:00:00Z", "bolt", null, 3)
                .fact("survey", "2026-01-07T17:00:00Z", "bolt", null, null)
                .metric("promoters", "share(survey where score is not none : score >= 9)")
                .metric("detractors", "share(survey where score is not none : score <= 6)")
                .metric("survey_nps", "100 * (promoters - detractors)");
    }

    private void expectUncertain(Question question, String... rows) {
        assertThat(rowsWithUncertainty(surveys(), question)).containsExactly(rows);
    }

    private void expectUncertain(String formula, String row) {
        assertThat(rowsWithUncertainty(surveys(), ask(formula))).as(formula).containsExactly(row);
    }

    /** 5 of 10: the square root of 0.25 / 10. */
    @Test
    default void a_share_has_the_interval_of_wilson() {
        expectUncertain(
                "share(survey where score is not none : score >= 9)",
                "0.5 (WILSON 0.236593..0.763407, error 0.158114, n 10)");
        expectUncertain(
                "100 - 100 * promoters", "50 (WILSON 23.6593..76.3407, error 15.8114, n 10)");
        expectUncertain(
                "share(survey where account = 'acme' and score > 3 : score < 3)",
                "0 (WILSON 0..0.561497, error 0, n 3)");
    }

    /** The mean of the ten is 7.1, the sum of their squared distances from it 96.9, the variance 96.9 / 9. */
    @Test
    default void an_average_has_the_interval_of_student() {
        expectUncertain(
                "avg(survey : score)", "7.1 (STUDENT 4.75273..9.44727, error 1.03763, n 10)");
        expectUncertain(
                "10 - avg(survey : score) / 2",
                "6.45 (STUDENT 5.27636..7.62364, error 0.518813, n 10)");
    }

    /** Each row is 100, 0 or -100, the mean 20: (5 * 80² + 2 * 20² + 3 * 120²) / 9 is the variance. */
    @Test
    default void nps_is_the_mean_of_one_value_of_each_row() {
        String nps = "20 (STUDENT -45.7368..85.7368, error 29.0593, n 10)";
        expectUncertain(NPS, nps);
        expectUncertain("survey_nps", nps);
        expectUncertain("round(survey_nps)", nps);
        expectUncertain(
                "let p = share(survey where score is not none : score >= 9), d = detractors in 100 * p - d * 50 - d * 50",
                nps);
        expectUncertain(
                "avg(survey where score is not none : case when score >= 9 then 100 when score <= 6 then -100 else 0 end)",
                nps);
    }

    /** Both have a value where there is a score. */
    @Test
    default void a_sum_of_a_share_and_an_average_is_of_the_rows_that_have_both() {
        // Each row is its score, and ten more from 9: 20, 20, 19, 19, 19, 7, 8, 6, 3 and 0.
        expectUncertain(
                "avg(survey : score) + 10 * promoters",
                "12.1 (STUDENT 6.37268..17.8273, error 2.5318, n 10)");
    }

    /** 0, 3, 6, 7, 8, 9, 9, 9, 10 and 10: of ten the second and the ninth, as at most one of ten is below the median in 11 of 1024 samples, and at most two in 56. */
    @Test
    default void a_median_is_between_two_of_its_values_by_their_ranks() {
        expectUncertain("median(survey : score)", "8.5 (ORDER_STATISTICS 3..10, n 10)");
        expectUncertain("p50_disc(survey : score)", "8 (ORDER_STATISTICS 3..10, n 10)");
        expectUncertain(
                "round(10 - median(survey : score) / 2)", "6 (ORDER_STATISTICS 5..8.5, n 10)");
        expectUncertain(
                ask("median(survey : score)").by("account").totals(),
                "acme | 9.5 (TOO_FEW_ROWS, n 4)",
                "bolt | 7.5 (ORDER_STATISTICS 3..9, n 6)",
                "total | 8.5 (ORDER_STATISTICS 3..10, n 10)");
        expectUncertain("p75(survey : score)", "9 (TOO_FEW_ROWS, n 10)");
        expectUncertain("p50_disc(survey weight importance : score)", "9 (WEIGHTED_RANKS)");
    }

    /** Of 40 values the 32nd and the greatest are around the ninth decile, and as far from the other end the least and the 9th around the first. */
    @Test
    default void a_percentile_is_nearer_to_the_end_it_is_at() {
        var world = events();
        for (int amount = 1; amount <= 40; amount++) {
            world.fact("event", "2026-01-05T10:00:00Z", "acme", null, "sale", 41 - amount);
        }
        assertThat(
                        rowsWithUncertainty(
                                world,
                                ask(
                                        "p90(event : amount)",
                                        "p10(event : amount)",
                                        "p90_disc(event : amount)")))
                .containsExactly(
                        "36.1 (ORDER_STATISTICS 32..40, n 40) | 4.9 (ORDER_STATISTICS 1..9, n 40) | 36 (ORDER_STATISTICS 32..40, n 40)");
    }

    /** Rounded for people, the value is not what the interval is around. */
    @Test
    default void an_interval_is_not_rounded() {
        expectUncertain(
                "round(avg(survey : score))", "7 (STUDENT 4.75273..9.44727, error 1.03763, n 10)");
    }

    /** Three times 100 and -100, which weigh 5 and 1: the mean is 400 / 6, weighted squares of distances sum to 100000 / 3, the variance is 6 / (36 - 12) of it. */
    @Test
    default void weighted_rows_count_as_kish_says() {
        expectUncertain(
                "100 * (share(survey where score is not none weight importance : score >= 9) - share(survey where score is not none weight importance : score <= 6))",
                "66.6666666667 (STUDENT -160.103..293.436, error 52.7046, n 3)");
        expectUncertain(
                "avg(survey weight importance : score)",
                "7.83333333333 (STUDENT -2.91134..18.578, error 2.49722, n 3)");
        expectUncertain(
                "share(survey where score is not none weight importance : score >= 9)",
                "0.833333333333 (WILSON 0.309988..0.982347, error 0.215166, n 3)");
    }

    /** acme has 10, 10, 0 and 9. */
    @Test
    default void groups_buckets_and_totals_have_samples_of_their_own() {
        expectUncertain(
                ask("survey_nps").by("account").grain(Grain.MONTH).totals(),
                "2026-01-01 | acme | 50 (STUDENT -109.122..209.122, error 50, n 4)",
                "2026-01-01 | bolt | 0 (STUDENT -93.8644..93.8644, error 36.5148, n 6)",
                "2026-01-01 | total | 20 (STUDENT -45.7368..85.7368, error 29.0593, n 10)",
                "all | acme | 50 (STUDENT -109.122..209.122, error 50, n 4)",
                "all | bolt | 0 (STUDENT -93.8644..93.8644, error 36.5148, n 6)",
                "all | total | 20 (STUDENT -45.7368..85.7368, error 29.0593, n 10)");
    }

    /** Four and seven surveys: the mean 5.5, the variance 4.5. */
    @Test
    default void members_are_rows_too() {
        expectUncertain(
                "avg(account : count(survey))", "5.5 (STUDENT -13.5593..24.5593, error 1.5, n 2)");
    }

    /** acme's 10, 10, 0 and 9 are 7.25 on average, with 70.75 / (3 * 4) for the variance of the mean; bolt's 9, 9, 7, 8, 6 and 3 are 7, with 26 / (5 * 6). Nothing is of both. */
    @Test
    default void means_of_rows_that_share_none_vary_each_for_itself() {
        expectUncertain(
                "avg(survey where account = 'acme' : score) - avg(survey where account = 'bolt' : score)",
                "0.25 (STUDENT -8.02589..8.52589, error 2.60048)");
    }

    /**
     * All ten have 96.9 / (9 * 10). With acme's, which are among them, they have 70.75 in common, through the root of 4 * 3 * 10 * 9, taken away twice. Three of acme's four are 9 or more, 0.75 / 12; three
     * of all ten 6 or less, 2.1 / 90; in common they have three times 0.25 * -0.3 and once -0.75 * 0.7, -0.75 in all.
     */
    @Test
    default void means_of_rows_that_share_some_vary_together() {
        expectUncertain(
                "avg(survey where account = 'acme' : score) - avg(survey : score)",
                "0.15 (STUDENT -5.04704..5.34704, error 1.63303)");
        expectUncertain(
                "share(survey where score is not none and account = 'acme' : score >= 9) - detractors",
                "0.45 (STUDENT -0.703947..1.60395, error 0.362597)");
    }

    @Test
    default void what_has_no_interval_says_why() {
        expectUncertain("count(survey)", "11 (NOT_A_MEAN)");
        expectUncertain("sum(survey : score) / count(survey)", "6.45454545455 (NOT_A_MEAN)");
        expectUncertain("coalesce(avg(survey : score), 0)", "7.1 (NOT_A_MEAN)");
        expectUncertain("promoters * detractors", "0.15 (NOT_A_MEAN)");
        expectUncertain("1 / promoters", "2 (NOT_A_MEAN)");
        expectUncertain(
                "stddev(survey where account = 'acme' : score)", "4.85626742811 (NOT_A_MEAN)");
        expectUncertain(
                "avg(survey where account = 'acme' : score) - avg(survey where score = 3 : score)",
                "4.25 (TOO_FEW_ROWS)");
        expectUncertain(
                "avg(survey : score) - prior(avg(survey : score), 7 days)", "0 (DIFFERENT_ROWS)");
        expectUncertain(
                "promoters - avg(survey weight importance : score)",
                "-7.33333333333 (DIFFERENT_ROWS)");
        expectUncertain("median(survey : score) - avg(survey : score)", "1.4 (NOT_A_MEAN)");
        expectUncertain("median(day : count(survey))", "0 (UNITS_OF_TIME)");
        expectUncertain("avg(day : count(survey))", "0.354838709677 (UNITS_OF_TIME)");
        expectUncertain("avg(survey where score = 3 : score)", "3 (TOO_FEW_ROWS, n 1)");
        expectUncertain("avg(survey where score = 4 : score)", "NO_DATA (NO_VALUE)");
    }

    /** Each of 1, 1, 1 and 3 that weighs something (acme), then the others (bolt): from 50, error 50, to 0, error 36.5148. The difference has the error 61.9139. */
    @Test
    default void what_is_compared_says_how_sure_it_is_to_differ() {
        var question =
                ask("survey_nps", "round(survey_nps / 7)", "promoters", "count(survey)")
                        .betweenInstants("2026-01-07T11:00:00Z", "2026-01-07T18:00:00Z")
                        .comparedTo(
                                new Comparison.Other(
                                        new AskedRange.BetweenInstants(
                                                Instant.parse("2026-01-05T00:00:00Z"),
                                                Instant.parse("2026-01-07T11:00:00Z"))))
                        .withUncertainty();
        var changes =
                result(surveys(), question).rows().getFirst().cells().stream()
                        .map(cell -> ((Cell.Value) cell).value().uncertainty())
                        .map(UncertaintyContract::change)
                        .toList();

        // -50 through 61.9139, and the chance of it; 2 of 6 and 3 of 4: -5 / 12 through the root of
        // 5 / 10 * 5 / 10 * (1 / 6 + 1 / 4).
        assertThat(changes)
                .containsExactly(
                        "-0.807573 0.419337",
                        "none",
                        "-0.807573 0.419337",
                        "none",
                        "-1.29099 0.196706",
                        "none",
                        "none",
                        "none");
    }

    private static String change(@Nullable Uncertainty uncertainty) {
        return uncertainty == null || uncertainty.change() == null
                ? "none"
                : Lines.sixDigits(uncertainty.change().z())
                        + " "
                        + Lines.sixDigits(uncertainty.change().p());
    }

    @Test
    default void nobody_who_does_not_ask_is_told() {
        var world = surveys().build();
        var question = ask("survey_nps");
        var plan = question.plan(world.catalog());
        assertThat(Lines.withUncertainty(answer(world, plan), plan, question.query()))
                .containsExactly("20 (not asked)");
        assertThat(plan.leaves()).hasSize(3);
    }
}
