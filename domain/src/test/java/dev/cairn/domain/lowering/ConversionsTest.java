package dev.cairn.domain.lowering;

import static dev.cairn.domain.catalog.Shop.shop;
import static dev.cairn.domain.planner.Question.ask;
import static dev.cairn.domain.planner.Question.formula;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.catalog.CatalogBuilder;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.domain.plan.Leaf;
import dev.cairn.domain.plan.PlanWords;
import dev.cairn.domain.planner.Question;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionsTest {
    private static CatalogBuilder billing() {
        return shop().source(
                        "bill",
                        "issued date, customer text -> account, currency text, amount money of currency, at timestamp")
                .sourceValid(
                        "seat",
                        "since timestamp, until timestamp, customer text -> account, currency text, price money of currency",
                        "since",
                        "until")
                .slice("large", "bill", "convert(amount, 'USD') > 100")
                .metric("billed", "sum(bill.amount)")
                .metric("spent", Level.ACCOUNT, RollUp.SUM, "convert(sum(bill.amount), 'USD')");
    }

    private static Problem problem(String formula) {
        return formula(formula).problem(billing());
    }

    private static Question converted() {
        return formula("convert(billed, 'USD')");
    }

    // ---- what is converted

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convert(sum(bill.amount), 'USD')",
                "sum(bill : convert(amount, 'USD'))",
                "convert(billed, 'USD')",
                "convert(billed * 2 - max(bill.amount), 'USD')",
                "convert(sum(bill.amount) / count(bill), 'USD')",
                "convert(sum(account : least(billed, 100)), 'USD')",
                "sum(account : convert(billed, 'USD'))",
                "spent",
                "convert(avg(day : billed), 'USD')",
                "convert(prior(billed), 'USD') + prior(convert(billed, 'USD'))",
                "convert(billed over last 7 days, 'USD')",
                "convert(only(billed where bill.currency != 'USD'), 'USD')",
                "convert(let b = billed in b, 'USD')",
                "let b = billed in convert(b, 'USD')",
                "convert(sum(invoice.amount) + sum(invoice.fee), 'USD')",
                "convert(sum(bill.amount), 'USD') + sum(invoice.fee)",
                "convert(sum(seat at start : price), 'USD')",
                "convert(sum(seat during : price), 'USD') as of fact",
                "sum(invoice : convert(amount, 'USD') + fee)",
            })
    void it_is_of_the_currency_that_is_said(String formula) {
        assertThat(formula(formula).ready(billing()).columns().getFirst().currency())
                .isEqualTo("USD");
    }

    @Test
    void what_is_in_a_currency_already_needs_no_rates() {
        assertThat(formula("convert(sum(invoice.amount), 'EUR')").planned(shop()))
                .isEqualTo(formula("sum(invoice.amount)").planned(shop()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum(bill : convert(amount, 'USD'))                       | convert(amount, 'USD') as of fact",
                "convert(sum(bill.amount), 'USD') as of end               | convert(amount, 'USD') as of end",
                "convert(sum(bill.amount), 'USD') as of @2026-01-31       | convert(amount, 'USD') as of @2026-01-31",
                "convert(sum(seat at start : price), 'USD')               | convert(price, 'USD') as of start",
                "convert(sum(seat at end : price), 'USD')                 | convert(price, 'USD') as of end",
                "convert(sum(seat at end : price), 'USD') as of fact      | convert(price, 'USD') as of fact",
                "convert(sum(seat at end : price), 'USD') as of now       | convert(price, 'USD') as of now",
                "sum(bill : convert(convert(amount, 'USD') as of end, 'EUR')) | convert(convert(amount, 'USD') as of end, 'EUR') as of fact",
            })
    void a_row_says_at_which_rate(String formula, String words) {
        var catalog = billing().rates("eur_fx", "rated_on date, coin text, euros decimal", "EUR");
        assertThat(PlanWords.of(formula(formula).planned(catalog)))
                .anyMatch(line -> line.contains("= sum of " + words));
    }

    // ---- what is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "convert(count(bill), 'USD')                          | TYPE_MISMATCH",
                "convert(1, 'USD')                                    | TYPE_MISMATCH",
                "convert(sum(bill : amount / amount), 'USD')          | TYPE_MISMATCH",
                "sum(bill : convert(currency, 'USD'))                 | TYPE_MISMATCH",
                "sum(invoice : convert(quantity, 'USD'))              | TYPE_MISMATCH",
                "convert(billed, 'usd')                               | BAD_VALUE",
                "sum(large.amount)                                    | UNIT_MISMATCH",
                "sum(seat during : convert(price, 'USD'))             | MISSING",
                "convert(billed, 'USD') + sum(invoice.amount)         | UNIT_MISMATCH",
                "convert(billed, 'USD') + count(bill)                 | UNIT_MISMATCH",
            })
    void what_cannot_be_converted_is_refused(String formula, ProblemCode code) {
        assertThat(problem(formula).code()).isEqualTo(code);
    }

    private static void isRefused(
            Problem problem, String brief, String message, String... offered) {
        assertThat(Question.brief(problem)).isEqualTo(brief);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.suggestions()).containsExactly(offered);
    }

    @Test
    void amounts_of_several_rows_are_converted_each() {
        var steps = "steps(invoice -> invoice within 7 days per account)";
        isRefused(
                problem("sum(%s : convert(step_2.amount - amount, 'USD'))".formatted(steps)),
                "INCOMPATIBLE metrics/0/metric/formula 1:59",
                "These amounts are of several rows, each of a day of its own, whose rates differ; convert each of them.",
                "convert(..., 'USD') - convert(..., 'USD')");
        assertThat(
                        formula(
                                        "sum(%s : convert(step_2.amount, 'USD') - convert(amount, 'USD'))"
                                                .formatted(steps))
                                .ready(billing())
                                .columns()
                                .getLast()
                                .currency())
                .isEqualTo("USD");
    }

    @Test
    void amounts_of_attributes_are_converted_at_an_instant() {
        var contracts = billing().account("plan text, arr money EUR");
        for (var formula :
                List.of(
                        "sum(account : convert(arr, 'USD'))",
                        "convert(sum(account : arr), 'USD')",
                        "convert(sum(account : arr) + sum(bill : amount), 'USD')",
                        "sum(account : convert(arr + sum(bill : amount), 'USD'))",
                        "sum(account : convert(arr, 'USD') as of start)",
                        "sum(user : convert(account.arr, 'USD'))",
                        "sum(account where convert(arr, 'USD') > 5 : arr)")) {
            assertThat(formula(formula).ready(contracts).columns()).as(formula).hasSize(1);
        }
        isRefused(
                formula("sum(account : convert(arr, 'USD') as of fact)").problem(contracts),
                "LEVEL_MISMATCH metrics/0/metric/formula 1:23",
                "An attribute is of no fact, whose day could say the rate; it is converted at that of the instant it is read at.",
                "as of start",
                "as of end",
                "as of now");
        isRefused(
                ask("revenue")
                        .scopedTo("convert(account.arr, 'USD') > 5")
                        .problem(contracts.metric("revenue", "sum(invoice.amount)")),
                "LEVEL_MISMATCH scope 1:1",
                "A rule over attributes alone reads no rates, a missing one of which would leave it open whether an account is in; compare the amount in its own currency.",
                "account.contract_value > 100");
    }

    @Test
    void an_unknown_currency_is_told_with_those_that_there_are_rates_to() {
        var problem = problem("convert(billed, 'francs')");
        assertThat(problem.message())
                .isEqualTo(
                        "'francs' is no currency, and no rates to it are declared; there are rates to USD.");
        assertThat(problem.suggestions()).containsExactly("convert(..., 'USD')");
        var nowhere =
                formula("convert(sum(bill.amount), 'USD')")
                        .problem(
                                CatalogBuilder.catalog()
                                        .source("bill", "issued date, amount money EUR"));
        assertThat(nowhere.message()).contains("rates: {currency: ..., to: USD, rate: ...}");
    }

    @Test
    void rates_to_another_currency_lead_to_one_that_none_are_declared_to() {
        var column = formula("convert(billed, 'CHF')").ready(billing()).columns().getLast();
        assertThat(column.currency()).isEqualTo("CHF");
    }

    @Test
    void of_two_sources_whose_rates_may_lead_to_a_currency_none_is_taken() {
        var catalog = billing().rates("fx2", "rated_on date, coin text, price decimal", "EUR");
        var problem = formula("convert(billed, 'CHF')").problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.message()).contains("fx, fx2", "declare rates to CHF");
        assertThat(converted().ready(catalog).columns().getLast().currency()).isEqualTo("USD");
    }

    @Test
    void of_two_sources_with_rates_to_one_currency_none_is_taken() {
        var catalog = billing().rates("fx2", "rated_on date, coin text, price decimal", "USD");
        var problem = converted().problem(catalog);
        assertThat(problem.code()).isEqualTo(ProblemCode.AMBIGUOUS_NAME);
        assertThat(problem.message()).contains("fx, fx2");
    }

    @Test
    void conditions_of_the_question_convert_at_the_time_that_their_rows_are_read_by() {
        var where = "convert(seat.price, 'USD') > 1";
        assertThat(
                        formula("count(seat at start)")
                                .where(where)
                                .planned(billing())
                                .scans()
                                .getFirst()
                                .where()
                                .toString())
                .contains("asOf=Edge[");
        assertThat(formula("count(seat during)").where(where).problem(billing()).code())
                .isEqualTo(ProblemCode.MISSING);
        assertThat(converted().where("convert(bill.amount, 'USD') > 1").ready(billing()).columns())
                .isNotEmpty();
        assertThat(
                        converted()
                                .where("convert(bill.quantity, 'USD') > 1")
                                .problems(billing())
                                .getFirst()
                                .code())
                .isIn(ProblemCode.UNKNOWN_DIMENSION, ProblemCode.TYPE_MISMATCH);
    }

    @Test
    void a_key_may_lack_a_rate_and_then_what_is_grouped_by_it_may() {
        var ofRows =
                formula("count(bill)")
                        .by("(convert(bill.amount, 'USD') > 10) as large", "bill.currency")
                        .planned(billing());
        assertThat(ofRows.scans().getFirst().converted()).containsExactly(0);
        assertThat(ofRows.leaves()).allMatch(Leaf::mayLackRate);
        var ofAccounts =
                formula("total(count(bill) by bill.currency)")
                        .by(
                                "bill.currency",
                                "(convert(sum(bill : amount), 'USD') > 100) as large",
                                "(spent > 100) as spending")
                        .planned(billing());
        assertThat(ofAccounts.scans().getFirst().converted()).isEmpty();
        assertThat(ofAccounts.scans().getLast().converted()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void keys_that_may_lack_a_rate_do_not_stand_beside_everything() {
        var large = "(convert(bill.amount, 'USD') > 10) as large";
        assertThat(
                        formula("count(bill)")
                                .by(large, "bill.currency")
                                .top(new TopGroups(3, null, true))
                                .problem(billing())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(formula("avg(day : count(bill))").by(large).problem(billing()).code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(
                        formula(
                                        "sum(bill where convert(amount, 'USD') > 10 : convert(amount, 'USD'))")
                                .by("bill.currency")
                                .top(new TopGroups(3, null, true))
                                .planned(billing())
                                .top())
                .isNotNull();
    }

    @Test
    void rates_are_of_days() {
        var stock = formula("convert(sum(seat at end : price), 'USD')");
        assertThat(stock.planned(billing()).leaves()).isNotEmpty();
        assertThat(
                        formula("convert(sum(seat at end : price), 'USD')")
                                .each(Grain.HOUR)
                                .between("2026-01-01", "2026-01-02")
                                .problem(billing())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(
                        formula("convert(sum(seat at @2026-01-31T10:00Z : price), 'USD')")
                                .problem(billing())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
        assertThat(
                        formula("convert(billed over ever, 'USD') as of start")
                                .problem(billing())
                                .code())
                .isEqualTo(ProblemCode.INCOMPATIBLE);
    }

    @Test
    void a_cohort_means_the_same_wherever_it_is_named() {
        var catalog =
                shop().rule("payers", "sum(invoice where amount > 0 : amount) over ever > 100");
        var around =
                formula(
                        "convert(sum(account where account in payers : sum(invoice.amount)), 'USD')");
        var words = PlanWords.of(around.planned(catalog));
        assertThat(words).anyMatch(line -> line.contains("= sum of amount"));
        assertThat(words).anyMatch(line -> line.contains("= sum of convert(amount, 'USD')"));
    }

    @Test
    void the_metrics_of_the_shop_are_as_they_were() {
        assertThat(ask("revenue").ready(shop()).columns().getFirst().currency()).isEqualTo("EUR");
    }
}
