package dev.cairn.domain.check;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.check.WrittenOut.Named;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.model.Parameter;
import dev.cairn.domain.plan.Output;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WrittenOutTest {
    private static CatalogBuilder catalog() {
        return shop().metric("ratio", "revenue / events")
                .metric("mean", "let each = nps_score, twice = 2 * each in twice - each + events")
                .metric("captured", "let amount = 3, small = 5 in amount * revenue_of_many + small")
                .metric(
                        "revenue_of_many",
                        "let small = 100 in sum(invoice where amount > small : amount)")
                .metric("busy", Level.ACCOUNT, RollUp.SHARE, "usage > 3")
                .metric("users", "actions + usage")
                .metric("high", "share(promoter where promoter.score > 9 : score > 9)")
                .metric("often", "frequent(goal: 9) - frequent")
                .metric(
                        "recent",
                        "count(event) over last length days",
                        new Parameter("length", DataType.INTEGER, "28"))
                .metric("lately", "recent(length: 30)")
                .metric("pilots_only", "count(account where account in pilots and usage > 2)")
                .rule("large", "account in big and usage over last 28 days > 10")
                .metric("large_share", "share(account : account in large)");
    }

    private static WrittenOut writtenOut(CatalogBuilder builder, String metric) {
        var catalog = builder.build();
        return WrittenOut.of(catalog.entry(metric).orElseThrow(), catalog);
    }

    private static String formulaOf(String metric) {
        return writtenOut(catalog(), metric).formula();
    }

    @Test
    void metrics_stand_in_the_place_of_their_names() {
        assertThat(formulaOf("ratio")).isEqualTo("sum(invoice : amount) / count(event)");
    }

    @Test
    void a_metric_that_asks_for_observations_keeps_its_name() {
        var rated =
                CatalogBuilder.metricOf("rated", Level.CELL, null, "avg(nps.score)")
                        .with(new Metric.Sample(30));
        var catalog = shop().define(rated).metric("gap", "10 - rated");
        assertThat(writtenOut(catalog, "gap").formula()).isEqualTo("10 - rated");
        assertThat(writtenOut(catalog, "gap").named())
                .extracting(Named::name)
                .containsExactly("rated");
    }

    @Test
    void slices_become_conditions_on_their_source_the_outermost_first() {
        assertThat(formulaOf("high"))
                .isEqualTo(
                        "share(survey where kind = 'nps' and score is not none and score >= 9 and survey.score > 9 : score > 9)");
    }

    @Test
    void names_of_let_are_put_in_place_so_none_can_catch_another() {
        assertThat(formulaOf("captured"))
                .isEqualTo("3 * sum(invoice where amount > 100 : amount) + 5");
    }

    @Test
    void a_metric_of_members_is_rolled_up_where_one_value_of_all_is_meant() {
        assertThat(formulaOf("users"))
                .isEqualTo("median(user : count(event)) + avg(account : count(event))");
        assertThat(formulaOf("pilots_only"))
                .isEqualTo("count(account where account in pilots and count(event) > 2)");
    }

    @Test
    void parameters_have_the_value_that_is_given_or_their_default() {
        assertThat(formulaOf("often"))
                .isEqualTo(
                        "count(event where seconds > 9 and happened + 7 days < @2027-01-01) - count(event where seconds > 4 and happened + 7 days < @2027-01-01)");
        assertThat(formulaOf("lately")).isEqualTo("count(event) over last 30 days");
    }

    @Test
    void cohorts_stay_named_and_are_told_with_those_they_name() {
        assertThat(writtenOut(catalog(), "large_share"))
                .isEqualTo(
                        new WrittenOut(
                                "share(account : account in large)",
                                List.of(
                                        new Named(
                                                "large",
                                                "cohort",
                                                "account in big and count(event) over last 28 days > 10"),
                                        new Named("big", "cohort", "seats >= 100"))));
        assertThat(writtenOut(catalog(), "pilots_only").named())
                .containsExactly(new Named("pilots", "cohort", "2 accounts"));
    }

    @Test
    void a_metric_that_has_no_value_over_nothing_stays_named_where_the_other_has_0() {
        var strict =
                shop().metricEmptyIsNone("certain", "count(event)")
                        .metric("both", "certain + revenue");

        assertThat(writtenOut(strict, "both"))
                .isEqualTo(
                        new WrittenOut(
                                "certain + sum(invoice : amount)",
                                List.of(new Named("certain", "metric", "count(event)"))));
    }

    @Test
    void metrics_that_double_with_each_stay_named_in_the_end() {
        var doubling = shop().metric("m0", "count(event)");
        for (int at = 1; at <= 40; at++) {
            doubling = doubling.metric("m" + at, "m%1$d + m%1$d".formatted(at - 1));
        }
        var written = writtenOut(doubling, "m40");

        assertThat(written.formula().length()).isLessThan(20_000);
        assertThat(written.named()).contains(new Named("m38", "metric", "m37 + m37"));
    }

    static List<String> metrics() {
        return catalog().build().all(Metric.class).stream()
                .filter(metric -> metric.level() == Level.CELL || metric.rollUp() != null)
                .map(Metric::name)
                .toList();
    }

    /** Shares nothing with the writing: the planner reads both. */
    @ParameterizedTest
    @MethodSource("metrics")
    void asked_as_a_question_it_has_the_same_plan(String metric) {
        var named = ask(metric).planned(catalog());
        var written = formula(writtenForCell(metric)).planned(catalog());

        assertThat(written.cells()).isEqualTo(named.cells());
        assertThat(written.outputs().stream().map(WrittenOutTest::plain).toList())
                .isEqualTo(named.outputs().stream().map(WrittenOutTest::plain).toList());
    }

    /** A metric of members is rolled up where a cell asks for it. */
    private static String writtenForCell(String metric) {
        return formulaOf(catalog().metric("asked", metric), "asked");
    }

    private static String formulaOf(CatalogBuilder builder, String metric) {
        return writtenOut(builder, metric).formula();
    }

    private static Expr plain(Output output) {
        return plain(output.value());
    }

    /** What is named twice is kept once. */
    private static Expr plain(Expr expr) {
        return expr instanceof Expr.Common common
                ? plain(common.value())
                : Exprs.withOperands(expr, WrittenOutTest::plain);
    }
}
