package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Amounts in another currency: each at the rate that holds for its row, also through members, units of time and stocks. */
public interface ConversionContract extends ExecutorContract {
    // ---- movements

    @Test
    default void a_movement_is_converted_at_the_rate_of_its_date() {
        expect(
                Bills.bills(events()),
                ask(
                        "sum(bill : convert(amount, 'USD'))",
                        "avg(bill : convert(amount, 'USD'))",
                        "max(bill : convert(amount, 'USD'))",
                        "median(bill : convert(amount, 'USD'))",
                        "count(bill where convert(amount, 'USD') > 11.5)",
                        "last(bill : convert(amount, 'USD'))"),
                "144 | 28.8 | 110 | 11 | 2 | 5");
        expect(
                Bills.bills(events()),
                ask("sum(bill : convert(amount, 'USD'))").by("account").grain(Grain.WEEK),
                "2025-12-29 | acme | 110",
                "2025-12-29 | bolt | 0",
                "2026-01-05 | acme | 11",
                "2026-01-05 | bolt | 18",
                "2026-01-12 | acme | 5",
                "2026-01-12 | bolt | 0",
                "2026-01-19 | acme | 0",
                "2026-01-19 | bolt | 0",
                "2026-01-26 | acme | 0",
                "2026-01-26 | bolt | 0");
    }

    @Test
    default void a_slice_is_of_rows_by_their_converted_amounts() {
        // 110, 11, 5, 12 and 6 dollars; the rate that the late bill lacks decides nothing of
        // others.
        expect(
                Bills.bills(events()).slice("large", "bill", "convert(amount, 'USD') > 10"),
                ask("count(large)", "sum(large : convert(amount, 'USD'))").by("account"),
                "acme | 2 | 121",
                "bolt | 1 | 12");
        expect(
                Bills.oneWithoutRate(events())
                        .slice("large", "bill", "convert(amount, 'USD') > 10"),
                ask("count(large)").by("account"),
                "acme | 2",
                "bolt | NO_RATE");
    }

    @Test
    default void over_aggregates_each_row_is_converted_before_it_is_aggregated() {
        var world =
                Bills.bills(events())
                        .metric("billed", "sum(bill.amount)")
                        .metric("mean_bill", "billed / count(bill)");
        expect(
                world,
                ask(
                        "convert(sum(bill.amount), 'USD')",
                        "convert(mean_bill, 'USD')",
                        "convert(billed, 'USD') / convert(max(bill.amount), 'USD')",
                        "convert(let b = billed in b - sum(bill where currency = 'EUR' : amount), 'USD')",
                        "convert(sum(account : least(billed, 20)), 'USD')",
                        "convert(sum(bill where currency = 'EUR' : amount), 'EUR')"),
                "144 | 28.8 | 1.30909090909 | 11 | 38 | 120");
        expect(
                world,
                ask(
                                "prior(convert(billed, 'USD'), 1 month)",
                                "convert(prior(billed, 1 month), 'USD')")
                        .between("2026-02-01", "2026-03-01"),
                "144 | 144");
    }

    @Test
    default void windows_add_up_what_is_converted() {
        expect(
                Bills.bills(events()),
                ask("convert(sum(bill.amount), 'USD') over last 5 days")
                        .grain(Grain.DAY)
                        .between("2026-01-09", "2026-01-13"),
                "2026-01-09 | 17",
                "2026-01-10 | 29",
                "2026-01-11 | 23",
                "2026-01-12 | 17");
        expect(
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD') over last 5 days")
                        .grain(Grain.DAY)
                        .between("2026-01-11", "2026-01-15"),
                "2026-01-11 | NO_RATE",
                "2026-01-12 | NO_RATE",
                "2026-01-13 | 17",
                "2026-01-14 | 17");
    }

    @Test
    default void money_of_one_currency_is_converted_too() {
        var world =
                Bills.rates(events())
                        .fact("invoice", "2026-01-02T10:00Z", "acme", 10)
                        .fact("invoice", "2026-01-10T02:00Z", "acme", 100);
        expect(
                world,
                ask("convert(sum(invoice.net), 'USD')", "convert(sum(invoice.net), 'EUR')"),
                "131 | 110");
        // In New York it is still the 9th, which the rate of the 1st no longer reaches.
        expect(world, ask("convert(sum(invoice.net), 'USD')").zone("America/New_York"), "NO_RATE");
    }

