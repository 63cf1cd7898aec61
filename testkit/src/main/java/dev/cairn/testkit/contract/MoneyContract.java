package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Amounts that are each in the currency of their row. */
public interface MoneyContract extends ExecutorContract {
    /** acme has 100 and 20 euros, and 50 dollars; bolt 30 euros, and 5 of which nobody says what. */
    private WorldBuilder bills() {
        return events().source(
                        source("bill")
                                .date("issued")
                                .account("customer")
                                .text("currency")
                                .moneyIn("amount", "currency")
                                .moneyIn("tax", "currency")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("bill", "2026-01-05", "acme", "EUR", 100, 19)
                .fact("bill", "2026-01-06", "acme", "EUR", 20, 0)
                .fact("bill", "2026-01-07", "acme", "USD", 50, 9)
                .fact("bill", "2026-01-08", "bolt", "EUR", 30, 6)
                .fact("bill", "2026-01-09", "bolt", null, 5, 0);
    }

    @Test
    default void amounts_of_one_currency_are_aggregated() {
        expect(
                bills(),
                ask(
                        "sum(bill where currency = 'EUR' : amount)",
                        "avg(bill where currency = 'EUR' : amount - tax)",
                        "max(bill where currency is 'USD' : amount)",
                        "sum(account : sum(bill where currency in ('EUR') : amount))"),
                "150 | 41.6666666667 | 50 | 150");
    }

    @Test
    default void a_key_tells_currencies_apart() {
        expect(
                bills(),
                ask("sum(bill.amount)", "sum(bill.tax) / sum(bill.amount)").by("bill.currency"),
                "EUR | 150 | 0.166666666667",
                "USD | 50 | 0.18",
                "none | 5 | 0");
    }

    @Test
    default void a_filter_keeps_to_one_currency() {
        expect(
                bills(),
                ask("sum(bill.amount)", "median(bill.amount)")
                        .filter("bill.currency", Operator.IN, "EUR"),
                "150 | 30");
    }

    @Test
    default void amounts_of_a_row_are_compared() {
        expect(
                bills(),
                ask(
                        "count(bill where amount > 40)",
                        "share(bill : coalesce(tax > amount * 0.18, false))",
                        "distinct(bill.amount)"),
                "2 | 0.4 | 5");
    }
}
