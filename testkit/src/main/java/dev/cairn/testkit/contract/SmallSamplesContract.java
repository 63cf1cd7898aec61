package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** A metric with {@code minSample} has no value in cells of fewer observations. */
public interface SmallSamplesContract extends ExecutorContract {
    /** In January acme has 9, 6, 3 and one without a score, bolt 10 and 2; in February acme has 8; cord has none. */
    private static WorldBuilder surveys() {
        return World.world()
                .source(
                        source("survey")
                                .timestamp("answered")
                                .account("customer")
                                .integer("score")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .member(account("cord").since("2025-01-01"))
                .fact("survey", "2026-01-05T10:00:00Z", "acme", 9)
                .fact("survey", "2026-01-06T10:00:00Z", "acme", 6)
                .fact("survey", "2026-01-07T10:00:00Z", "acme", 3)
                .fact("survey", "2026-01-08T10:00:00Z", "acme", null)
                .fact("survey", "2026-01-09T10:00:00Z", "bolt", 10)
                .fact("survey", "2026-01-10T10:00:00Z", "bolt", 2)
                .fact("survey", "2026-02-05T10:00:00Z", "acme", 8)
                .metric("rating", 3, "avg(survey : score)")
                .metric("response_rate", 4, "share(survey : score is not none)")
                .metric("answers", 3, "count(survey where score is not none)")
                .metric("surveys_each", Level.ACCOUNT, RollUp.AVG, 3, "count(survey)")
                .metric("surveys_each_of_four", Level.ACCOUNT, RollUp.AVG, 4, "count(survey)")
                .metric(
                        "warmth",
                        3,
                        "weighted(mean 1 : scale(avg(survey : score), 0 to 10), best 1 : scale(max(survey : score), 0 to 10))");
    }

    private void expectSamples(Question question, String... rows) {
        assertThat(rowsWithParts(surveys(), question)).containsExactly(rows);
    }

    /** acme has 3 scores in 4 surveys, bolt 2 in 2; both together 5 in 6, and (9 + 6 + 3 + 10 + 2) / 5 = 6. */
    @Test
    default void a_cell_of_fewer_observations_than_its_metric_asks_for_has_no_value() {
        expectSamples(
                askMetrics("rating", "response_rate").by("account").totals(),
                "acme | 6 (n 3) | 0.75 (3/4, n 4)",
                "bolt | INSUFFICIENT_SAMPLE (n 2) | INSUFFICIENT_SAMPLE (2/2, n 2)",
                "total | 6 (n 5) | 0.833333333333 (5/6, n 6)");
        for (var column : new String[] {"rating", "response_rate"}) {
            assertThat(rows(surveys(), askMetrics(column).by("account")).getLast())
                    .isEqualTo("bolt | INSUFFICIENT_SAMPLE");
        }
    }

    /** In February acme has one score; over both months it has (9 + 6 + 3 + 8) / 4. */
    @Test
    default void each_bucket_and_each_total_is_judged_by_its_own_rows() {
        expectSamples(
                askMetrics("rating")
                        .by("account")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals(),
                "2026-01-01 | acme | 6 (n 3)",
                "2026-01-01 | bolt | INSUFFICIENT_SAMPLE (n 2)",
                "2026-02-01 | acme | INSUFFICIENT_SAMPLE (n 1)",
                "2026-02-01 | bolt | NO_DATA (n 0)",
                "2026-01-01 | total | 6 (n 5)",
                "2026-02-01 | total | INSUFFICIENT_SAMPLE (n 1)",
                "all | acme | 6.5 (n 4)",
                "all | bolt | INSUFFICIENT_SAMPLE (n 2)",
                "all | total | 6.33333333333 (n 6)");
    }

    /** What has no value for another reason keeps it; a count over nothing is 0, and so one of too few. */
    @Test
    default void nothing_is_a_sample_too_small_where_it_has_a_value() {
        expectSamples(
                askMetrics("answers", "rating").between("2026-03-01", "2026-04-01"),
                "INSUFFICIENT_SAMPLE (n 0) | NO_DATA (n 0)");
        expectSamples(
                askMetrics("answers", "rating").between("2025-11-01", "2025-12-01"),
                "BEFORE_DATA | BEFORE_DATA");
    }

    @Test
    default void what_rests_on_too_few_is_no_value_to_having_order_and_rank() {
        var byAccount = askMetrics("rating").by("account");
        expect(surveys(), byAccount.having("rating", Operator.GTE, "0"), "acme | 6");
        expect(
                surveys(),
                byAccount.having("rating", Operator.IS_NULL),
                "bolt | INSUFFICIENT_SAMPLE");
        expect(surveys(), byAccount.orderBy("rating"), "acme | 6", "bolt | INSUFFICIENT_SAMPLE");
        expect(
                surveys(),
                ask("rank(answers)", "rank(count(survey))").by("account"),
                "acme | 1 | 1",
                "bolt | INSUFFICIENT_SAMPLE | 2");
    }

    /** Named in a formula of cells it is what it is alone; {@code coalesce} gives it a value, as it gives any that has none. */
    @Test
    default void it_is_judged_wherever_a_formula_of_cells_names_the_metric() {
        expect(
                surveys(),
                ask("10 - rating", "coalesce(rating, 0)", "avg(survey : score)").by("account"),
                "acme | 4 | 6 | 6",
                "bolt | INSUFFICIENT_SAMPLE | 0 | 6");
        expect(
                surveys(),
                ask("prior(rating)", "rating")
                        .grain(Grain.MONTH)
                        .between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 6 | INSUFFICIENT_SAMPLE",
                "2026-03-01 | INSUFFICIENT_SAMPLE | NO_DATA");
        expect(surveys(), ask("total(rating)").by("account"), "acme | 6", "bolt | 6");
    }

    /** acme's mean is 6, bolt's is 6; 3 accounts have 4, 2 and 0 surveys: 2 on average. */
    @Test
    default void of_an_account_nothing_is_asked_but_accounts_are_observations() {
        expectSamples(ask("avg(account : rating)"), "6 (n 2)");
        expectSamples(askMetrics("surveys_each"), "2 (n 3)");
        expectSamples(askMetrics("surveys_each_of_four"), "INSUFFICIENT_SAMPLE (n 3)");
    }

    /** acme's mean is 6, and its best 9: 60 / 2 and 90 / 2. */
    @Test
    default void parts_of_a_score_of_too_few_are_not_said() {
        expectSamples(
                askMetrics("warmth").by("account"),
                "acme | 75 (mean 30, best 45, n 3)",
                "bolt | INSUFFICIENT_SAMPLE (mean -, best -, n 2)");
    }
}