    @Test
    default void as_of_another_time_its_rate_is_taken() {
        // At the boundary the rate that held before it: on January 10 that of the 9th, which there
        // is not, on the 11th that of the 10th.
        expect(
                Bills.bills(events()),
                ask(
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of @2026-01-11)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of @2026-01-10)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of @2026-01-02)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of fact)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of end)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of now)"),
                "144 | NO_RATE | 132 | 133 | NO_RATE | NO_RATE");
        expect(
                Bills.bills(events()),
                ask("convert(sum(bill where currency = 'EUR' : amount), 'USD') as of end")
                        .between("2026-01-01", "2026-01-11"),
                "144");
        expect(
                Bills.bills(events()),
                ask("convert(sum(bill where currency = 'EUR' : amount), 'USD') as of now")
                        .asOf("2026-01-12T12:00:00Z"),
                "144");
    }

    // ---- through members and units of time

    @Test
    default void a_missing_rate_passes_through_members() {
        expect(
                Bills.oneWithoutRate(events()),
                ask(
                        "sum(account : convert(sum(bill.amount), 'USD'))",
                        "count(account where convert(sum(bill.amount), 'USD') > 0)",
                        "count(account where coalesce(convert(sum(bill.amount), 'USD'), 0) > 0)",
                        "count(account where account.plan = 'pro' and convert(sum(bill.amount), 'USD') > 100)",
                        "sum(account where account.plan = 'pro' : convert(sum(bill.amount), 'USD'))",
                        "count(account where exists(bill))"),
                "NO_RATE | NO_RATE | NO_RATE | 1 | 126 | 2");
        expect(
                Bills.oneWithoutRate(events()),
                ask("sum(account : convert(sum(bill.amount), 'USD'))").by("account.plan").totals(),
                "free | NO_RATE",
                "pro | 126",
                "total | NO_RATE");
        expect(
                Bills.oneWithoutRate(events())
                        .fact("event", "2026-01-03T00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-03T00:00Z", "bolt", "bob", "login", 1),
                ask("count(event where per(account : convert(sum(bill.amount), 'USD')) > 100)")
                        .by("account"),
                "acme | 1",
                "bolt | NO_RATE");
    }

    @Test
    default void a_missing_rate_passes_through_units_of_time() {
        expect(
                Bills.oneWithoutRate(events()),
                ask(
                        "max(day : convert(sum(bill.amount), 'USD'))",
                        "count(day where convert(sum(bill.amount), 'USD') > 1)"),
                "NO_RATE | NO_RATE");
        expect(
                Bills.bills(events()),
                ask(
                        "max(day : convert(sum(bill.amount), 'USD'))",
                        "count(day where convert(sum(bill.amount), 'USD') > 1)"),
                "110 | 5");
    }

    @Test
    default void what_nothing_is_known_of_is_not_for_want_of_a_rate() {
        expect(
                Bills.oneWithoutRate(events()),
                ask(
                                "convert(sum(bill.amount), 'USD')",
                                "sum(account : convert(sum(bill.amount), 'USD'))",
                                "count(account where coalesce(convert(sum(bill.amount), 'USD'), 0) = 0)",
                                "count(account where coalesce(sum(bill where currency = 'EUR' : amount), 0) = 0)")
                        .between("2025-11-01", "2025-12-01"),
                "BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA");
        expect(
                Bills.oneWithoutRate(events()),
                ask(
                                "sum(account : convert(sum(bill.amount), 'USD'))",
                                "count(account where coalesce(convert(sum(bill.amount), 'USD'), 0) = 0)")
                        .between("2026-05-01", "2026-06-01"),
                "NOT_YET | NOT_YET");
    }

    @Test
    default void an_amount_may_be_in_the_currency_of_a_row_that_a_link_leads_to() {
        var world =
                Bills.rates(events())
                        .source(
                                source("plan_of")
                                        .date("sold_on")
                                        .text("number")
                                        .text("currency")
                                        .key("number"))
                        .source(
                                source("fee")
                                        .date("due")
                                        .text("number")
                                        .moneyIn("amount", "plan_of.currency")
                                        .link("plan_of", "plan_of", "number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("plan_of", "2025-01-01", "a", "EUR")
                        .fact("plan_of", "2025-01-01", "b", "USD")
                        .fact("plan_of", "2025-01-01", "c", "CHF")
                        .fact("fee", "2026-01-02", "a", 10)
                        .fact("fee", "2026-01-02", "b", 10);
        expect(
                world,
                ask(
                        "convert(sum(fee.amount), 'USD')",
                        "sum(fee where plan_of.currency = 'EUR' : amount)"),
                "21 | 10");
        expect(
                world,
                ask("sum(fee.amount)", "convert(sum(fee.amount), 'USD')")
                        .by("fee.plan_of.currency"),
                "EUR | 10 | 11",
                "USD | 10 | 10");
        expect(
                world.fact("fee", "2026-01-03", "c", 1).fact("fee", "2026-01-03", "unknown", 1),
                ask("convert(sum(fee.amount), 'USD')"),
                "NO_RATE");
    }

    // ---- stocks, and a bridge

    /** A euro is worth 0.9 dollars from December 1, 1 from the 20th, 1.2 from January 10, 1.5 from February 1, 1.6 from the 20th; a pound 2 from February 1, 2.5 from the 18th. */
    private WorldBuilder stocks() {
        return events().source(
                        source("fx")
                                .date("day")
                                .text("currency")
                                .decimal("usd")
                                .rates("currency", "USD", "usd", 60))
                .source(
                        source("subscription")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .text("currency")
                                .moneyIn("mrr", "currency")
                                .validity("starts_on", "ends_on")
                                .coverage("2025-12-01", "2026-07-01"))
                .source(
                        source("movement")
                                .date("at")
                                .account("customer")
                                .text("currency")
                                .moneyIn("delta", "currency")
                                .text("kind")
                                .coverage("2025-12-01", "2026-07-01"))
                .fact("fx", "2025-12-01", "EUR", "0.9")
                .fact("fx", "2025-12-20", "EUR", "1")
                .fact("fx", "2026-01-10", "EUR", "1.2")
                .fact("fx", "2026-02-01", "EUR", "1.5")
                .fact("fx", "2026-02-20", "EUR", "1.6")
                .fact("fx", "2026-02-01", "GBP", "2")
                .fact("fx", "2026-02-18", "GBP", "2.5")
                .fact("subscription", "2025-12-15", "2026-02-10", "acme", "EUR", 100)
                .fact("subscription", "2026-02-10", null, "acme", "EUR", 120)
                .fact("subscription", "2025-12-15", "2026-02-15", "bolt", "USD", 50)
                .fact("subscription", "2026-02-05", null, "cove", "GBP", 10)
                .fact("movement", "2026-02-10", "acme", "EUR", 20, "expansion")
                .fact("movement", "2026-02-15", "bolt", "USD", -50, "churn")
                .fact("movement", "2026-02-05", "cove", "GBP", 10, "new");
    }

    @Test
    default void a_stock_is_converted_at_the_rate_before_its_instant() {
        expect(
                stocks(),
                ask(
                                "sum(subscription at start where currency = 'EUR' : convert(mrr, 'USD'))",
                                "sum(subscription at end where currency = 'EUR' : convert(mrr, 'USD'))",
                                "convert(sum(subscription at @2026-02-01 where currency = 'EUR' : mrr), 'USD')",
                                "convert(sum(subscription at @2026-02-02 where currency = 'EUR' : mrr), 'USD')")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 100 | 120 | 120 | 150",
                "2026-02-01 | 120 | 192 | 120 | 150");
    }

    @Test
    default void a_stock_is_converted_as_of_another_time_where_it_is_said() {
        expect(
                stocks(),
                ask(
                                "sum(subscription at end where currency = 'EUR' : convert(mrr, 'USD') as of start)",
                                "convert(sum(subscription at end where currency = 'EUR' : mrr), 'USD') as of fact",
                                "convert(sum(subscription during where currency = 'EUR' : mrr), 'USD') as of end")
                        .between("2026-01-01", "2026-02-01"),
                "100 | 90 | 120");
    }

    @Test
    default void an_edge_after_as_of_has_the_rate_of_as_of() {
        expect(
                stocks(),
                ask("convert(sum(subscription at end where currency = 'EUR' : mrr), 'USD')")
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-02-19T00:00:00Z"),
                "180");
    }

    @Test
    default void a_bridge_in_one_currency_adds_up_and_the_rates_are_the_rest() {
        // acme: 100 euros are 120, 20 more are 30 on their day, 120 are 192: 42 by the rate. cove:
        // 10 pounds are 20 and become 25. bolt: 50 dollars leave.
        var world =
                stocks().metric("mrr_start", "convert(sum(subscription at start : mrr), 'USD')")
                        .metric("mrr_end", "convert(sum(subscription at end : mrr), 'USD')")
                        .metric("moved", "convert(sum(movement.delta), 'USD')")
                        .metric("fx_effect", "mrr_end - mrr_start - moved");
        expect(
                world,
                askMetrics("mrr_start", "moved", "fx_effect", "mrr_end")
                        .between("2026-02-01", "2026-03-01")
                        .by("account")
                        .totals(),
                "acme | 120 | 30 | 42 | 192",
                "bolt | 50 | -50 | 0 | 0",
                "cove | 0 | 20 | 5 | 25",
                "total | 170 | 0 | 47 | 217");
    }
}
