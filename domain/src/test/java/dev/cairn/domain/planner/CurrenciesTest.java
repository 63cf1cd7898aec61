package dev.cairn.domain.planner;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CurrenciesTest {
    private static CatalogBuilder billing() {
        return shop().source(
                        "bill",
                        "issued date, customer text -> account, currency text, amount money of currency, tax money of currency, paid_in text, paid money of paid_in, quantity integer")
                .slice("euros", "bill", "currency = 'EUR'")
                .slice("dollars", "bill", "currency = 'USD'")
                .metric("in_euros", "sum(euros.amount)")
                .metric("in_dollars", "sum(dollars.amount)")
                .metric("billed", "sum(bill.amount)");
    }

    private static Column column(Question question) {
        return question.ready(billing()).columns().getLast();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(bill.amount)",
                "avg(bill.amount)",
                "min(bill.amount)",
                "max(bill.amount)",
                "median(bill.amount)",
                "p90_disc(bill.amount)",
                "stddev(bill.amount)",
                "first(bill.amount)",
                "last(bill.amount)",
                "billed",
                "sum(bill : amount * quantity)",
                "sum(bill.amount) / count(bill)",
                "sum(bill where currency in ('EUR', 'USD') : amount)",
                "sum(bill where currency != 'EUR' : amount)",
                "sum(bill where currency = 'EUR' or amount > 0 : amount)",
                "sum(bill where paid_in = 'EUR' : amount)",
                "sum(account : sum(bill.amount))",
                "count(account where sum(bill.amount) > 0)",
                "avg(day : sum(bill.amount))",
                "total(sum(bill.amount))",
            })
    void amounts_of_several_currencies_are_not_aggregated(String formula) {
        var problem = formula(formula).problem(billing());
        assertThat(problem.code()).isEqualTo(ProblemCode.UNIT_MISMATCH);
        assertThat(problem.place()).isEqualTo(Place.of("metrics", "0"));
    }

    @Test
    void the_refusal_offers_what_can_be_asked() {
        var problem = formula("sum(bill.amount)").problem(billing());
        assertThat(problem.message())
                .isEqualTo(
                        "'x' aggregates amounts that are each in the 'currency' of their row of 'bill': several currencies do not add up. Convert them, group by it, or keep to one of them.");
        assertThat(problem.suggestions())
                .containsExactly(
                        "convert(..., 'USD')", "groupBy: bill.currency", "where currency = 'EUR'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(bill : amount + paid)",
                "count(bill where amount > paid)",
                "sum(bill : amount) + sum(invoice.amount)",
                "sum(bill where currency = 'EUR' : amount) + sum(bill where currency = 'USD' : amount)",
                "sum(bill where currency = 'USD' : amount) + sum(invoice.amount)",
                "only(billed where bill.currency = 'EUR') + only(billed where bill.currency = 'USD')",
                "only(sum(bill : amount) where currency = 'EUR') + only(sum(bill : amount) where currency = 'USD')",
                "sum(euros.amount) + sum(dollars.amount)",
                "in_euros + in_dollars",
                "greatest(in_euros, 0) - in_dollars",
            })
    void unlike_currencies_do_not_go_together(String formula) {
        assertThat(formula(formula).problem(billing()).code()).isEqualTo(ProblemCode.UNIT_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(bill where amount > 0)",
                "count(bill where amount > tax)",
                "distinct(bill.amount)",
                "share(bill : coalesce(tax > amount * 0.1, false))",
                "sum(bill : amount / tax)",
            })
    void within_a_row_amounts_are_compared_and_divided(String formula) {
        assertThat(column(formula(formula)).currency()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(bill where currency = 'USD' : amount)               | USD",
                "sum(bill where 'USD' = currency : amount)               | USD",
                "sum(bill where currency is 'USD' : amount - tax)        | USD",
                "sum(bill where currency in ('USD') : amount)            | USD",
                "avg(bill where quantity > 1 and currency = 'USD' : tax) | USD",
                "sum(euros.amount)                                       | EUR",
                "sum(euros.amount) + sum(invoice.amount)                 | EUR",
                "sum(account : sum(euros.amount))                        | EUR",
                "only(billed where bill.currency = 'USD')                | USD",
            })
    void a_condition_on_the_currency_makes_it_the_unit(String formula, String currency) {
        assertThat(column(formula(formula)))
                .returns(currency, Column::currency)
                .returns(MetricUnit.MONEY, Column::unit);
    }

    @Test
    void a_filter_of_the_question_makes_its_currency_the_unit_of_the_column() {
        var kept = new Filter.Where("bill.currency", Operator.IN, List.of("USD"));
        assertThat(column(formula("billed").filter(kept)).currency()).isEqualTo("USD");
        assertThat(column(formula("billed / 2").where("currency = 'USD'")).currency())
                .isEqualTo("USD");
        assertThat(column(formula("billed").where("currency = 'USD'").withTotals()).currency())
                .isEqualTo("USD");
    }

    @Test
    void a_key_of_each_group_says_the_currency() {
        for (var key : List.of("bill.currency", "currency")) {
            assertThat(column(formula("sum(bill : amount - tax)").by(key)))
                    .returns(null, Column::currency)
                    .returns(MetricUnit.MONEY, Column::unit);
        }
        assertThat(column(formula("avg(day : sum(bill.amount))").by("bill.currency")).unit())
                .isEqualTo(MetricUnit.MONEY);
    }

    @Test
    void totals_of_all_groups_would_be_of_several_currencies() {
        var question = formula("billed").by("bill.currency").withTotals();
        assertThat(question.problem(billing()).code()).isEqualTo(ProblemCode.UNIT_MISMATCH);
        assertThat(question.problem(billing()).message()).contains("a total of all groups");
    }

    @Test
    void a_key_that_is_dropped_tells_no_currencies_apart() {
        var question =
                formula("total(billed by bill.customer)").by("bill.customer", "bill.currency");
        assertThat(question.problem(billing()).code()).isEqualTo(ProblemCode.UNIT_MISMATCH);
    }

    private static final TopGroups TWO = new TopGroups(2, null, true);

    private static Question byCurrency(String formula) {
        return formula(formula).by("bill.currency");
    }

    @Test
    void neither_all_other_groups_nor_the_choice_of_groups_is_of_several_currencies() {
        assertThat(byCurrency("sum(bill.amount)").top(TWO).problem(billing()).code())
                .isEqualTo(ProblemCode.UNIT_MISMATCH);
        assertThat(
                        byCurrency("sum(bill.amount)")
                                .top(new TopGroups(2, null, false))
                                .problem(billing())
                                .code())
                .isEqualTo(ProblemCode.UNIT_MISMATCH);
        assertThat(
                        byCurrency("sum(bill.amount)")
                                .and("n", "count(bill)")
                                .top(new TopGroups(2, "n", false))
                                .planned(billing()))
                .isNotNull();
        assertThat(
                        byCurrency("sum(bill.amount)")
                                .where("bill.currency = 'EUR'")
                                .top(TWO)
                                .planned(billing()))
                .isNotNull();
    }

    @Test
    void amounts_of_several_currencies_have_no_rank() {
        assertThat(byCurrency("rank(sum(bill.amount))").problem(billing()).code())
                .isEqualTo(ProblemCode.UNIT_MISMATCH);
        assertThat(byCurrency("10 - rank(-avg(bill.amount))").problem(billing()).code())
                .isEqualTo(ProblemCode.UNIT_MISMATCH);
        assertThat(
                        byCurrency("rank(count(bill)) + 0 * rank(sum(bill.quantity))")
                                .planned(billing()))
                .isNotNull();
        assertThat(
                        byCurrency("rank(sum(bill.amount))")
                                .where("bill.currency = 'EUR'")
                                .planned(billing()))
                .isNotNull();
    }
}
