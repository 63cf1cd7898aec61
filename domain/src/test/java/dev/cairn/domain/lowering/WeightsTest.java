package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.plan.PlanRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that count for their weight. */
class WeightsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "count(invoice weight customer) | TYPE_MISMATCH | A weight is a number, this is text",
                "count(invoice weight none) | TYPE_MISMATCH | A weight is a number",
                "count(invoice weight quantity : amount) | TYPE_MISMATCH | 'count' counts rows",
                "max(invoice weight quantity : amount) | INCOMPATIBLE | 'max' is the same whatever a row weighs",
                "exists(invoice weight quantity) | INCOMPATIBLE | 'exists' is the same",
                "share(invoice weight quantity : amount > 1 or account.plan = 'x') | MAYBE_EMPTY | coalesce",
                "sum(invoice weight quantiti : amount) | UNKNOWN_FIELD | quantiti",
            })
    void what_has_no_meaning_is_refused_with_the_reason(String text, String code, String why) {
        var problem = formula(text).problem(shop());
        assertThat(problem.code().name()).isEqualTo(code);
        assertThat(problem.message() + problem.suggestions()).contains(why);
    }

    @Test
    void amounts_in_several_currencies_are_no_weights() {
        var catalog =
                CatalogBuilder.catalog()
                        .source(
                                "bill",
                                "issued date, customer text -> account, currency text, amount money of currency, late integer");
        var problem = formula("avg(bill weight amount : late)").problem(catalog);
        assertThat(problem.code().name()).isEqualTo("UNIT_MISMATCH");
        assertThat(problem.message()).contains("convert them");
        assertThat(
                        formula("avg(bill where currency = 'USD' weight amount : late)")
                                .planned(catalog)
                                .leaves())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(invoice weight quantity : amount)",
                "avg(invoice weight quantity : amount)",
            })
    void a_weighted_amount_is_an_amount(String text) {
        var column = formula(text).ready(shop()).columns().getFirst();
        assertThat(column.unit()).isEqualTo(MetricUnit.MONEY);
    }

    @Test
    void weights_of_amounts_add_up_to_a_plain_number() {
        assertThat(
                        formula("count(invoice weight amount)")
                                .ready(shop())
                                .columns()
                                .getFirst()
                                .unit())
                .isNull();
        assertThat(
                        PlanRules.broken(
                                formula("share(invoice weight amount : quantity is 1)")
                                        .planned(shop())))
                .isEmpty();
    }
}
