package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitRulesTest {
    private static String unitOf(String formula) {
        return formula(formula).planned(shop()).outputs().getFirst().value().type().unit().word();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count(invoice)                                    | count",
                "distinct(invoice.customer)                        | count",
                "sum(invoice.amount)                               | money in EUR",
                "avg(invoice.amount)                               | money in EUR",
                "p90(invoice.amount)                               | money in EUR",
                "max(invoice.amount)                               | money in EUR",
                "-sum(invoice.amount)                              | money in EUR",
                "sum(invoice.quantity)                             | plain",
                "share(invoice : paid is none)                     | plain",
                "avg(ticket : hours(opened, solved))               | hours",
                "avg(ticket : days(opened, solved))                | days",
                "sum(invoice.amount) + 10                          | money in EUR",
                "10 + sum(invoice.amount)                          | money in EUR",
                "count(invoice) - 1                                | count",
                "sum(invoice.amount) * 2                           | money in EUR",
                "2 * sum(invoice.amount)                           | money in EUR",
                "count(invoice) * sum(invoice.amount)              | money in EUR",
                "sum(invoice.amount) / 2                           | money in EUR",
                "sum(invoice.amount) / count(invoice)              | money in EUR",
                "sum(invoice.amount) / sum(invoice.amount)         | plain",
                "count(invoice) / count(event)                     | plain",
                "count(invoice) / 2                                | count",
                "sum(invoice : amount * quantity)                  | money in EUR",
                "coalesce(avg(invoice.amount), 0)                  | money in EUR",
                "least(avg(invoice.amount), 100)                   | money in EUR",
                "round(avg(invoice.amount), 2)                     | money in EUR",
                "case when true then sum(invoice.amount) else 0 end| money in EUR",
            })
    void a_result_has_the_unit_of_what_it_is_made_of(String formula, String unit) {
        assertThat(unitOf(formula)).isEqualTo(unit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(invoice.amount) + count(invoice)",
                "count(invoice) - sum(invoice.amount)",
                "sum(invoice.amount) + sum(invoice.fee)",
                "sum(invoice.amount) * sum(invoice.amount)",
                "sum(invoice.amount) / sum(invoice.fee)",
                "sum(ticket : hours(opened, solved) + days(opened, solved))",
                "sum(invoice.amount) > count(invoice)",
                "sum(invoice.amount) is count(invoice)",
                "count(invoice where amount = fee)",
            })
    void unlike_units_are_refused(String formula) {
        assertThat(formula(formula).problem(shop()).code()).isEqualTo(ProblemCode.UNIT_MISMATCH);
    }

    @Test
    void money_and_count_are_refused_in_plain_words_at_their_place() {
        var problem = formula("sum(invoice.amount) + count(invoice)").problem(shop());
        assertThat(problem.message()).isEqualTo("'+' does not go between money in EUR and count.");
        assertThat(problem.place().column()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "case when true then sum(invoice.amount) else sum(invoice.fee) end",
                "coalesce(sum(invoice.amount), count(invoice))",
                "greatest(sum(invoice.amount), sum(invoice.fee))",
            })
    void results_of_unlike_units_are_not_of_one_type(String formula) {
        assertThat(formula(formula).problem(shop()).code()).isEqualTo(ProblemCode.TYPE_MISMATCH);
    }

    @Test
    void a_plain_number_takes_the_unit_of_what_it_is_compared_with() {
        assertThat(formula("count(invoice where amount = 0)").planned(shop()).leaves()).hasSize(1);
    }

    @Test
    void a_share_is_shown_as_a_ratio_a_count_as_a_count_and_money_with_its_currency() {
        var columns =
                formula("share(invoice : paid is none)")
                        .and("n", "count(invoice)")
                        .and("m", "sum(invoice.fee)")
                        .and("h", "avg(ticket : hours(opened, solved))")
                        .and("q", "sum(invoice.quantity)")
                        .ready(shop())
                        .columns();
        assertThat(columns)
                .extracting(column -> column.unit())
                .containsExactly(
                        MetricUnit.RATIO,
                        MetricUnit.COUNT,
                        MetricUnit.MONEY,
                        MetricUnit.DURATION,
                        null);
        assertThat(columns)
                .extracting(column -> column.currency())
                .containsExactly(null, null, "USD", null, null);
    }
}
