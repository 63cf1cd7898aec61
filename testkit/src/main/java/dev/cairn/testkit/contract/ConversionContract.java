package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Amounts in another currency: each at the rate that holds for its row, or no value for want of one. */
public interface ConversionContract extends ExecutorContract {
    /** A euro is worth 1.1 dollars from January 1 and 1.2 from January 10, a pound 2 from January 5; each for 7 days. */
    private WorldBuilder rates() {
        return events().source(
                        source("fx")
                                .date("day")
                                .text("currency")
                                .decimal("usd")
                                .key("day", "currency")
                                .rates("currency", "USD", "usd", 7))
                .source(
                        source("bill")
                                .date("issued")
                                .account("customer")
                                .text("currency")
                                .moneyIn("amount", "currency")
                                .text("kind")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("invoice")
                                .timestamp("sent")
                                .account("customer")
                                .money("net", "EUR")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .fact("fx", "2026-01-01", "EUR", "1.1")
                .fact("fx", "2026-01-10", "EUR", "1.2")
                .fact("fx", "2026-01-05", "GBP", "2");
    }

    /** acme: 110 and 11 of euros, 5 dollars; bolt: 12 of euros, 6 of pounds. */
    private WorldBuilder bills() {
        return rates().fact("bill", "2026-01-01", "acme", "EUR", 100, "new")
                .fact("bill", "2026-01-07", "acme", "EUR", 10, "more")
                .fact("bill", "2026-01-12", "acme", "USD", 5, "more")
                .fact("bill", "2026-01-10", "bolt", "EUR", 10, "new")
                .fact("bill", "2026-01-06", "bolt", "GBP", 3, "more");
    }

    /** And the rate of January 1 does not hold on the 8th. */
    private WorldBuilder oneWithoutRate() {
        return bills().fact("bill", "2026-01-08", "bolt", "EUR", 1, "late");
    }

    // ---- movements

    @Test
    default void a_movement_is_converted_at_the_rate_of_its_date() {
        expect(
                bills(),
                ask(
                        "sum(bill : convert(amount, 'USD'))",
                        "avg(bill : convert(amount, 'USD'))",
                        "max(bill : convert(amount, 'USD'))",
                        "median(bill : convert(amount, 'USD'))",
                        "count(bill where convert(amount, 'USD') > 11.5)",
                        "last(bill : convert(amount, 'USD'))"),
                "144 | 28.8 | 110 | 11 | 2 | 5");
        expect(
                bills(),
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
                bills().slice("large", "bill", "convert(amount, 'USD') > 10"),
                ask("count(large)", "sum(large : convert(amount, 'USD'))").by("account"),
                "acme | 2 | 121",
                "bolt | 1 | 12");
        expect(
                oneWithoutRate().slice("large", "bill", "convert(amount, 'USD') > 10"),
                ask("count(large)").by("account"),
                "acme | 2",
                "bolt | NO_RATE");
    }

    @Test
    default void over_aggregates_each_row_is_converted_before_it_is_aggregated() {
        var world =
                bills().metric("billed", "sum(bill.amount)")
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
                bills(),
                ask("convert(sum(bill.amount), 'USD') over last 5 days")
                        .grain(Grain.DAY)
                        .between("2026-01-09", "2026-01-13"),
                "2026-01-09 | 17",
                "2026-01-10 | 29",
                "2026-01-11 | 23",
                "2026-01-12 | 17");
        expect(
                oneWithoutRate(),
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
                rates().fact("invoice", "2026-01-02T10:00Z", "acme", 10)
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
                bills(),
                ask(
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of @2026-01-11)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of @2026-01-10)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of @2026-01-02)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of fact)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of end)",
                        "sum(bill where currency = 'EUR' : convert(amount, 'USD') as of now)"),
                "144 | NO_RATE | 132 | 133 | NO_RATE | NO_RATE");
        expect(
                bills(),
                ask("convert(sum(bill where currency = 'EUR' : amount), 'USD') as of end")
                        .between("2026-01-01", "2026-01-11"),
                "144");
        expect(
                bills(),
                ask("convert(sum(bill where currency = 'EUR' : amount), 'USD') as of now")
                        .asOf("2026-01-12T12:00:00Z"),
                "144");
    }

    // ---- without a rate

    @Test
    default void without_a_rate_there_is_no_value_whatever_is_aggregated() {
        expect(
                oneWithoutRate(),
                ask(
                        "sum(bill : convert(amount, 'USD'))",
                        "avg(bill : convert(amount, 'USD'))",
                        "min(bill : convert(amount, 'USD'))",
                        "median(bill : convert(amount, 'USD'))",
                        "last(bill : convert(amount, 'USD'))",
                        "distinct(bill : convert(amount, 'USD'))",
                        "count(bill where convert(amount, 'USD') > 1)",
                        "share(bill where amount is not none : convert(amount, 'USD') > 1)",
                        "exists(bill where convert(amount, 'USD') > 1000)",
                        "count(bill)"),
                "NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | 6");
    }

    @Test
    default void nothing_turns_a_missing_rate_into_a_value() {
        expect(
                oneWithoutRate(),
                ask(
                        "sum(bill : coalesce(convert(amount, 'USD'), 0))",
                        "coalesce(sum(bill : convert(amount, 'USD')), 0)",
                        "count(bill where coalesce(convert(amount, 'USD') > 1, false))",
                        "count(bill where convert(amount, 'USD') is not none)",
                        "count(bill where not (convert(amount, 'USD') > 1))",
                        "case when sum(bill : convert(amount, 'USD')) is none then 1 else 2 end",
                        "0 * sum(bill : convert(amount, 'USD'))",
                        "greatest(sum(bill : convert(amount, 'USD')), 1)"),
                "NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE | NO_RATE");
    }

    @Test
    default void what_is_not_read_is_not_missed() {
        expect(
                oneWithoutRate(),
                ask(
                        "sum(bill where kind != 'late' : convert(amount, 'USD'))",
                        "count(bill where kind = 'more' and convert(amount, 'USD') > 1)",
                        "count(bill where convert(amount, 'USD') > 1 and kind = 'more')",
                        "count(bill where kind = 'late' or convert(amount, 'USD') > 1)",
                        "sum(bill : case when kind = 'late' then 0 else convert(amount, 'USD') end)",
                        "coalesce(sum(bill where kind = 'new' : convert(amount, 'USD')), sum(bill : convert(amount, 'USD')))",
                        "case when count(bill) > 0 then 7 else count(bill where convert(amount, 'USD') > 1) end"),
                "144 | 3 | 3 | 6 | 144 | 122 | 7");
    }

    @Test
    default void only_the_groups_and_times_that_lack_a_rate_have_no_value() {
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')").by("bill.kind").totals(),
                "late | NO_RATE",
                "more | 22",
                "new | 122",
                "total | NO_RATE");
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .grain(Grain.WEEK)
                        .between("2025-12-29", "2026-01-19")
                        .totals(),
                "2025-12-29 | 110 | 1",
                "2026-01-05 | NO_RATE | 4",
                "2026-01-12 | 5 | 1",
                "all | NO_RATE | 6");
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')")
                        .filter("bill.kind", Operator.NOT_IN, "late"),
                "144");
        expect(
                oneWithoutRate(),
                ask("total(convert(sum(bill.amount), 'USD'))", "count(bill)").by("bill.kind"),
                "late | NO_RATE | 1",
                "more | NO_RATE | 3",
                "new | NO_RATE | 2");
    }

    @Test
    default void rows_are_kept_by_what_has_a_value() {
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')")
                        .by("bill.kind")
                        .having("m1", Operator.GT, "30"),
                "new | 122");
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')").by("bill.kind").orderBy("-m1"),
                "new | 122",
                "more | 22",
                "late | NO_RATE");
    }

    @Test
    default void a_rate_must_be_one_and_above_nought() {
        var sums = ask("convert(sum(bill.amount), 'USD')");
        expect(rates().fact("bill", "2026-01-08", "acme", "CHF", 1, ""), sums, "NO_RATE");
        expect(rates().fact("bill", "2026-01-04", "acme", "GBP", 1, ""), sums, "NO_RATE");
        expect(rates().fact("bill", "2026-01-05", "acme", null, 1, ""), sums, "NO_RATE");
        expect(rates().fact("bill", "2026-01-08", "acme", "CHF", 0, ""), sums, "NO_RATE");
        expect(rates().fact("bill", "2026-01-08", "acme", "CHF", null, ""), sums, "0");
        for (var wrong : new String[] {"0", "-1", null}) {
            expect(
                    rates().fact("fx", "2026-01-03", "EUR", wrong)
                            .fact("bill", "2026-01-04", "acme", "EUR", 1, ""),
                    sums,
                    "NO_RATE");
        }
        expect(rates().fact("bill", "2026-01-08", "acme", "EU\nR", 1, ""), sums, "NO_RATE");
        // A later load corrects a rate.
        expect(
                rates().nextLoad("fx")
                        .fact("fx", "2026-01-01", "EUR", "3")
                        .fact("bill", "2026-01-04", "acme", "EUR", 1, ""),
                sums,
                "3");
    }

    @Test
    default void two_rates_of_a_day_that_differ_are_none() {
        var world =
                events().source(
                                source("fx")
                                        .date("day")
                                        .text("currency")
                                        .decimal("usd")
                                        .rates("currency", "USD", "usd", 30))
                        .source(
                                source("bill")
                                        .date("issued")
                                        .text("currency")
                                        .moneyIn("amount", "currency")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("fx", "2026-01-01", "EUR", "1")
                        .fact("fx", "2026-01-05", "EUR", "2")
                        .fact("fx", "2026-01-05", "EUR", "2.5")
                        .fact("fx", "2026-01-07", "EUR", "3")
                        .fact("fx", "2026-01-07", "EUR", null)
                        .fact("fx", "2026-01-08", "EUR", "4")
                        .fact("fx", "2026-01-08", "EUR", "4.0")
                        .fact("bill", "2026-01-04", "EUR", 1)
                        .fact("bill", "2026-01-06", "EUR", 1)
                        .fact("bill", "2026-01-07", "EUR", 1)
                        .fact("bill", "2026-01-09", "EUR", 1);
        expect(
                world,
                ask("convert(sum(bill.amount), 'USD')")
                        .grain(Grain.DAY)
                        .between("2026-01-04", "2026-01-10"),
                "2026-01-04 | 1",
                "2026-01-05 | 0",
                "2026-01-06 | NO_RATE",
                "2026-01-07 | NO_RATE",
                "2026-01-08 | 0",
                "2026-01-09 | 4");
    }

    @Test
    default void the_answer_names_currencies_and_days() {
        var world =
                oneWithoutRate()
                        .fact("bill", "2026-01-09", "acme", "EUR", 1, "late")
                        .fact("bill", "2026-01-09", "bolt", "EUR", 1, "late")
                        .fact("bill", "2026-01-20", "acme", "CHF", 1, "late");
        for (var formula :
                new String[] {
                    "convert(sum(bill.amount), 'USD')",
                    "sum(account : convert(sum(bill.amount), 'USD'))",
                    "sum(day : convert(sum(bill.amount), 'USD'))"
                }) {
            var built = world.build();
            var rows = answer(built, ask(formula).plan(built.catalog())).rows();
            assertThat(rows.getFirst().values().getFirst().missingRates())
                    .as(formula)
                    .containsExactly(
                            new MissingRate("CHF", LocalDate.parse("2026-01-20")),
                            new MissingRate("EUR", LocalDate.parse("2026-01-08")),
                            new MissingRate("EUR", LocalDate.parse("2026-01-09")));
        }
        assertThat(notices(world, ask("convert(sum(bill.amount), 'USD')")))
                .contains(
                        "m1 NO_RATE: 'm1' has no value where there is no rate: of CHF on 2026-01-20; of EUR on 2026-01-08, 2026-01-09.");
    }

    @Test
    default void a_row_without_a_rate_is_not_undecided_but_one_without_an_amount_is() {
        var world = oneWithoutRate().fact("bill", "2026-01-10", "bolt", "EUR", null, "empty");
        for (var condition :
                new String[] {
                    "convert(amount, 'USD') not in (1, 2)",
                    "convert(amount, 'USD') != 1",
                    "not (convert(amount, 'USD') > 1)",
                    "case when convert(amount, 'USD') != 1 then true else false end"
                }) {
            var formula = "count(bill where %s)".formatted(condition);
            expect(world, ask(formula), "NO_RATE");
            assertThat(
                            notices(world, ask(formula)).stream()
                                    .map(notice -> notice.replaceFirst(" without.*", "")))
                    .as(condition)
                    .containsExactlyInAnyOrder(
                            "m1 UNDECIDED: In 'm1' a negation is neither true nor false for 1 row of bill",
                            "m1 NO_RATE: 'm1' has no value where there is no rate: of EUR on 2026-01-08.");
            assertThat(notices(oneWithoutRate(), ask(formula)))
                    .as(condition)
                    .noneMatch(notice -> notice.contains("UNDECIDED"));
        }
    }

    @Test
    default void rows_of_accounts_without_a_rate_are_not_undecided() {
        var world = oneWithoutRate().fact("bill", "2026-01-10", "acme", "EUR", null, "empty");
        for (var formula :
                new String[] {
                    "count(account where exists(bill where convert(amount, 'USD') not in (1)))",
                    "sum(day : count(bill where convert(amount, 'USD') != 1))"
                }) {
            expect(world, ask(formula), "NO_RATE");
            assertThat(notices(world, ask(formula)))
                    .as(formula)
                    .anyMatch(notice ->
                            notice.startsWith(
                                    "m1 UNDECIDED: In 'm1' a negation is neither true nor false for 1 row of bill"));
        }
    }

    @Test
    default void an_account_without_a_rate_is_not_undecided() {
        var formula = "count(account where not (sum(bill : convert(amount, 'USD')) > 1))";
        expect(oneWithoutRate(), ask(formula), "NO_RATE");
        assertThat(notices(oneWithoutRate(), ask(formula)))
                .noneMatch(notice -> notice.contains("UNDECIDED"));
    }

    @Test
    default void what_has_no_rate_has_no_value_to_a_filter_of_cells() {
        var byKind = ask("coalesce(convert(sum(bill.amount), 'USD'), 0)").by("bill.kind");
        expect(oneWithoutRate(), byKind.having("m1", Operator.IS_NULL), "late | NO_RATE");
        expect(
                oneWithoutRate(),
                byKind.having("m1", Operator.IS_NOT_NULL),
                "more | 22",
                "new | 122");
        expect(
                oneWithoutRate(),
                byKind.having("m1", Operator.NOT_IN, "22"),
                "late | NO_RATE",
                "new | 122");
        expect(
                oneWithoutRate(),
                byKind.having(new Filter.Not(new Filter.Where("m1", Operator.GT, List.of("30")))),
                "late | NO_RATE",
                "more | 22");
        expect(oneWithoutRate(), byKind.having("m1", Operator.LTE, "30"), "more | 22");
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .by("bill.kind")
                        .having(
                                new Filter.Any(
                                        List.of(
                                                new Filter.Where("m1", Operator.GT, List.of("100")),
                                                new Filter.Where(
                                                        "m2", Operator.LT, List.of("2"))))),
                "late | NO_RATE | 1",
                "new | 122 | 2");
    }

    // ---- through members and units of time

    @Test
    default void a_missing_rate_passes_through_members() {
        expect(
                oneWithoutRate(),
                ask(
                        "sum(account : convert(sum(bill.amount), 'USD'))",
                        "count(account where convert(sum(bill.amount), 'USD') > 0)",
                        "count(account where coalesce(convert(sum(bill.amount), 'USD'), 0) > 0)",
                        "count(account where account.plan = 'pro' and convert(sum(bill.amount), 'USD') > 100)",
                        "sum(account where account.plan = 'pro' : convert(sum(bill.amount), 'USD'))",
                        "count(account where exists(bill))"),
                "NO_RATE | NO_RATE | NO_RATE | 1 | 126 | 2");
        expect(
                oneWithoutRate(),
                ask("sum(account : convert(sum(bill.amount), 'USD'))").by("account.plan").totals(),
                "free | NO_RATE",
                "pro | 126",
                "total | NO_RATE");
        expect(
                oneWithoutRate()
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
                oneWithoutRate(),
                ask(
                        "max(day : convert(sum(bill.amount), 'USD'))",
                        "count(day where convert(sum(bill.amount), 'USD') > 1)"),
                "NO_RATE | NO_RATE");
        expect(
                bills(),
                ask(
                        "max(day : convert(sum(bill.amount), 'USD'))",
                        "count(day where convert(sum(bill.amount), 'USD') > 1)"),
                "110 | 5");
    }

    @Test
    default void what_nothing_is_known_of_is_not_for_want_of_a_rate() {
        expect(
                oneWithoutRate(),
                ask(
                                "convert(sum(bill.amount), 'USD')",
                                "sum(account : convert(sum(bill.amount), 'USD'))",
                                "count(account where coalesce(convert(sum(bill.amount), 'USD'), 0) = 0)",
                                "count(account where coalesce(sum(bill where currency = 'EUR' : amount), 0) = 0)")
                        .between("2025-11-01", "2025-12-01"),
                "BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA");
        expect(
                oneWithoutRate(),
                ask(
                                "sum(account : convert(sum(bill.amount), 'USD'))",
                                "count(account where coalesce(convert(sum(bill.amount), 'USD'), 0) = 0)")
                        .between("2026-05-01", "2026-06-01"),
                "NOT_YET | NOT_YET");
    }

    @Test
    default void an_amount_may_be_in_the_currency_of_a_row_that_a_link_leads_to() {
        var world =
                rates().source(
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

    // ---- through another currency

    /** Rates lead to dollars: 8 euros are 10 dollars, 4 pounds are 10; on January 8 no euro has a rate. */
    private WorldBuilder throughDollars() {
        return rates().metric("billed", "sum(bill.amount)")
                .fact("fx", "2026-01-20", "EUR", "1.25")
                .fact("fx", "2026-01-20", "GBP", "2.5")
                .fact("bill", "2026-01-20", "acme", "GBP", 4, "pounds")
                .fact("bill", "2026-01-21", "acme", "USD", 10, "dollars")
                .fact("bill", "2026-01-22", "bolt", "EUR", 5, "euros");
    }

    @Test
    default void what_the_rates_do_not_lead_to_is_reached_through_their_currency() {
        expect(
                throughDollars(),
                ask(
                        "sum(bill where kind = 'pounds' : convert(amount, 'EUR'))",
                        "sum(bill where kind = 'dollars' : convert(amount, 'EUR'))",
                        "sum(bill where kind = 'euros' : convert(amount, 'EUR'))",
                        "convert(billed, 'EUR')",
                        "sum(bill where kind != 'euros' : convert(amount, 'GBP'))",
                        "convert(billed, 'USD')",
                        "count(bill where convert(amount, 'EUR') > 7)"),
                // 4 * 2.5 / 1.25; 10 / 1.25; 5 as it is; 4 + 10 / 2.5; 10 + 10 + 6.25
                "8 | 8 | 5 | 21 | 8 | 26.25 | 2");
        expect(
                throughDollars().fact("invoice", "2026-01-20T10:00Z", "acme", 10),
                ask("sum(invoice : convert(net, 'GBP'))"),
                "5");
    }

    @Test
    default void both_rates_hold_on_the_day_of_the_amount() {
        expect(
                throughDollars()
                        .fact("fx", "2026-01-21", "GBP", "5")
                        .fact("bill", "2026-01-22", "acme", "GBP", 4, "more"),
                ask("convert(billed, 'EUR')").by("bill.kind"),
                "dollars | 8",
                "euros | 5",
                "more | 16",
                "pounds | 8");
        // The pound of January 20 holds until the 26th.
        expect(
                rates().fact("fx", "2026-01-20", "GBP", "2.5")
                        .fact("fx", "2026-01-22", "EUR", "1.25")
                        .fact("bill", "2026-01-26", "acme", "GBP", 4, "")
                        .fact("bill", "2026-01-27", "acme", "USD", 5, ""),
                ask("convert(sum(bill.amount), 'EUR')")
                        .grain(Grain.DAY)
                        .between("2026-01-26", "2026-01-28"),
                "2026-01-26 | 8",
                "2026-01-27 | 4");
    }

    @Test
    default void for_want_of_either_rate_there_is_no_value() {
        var world =
                throughDollars()
                        // the pound of January 5 holds on the 8th, the euro of the 1st does not
                        .fact("bill", "2026-01-08", "acme", "GBP", 4, "no euro")
                        // the euro of the 10th holds on the 12th, the pound of the 5th does not
                        .fact("bill", "2026-01-12", "acme", "GBP", 4, "no pound")
                        .fact("bill", "2026-01-08", "acme", "USD", 4, "no euro of a dollar")
                        .fact("bill", "2026-01-08", "acme", "EUR", 4, "itself")
                        .fact("bill", "2026-01-18", "acme", "CHF", 4, "neither");
        expect(
                world,
                ask("convert(billed, 'EUR')").by("bill.kind"),
                "dollars | 8",
                "euros | 5",
                "itself | 4",
                "neither | NO_RATE",
                "no euro | NO_RATE",
                "no euro of a dollar | NO_RATE",
                "no pound | NO_RATE",
                "pounds | 8");
        var built = world.build();
        var rows = answer(built, ask("convert(billed, 'EUR')").plan(built.catalog())).rows();
        assertThat(rows.getFirst().values().getFirst().missingRates())
                .containsExactly(
                        new MissingRate("CHF", LocalDate.parse("2026-01-18")),
                        new MissingRate("EUR", LocalDate.parse("2026-01-08")),
                        new MissingRate("EUR", LocalDate.parse("2026-01-18")),
                        new MissingRate("GBP", LocalDate.parse("2026-01-12")));
    }

    @Test
    default void declared_rates_go_before_a_way_through_another_currency() {
        var world =
                throughDollars()
                        .source(
                                source("in_euros")
                                        .date("day")
                                        .text("currency")
                                        .decimal("eur")
                                        .key("day", "currency")
                                        .rates("currency", "EUR", "eur", 7))
                        .fact("in_euros", "2026-01-20", "GBP", "3");
        expect(
                world,
                ask(
                        "sum(bill where kind = 'pounds' : convert(amount, 'EUR'))",
                        "sum(bill where kind = 'dollars' : convert(amount, 'EUR'))"),
                "12 | NO_RATE");
    }

    // ---- groups among each other

    @Test
    default void groups_are_ranked_by_what_is_converted() {
        expect(
                bills(),
                ask(
                                "rank(convert(sum(bill.amount), 'USD'))",
                                "rank(sum(bill : convert(amount, 'USD'))) <= 1")
                        .by("bill.kind"),
                "more | 2 | false",
                "new | 1 | true");
    }

    @Test
    default void for_want_of_a_rate_no_group_of_its_bucket_has_a_rank() {
        expect(
                oneWithoutRate(),
                ask(
                                "rank(convert(sum(bill.amount), 'USD'))",
                                "coalesce(rank(convert(sum(bill.amount), 'USD')), 9)",
                                "convert(sum(bill.amount), 'USD')",
                                "rank(count(bill))")
                        .by("bill.kind")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | late | NO_RATE | NO_RATE | NO_RATE | 3",
                "2026-01-01 | more | NO_RATE | NO_RATE | 22 | 1",
                "2026-01-01 | new | NO_RATE | NO_RATE | 122 | 2",
                "2026-02-01 | late | 1 | 1 | 0 | 1",
                "2026-02-01 | more | 1 | 1 | 0 | 1",
                "2026-02-01 | new | 1 | 1 | 0 | 1");
        var built = oneWithoutRate().build();
        var question = ask("rank(convert(sum(bill.amount), 'USD'))").by("bill.kind").totals();
        for (var row : answer(built, question.plan(built.catalog())).rows()) {
            assertThat(row.values().getFirst().missingRates())
                    .as(row.keys().toString())
                    .containsExactly(new MissingRate("EUR", LocalDate.parse("2026-01-08")));
        }
    }

    @Test
    default void groups_are_chosen_by_what_is_converted() {
        expect(
                bills(),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .by("bill.kind")
                        .top(1, "m1", true),
                "new | 122 | 2",
                "other | 22 | 3");
    }

    @Test
    default void a_group_that_may_be_among_the_greatest_for_want_of_a_rate_is_shown() {
        expect(
                oneWithoutRate(),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .by("bill.kind")
                        .top(2, "m1", true),
                "late | NO_RATE | 1",
                "new | 122 | 2",
                "other | 22 | 3");
        expect(
                oneWithoutRate(),
                ask("count(bill)", "convert(sum(bill.amount), 'USD')")
                        .by("bill.kind")
                        .top(1, "m1", true),
                "more | 3 | 22",
                "other | 3 | NO_RATE");
    }

    // ---- conditions of the question

    @Test
    default void a_condition_of_the_question_compares_what_is_converted() {
        expect(
                bills(),
                ask(
                                "count(bill)",
                                "convert(sum(bill.amount), 'USD')",
                                "count(bill where kind = 'new')")
                        .where("convert(bill.amount, 'USD') >= 11"),
                "3 | 133 | 2");
        expect(
                bills(),
                ask("count(bill)")
                        .where("convert(bill.amount, 'USD') < 11 or bill.kind = 'new'")
                        .by("account"),
                "acme | 2",
                "bolt | 2");
    }

    @Test
    default void a_row_of_which_a_condition_is_not_known_for_want_of_a_rate_leaves_no_value() {
        expect(
                oneWithoutRate(),
                ask("count(bill)", "count(bill where kind != 'late')", "exists(bill)")
                        .where("convert(bill.amount, 'USD') >= 11"),
                "NO_RATE | 3 | NO_RATE");
        expect(
                oneWithoutRate(),
                ask("count(bill)").where("not (convert(bill.amount, 'USD') >= 11)").by("bill.kind"),
                "late | NO_RATE",
                "more | 2");
        expect(
                oneWithoutRate(),
                ask("count(bill)")
                        .where("bill.kind != 'late' and convert(bill.amount, 'USD') >= 11"),
                "3");
    }
}
