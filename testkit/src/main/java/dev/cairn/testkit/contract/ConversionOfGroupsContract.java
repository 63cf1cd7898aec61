package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Converted amounts that rank and choose groups, that conditions of the question compare, and that come through another currency. */
public interface ConversionOfGroupsContract extends ExecutorContract {
    // ---- through another currency

    /** Rates lead to dollars: 8 euros are 10 dollars, 4 pounds are 10; on January 8 no euro has a rate. */
    private WorldBuilder throughDollars() {
        return Bills.rates(events())
                .metric("billed", "sum(bill.amount)")
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
                Bills.rates(events())
                        .fact("fx", "2026-01-20", "GBP", "2.5")
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
                Bills.bills(events()),
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
                Bills.oneWithoutRate(events()),
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
        var built = Bills.oneWithoutRate(events()).build();
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
                Bills.bills(events()),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .by("bill.kind")
                        .top(1, "m1", true),
                "new | 122 | 2",
                "other | 22 | 3");
    }

    @Test
    default void a_group_that_may_be_among_the_greatest_for_want_of_a_rate_is_shown() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("convert(sum(bill.amount), 'USD')", "count(bill)")
                        .by("bill.kind")
                        .top(2, "m1", true),
                "late | NO_RATE | 1",
                "new | 122 | 2",
                "other | 22 | 3");
        expect(
                Bills.oneWithoutRate(events()),
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
                Bills.bills(events()),
                ask(
                                "count(bill)",
                                "convert(sum(bill.amount), 'USD')",
                                "count(bill where kind = 'new')")
                        .where("convert(bill.amount, 'USD') >= 11"),
                "3 | 133 | 2");
        expect(
                Bills.bills(events()),
                ask("count(bill)")
                        .where("convert(bill.amount, 'USD') < 11 or bill.kind = 'new'")
                        .by("account"),
                "acme | 2",
                "bolt | 2");
    }

    @Test
    default void a_row_of_which_a_condition_is_not_known_for_want_of_a_rate_leaves_no_value() {
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)", "count(bill where kind != 'late')", "exists(bill)")
                        .where("convert(bill.amount, 'USD') >= 11"),
                "NO_RATE | 3 | NO_RATE");
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)").where("not (convert(bill.amount, 'USD') >= 11)").by("bill.kind"),
                "late | NO_RATE",
                "more | 2");
        expect(
                Bills.oneWithoutRate(events()),
                ask("count(bill)")
                        .where("bill.kind != 'late' and convert(bill.amount, 'USD') >= 11"),
                "3");
    }
}
