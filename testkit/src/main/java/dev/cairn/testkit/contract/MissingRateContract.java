package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.time.Grain;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a rate is missing there is no value, whatever is made of the amount, and what is not read is not missed. */
public interface MissingRateContract extends ExecutorContract {
    @Test
    default void without_a_rate_there_is_no_value_whatever_is_aggregated() {
        expect(
                Bills.oneWithoutRate(events()),
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
                Bills.oneWithoutRate(events()),
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
                Bills.oneWithoutRate(events()),
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
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD')").by("bill.kind").totals(),
                "late | NO_RATE",
                "more | 22",
                "new | 122",
                "total | NO_RATE");
        expect(
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .grain(Grain.WEEK)
                        .between("2025-12-29", "2026-01-19")
                        .totals(),
                "2025-12-29 | 110 | 1",
                "2026-01-05 | NO_RATE | 4",
                "2026-01-12 | 5 | 1",
                "all | NO_RATE | 6");
        expect(
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD')")
                        .filter("bill.kind", Operator.NOT_IN, "late"),
                "144");
        expect(
                Bills.oneWithoutRate(events()),
                ask("total(convert(sum(bill.amount), 'USD'))", "count(bill)").by("bill.kind"),
                "late | NO_RATE | 1",
                "more | NO_RATE | 3",
                "new | NO_RATE | 2");
    }

    @Test
    default void rows_are_kept_by_what_has_a_value() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD')")
                        .by("bill.kind")
                        .having("m1", Operator.GT, "30"),
                "new | 122");
        expect(
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD')").by("bill.kind").orderBy("-m1"),
                "new | 122",
                "more | 22",
                "late | NO_RATE");
    }

    @Test
    default void a_rate_must_be_one_and_above_nought() {
        var sums = ask("convert(sum(bill.amount), 'USD')");
        expect(
                Bills.rates(events()).fact("bill", "2026-01-08", "acme", "CHF", 1, ""),
                sums,
                "NO_RATE");
        expect(
                Bills.rates(events()).fact("bill", "2026-01-04", "acme", "GBP", 1, ""),
                sums,
                "NO_RATE");
        expect(
                Bills.rates(events()).fact("bill", "2026-01-05", "acme", null, 1, ""),
                sums,
                "NO_RATE");
        expect(
                Bills.rates(events()).fact("bill", "2026-01-08", "acme", "CHF", 0, ""),
                sums,
                "NO_RATE");
        expect(
                Bills.rates(events()).fact("bill", "2026-01-08", "acme", "CHF", null, ""),
                sums,
                "0");
        for (var wrong : new String[] {"0", "-1", null}) {
            expect(
                    Bills.rates(events())
                            .fact("fx", "2026-01-03", "EUR", wrong)
                            .fact("bill", "2026-01-04", "acme", "EUR", 1, ""),
                    sums,
                    "NO_RATE");
        }
        expect(
                Bills.rates(events()).fact("bill", "2026-01-08", "acme", "EU\nR", 1, ""),
                sums,
                "NO_RATE");
        // A later load corrects a rate.
        expect(
                Bills.rates(events())
                        .nextLoad("fx")
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
                Bills.oneWithoutRate(events())
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
        var world =
                Bills.oneWithoutRate(events())
                        .fact("bill", "2026-01-10", "bolt", "EUR", null, "empty");
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
            assertThat(notices(Bills.oneWithoutRate(events()), ask(formula)))
                    .as(condition)
                    .noneMatch(notice -> notice.contains("UNDECIDED"));
        }
    }

    @Test
    default void rows_of_accounts_without_a_rate_are_not_undecided() {
        var world =
                Bills.oneWithoutRate(events())
                        .fact("bill", "2026-01-10", "acme", "EUR", null, "empty");
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
        expect(Bills.oneWithoutRate(events()), ask(formula), "NO_RATE");
        assertThat(notices(Bills.oneWithoutRate(events()), ask(formula)))
                .noneMatch(notice -> notice.contains("UNDECIDED"));
    }

    @Test
    default void what_has_no_rate_has_no_value_to_a_filter_of_cells() {
        var byKind = ask("coalesce(convert(sum(bill.amount), 'USD'), 0)").by("bill.kind");
        expect(
                Bills.oneWithoutRate(events()),
                byKind.having("m1", Operator.IS_NULL),
                "late | NO_RATE");
        expect(
                Bills.oneWithoutRate(events()),
                byKind.having("m1", Operator.IS_NOT_NULL),
                "more | 22",
                "new | 122");
        expect(
                Bills.oneWithoutRate(events()),
                byKind.having("m1", Operator.NOT_IN, "22"),
                "late | NO_RATE",
                "new | 122");
        expect(
                Bills.oneWithoutRate(events()),
                byKind.having(new Filter.Not(new Filter.Where("m1", Operator.GT, List.of("30")))),
                "late | NO_RATE",
                "more | 22");
        expect(
                Bills.oneWithoutRate(events()),
                byKind.having("m1", Operator.LTE, "30"),
                "more | 22");
        expect(
                Bills.oneWithoutRate(events()),
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
}
