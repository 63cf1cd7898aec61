package dev.cairn.domain.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BridgeTest {
    @Test
    void it_stands_for_formulas_of_the_language() {
        assertThat(Shapes.formulas(new Bridge(Shapes.MONTHS, "mrr", null, null, "had").asked()))
                .containsExactly(
                        "start = sum(account : prior(coalesce((mrr), 0)))",
                        "new = sum(account where prior(coalesce((mrr), 0)) = 0 and coalesce((mrr), 0) > 0 and not coalesce((had), false) : coalesce((mrr), 0))",
                        "expansion = sum(account where prior(coalesce((mrr), 0)) > 0 and coalesce((mrr), 0) > prior(coalesce((mrr), 0)) : coalesce((mrr), 0) - prior(coalesce((mrr), 0)))",
                        "contraction = sum(account where coalesce((mrr), 0) > 0 and coalesce((mrr), 0) < prior(coalesce((mrr), 0)) : prior(coalesce((mrr), 0)) - coalesce((mrr), 0))",
                        "churn = sum(account where prior(coalesce((mrr), 0)) > 0 and coalesce((mrr), 0) = 0 : prior(coalesce((mrr), 0)))",
                        "reactivation = sum(account where prior(coalesce((mrr), 0)) = 0 and coalesce((mrr), 0) > 0 and coalesce((had), false) : coalesce((mrr), 0))",
                        "fx = sum(account : coalesce((mrr), 0) - coalesce((mrr), 0))",
                        "end = sum(account : coalesce((mrr), 0))");
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(
                        Shapes.told(
                                new Bridge(
                                                Shapes.MONTHS,
                                                "sum(subscription at end : mrr",
                                                "mrr_start +",
                                                "* 2",
                                                "not")
                                        .asked()))
                .satisfies(told ->
                        assertThat(told.lines().map(line -> line.split(":")[0]))
                                .containsExactly(
                                        "SYNTAX stock 1",
                                        "SYNTAX opening 1",
                                        "SYNTAX atOpeningRates 1",
                                        "SYNTAX before 1"));
    }

    @Test
    void a_stock_of_the_period_before_names_no_attribute() {
        assertThat(
                        Shapes.told(
                                new Bridge(
                                                Shapes.MONTHS,
                                                "case when account.plan = 'pro' then mrr end",
                                                null,
                                                null,
                                                "had")
                                        .asked()))
                .startsWith("INCOMPATIBLE stock 0:0 'account.plan' does not move with the period");
        assertThat(
                        Shapes.told(
                                new Bridge(
                                                Shapes.MONTHS,
                                                "case when account.plan = 'pro' then mrr end",
                                                "mrr_start",
                                                null,
                                                "had")
                                        .asked()))
                .isEmpty();
    }
}
