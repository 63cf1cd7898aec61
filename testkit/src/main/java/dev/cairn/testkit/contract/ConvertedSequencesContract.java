package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.EntityBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Amounts of the rows that attempts, touches and changes are made of, in one currency: each at the rate of the day of its row. */
public interface ConvertedSequencesContract extends ExecutorContract {
    String NEW_TO_MORE =
            "steps(bill where kind = 'new' -> bill where kind = 'more' within 14 days per account)";

    /**
     * Acme: 100 euros on January 1 at 1.1, then 10 on the 7th at 1.1. Bolt: 10 euros on the 10th at 1.2, then 3 pounds on the 11th at 2.
     */
    private WorldBuilder two() {
        return Bills.rates(events())
                .fact("bill", "2026-01-01", "acme", "EUR", 100, "new")
                .fact("bill", "2026-01-12", "acme", "EUR", 10, "more")
                .fact("bill", "2026-01-10", "bolt", "EUR", 10, "new")
                .fact("bill", "2026-01-11", "bolt", "GBP", 3, "more");
    }

    @Test
    default void amounts_of_a_later_step_are_converted_at_the_rate_of_the_day_of_its_row() {
        // Acme: 10 euros on the 12th at 1.2, and not at the 1.1 of the first step. Bolt: 3 pounds
        // at 2.
        expect(
                two(),
                ask(
                                "sum(%s : convert(step_2.amount, 'USD'))".formatted(NEW_TO_MORE),
                                "convert(sum(%s : step_2.amount), 'USD')".formatted(NEW_TO_MORE),
                                "sum(%s : convert(amount, 'USD'))".formatted(NEW_TO_MORE),
                                "sum(%s : convert(step_1.amount, 'USD') + convert(step_2.amount, 'USD'))"
                                        .formatted(NEW_TO_MORE))
                        .by("account"),
                "acme | 12 | 12 | 110 | 122",
                "bolt | 6 | 6 | 12 | 18");
    }

    @Test
    default void a_condition_on_attempts_reads_what_a_later_step_is_worth() {
        expect(
                two(),
                ask(
                        "count(%s where convert(step_2.amount, 'USD') > 10)".formatted(NEW_TO_MORE),
                        "share(%s where step_2.amount is not none : convert(step_2.amount, 'USD') > 10)"
                                .formatted(NEW_TO_MORE),
                        "max(%s : convert(step_2.amount, 'USD'))".formatted(NEW_TO_MORE)),
                "1 | 0.5 | 12");
    }

    @Test
    default void as_of_says_another_day_for_a_later_step() {
        // 10 euros of acme at 1.1, and 3 pounds of bolt, as of January 6: the rates of the 5th.
        expect(
                two(),
                ask(
                                "sum(%s : convert(step_2.amount, 'USD') as of @2026-01-06)"
                                        .formatted(NEW_TO_MORE),
                                "sum(%s : convert(step_2.amount, 'USD') as of fact)"
                                        .formatted(NEW_TO_MORE))
                        .by("account"),
                "acme | 11 | 12",
                "bolt | 6 | 6");
    }

    @Test
    default void
            a_later_step_without_a_rate_leaves_no_value_and_one_that_was_not_reached_needs_none() {
        // No rate of euros holds on the 20th: ten days after that of the 10th. Cyd gets to no
        // second step.
        var world =
                two().fact("bill", "2026-01-15", "dyn", "EUR", 1, "new")
                        .fact("bill", "2026-01-20", "dyn", "EUR", 1, "more")
                        .fact("bill", "2026-01-15", "cyd", "EUR", 1, "new");
        expect(
                world,
                ask("sum(%s : convert(step_2.amount, 'USD'))".formatted(NEW_TO_MORE)).by("account"),
                "acme | 12",
                "bolt | 6",
                "cyd | 0",
                "dyn | NO_RATE");
    }

    @Test
    default void amounts_of_the_other_row_of_a_touch_are_converted_at_the_rate_of_its_own_day() {
        // Acme's invoices: 10 euros on the 2nd at 1.1, 20 on the 12th at 1.2.
        var world =
                Bills.rates(events())
                        .fact("invoice", "2026-01-02T10:00Z", "acme", 10)
                        .fact("invoice", "2026-01-12T10:00Z", "acme", 20);
        var touch = "touch(invoice after invoice per account)";
        expect(
                world,
                ask(
                        "sum(%s : convert(net, 'USD'))".formatted(touch),
                        "sum(%s : convert(later.net, 'USD'))".formatted(touch),
                        "sum(%s on later_at : convert(net, 'USD'))".formatted(touch),
                        "sum(%s on later_at : convert(earlier.net, 'USD'))".formatted(touch),
                        "convert(sum(%s : later.net), 'USD') - convert(sum(%s : net), 'USD')"
                                .formatted(touch, touch)),
                "11 | 24 | 24 | 11 | 13");
    }

    @Test
    default void changes_are_converted_at_the_rate_of_their_day() {
        // Acme's 10 euros a month begin on the 2nd, and are 15 from the 12th: 10 at 1.1 and 5 at
        // 1.2. Bolt pays dollars.
        var world =
                Bills.rates(events())
                        .source(
                                source("plan")
                                        .date("starts")
                                        .date("ends")
                                        .account("customer")
                                        .text("currency")
                                        .moneyIn("mrr", "currency")
                                        .validity("starts", "ends")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .slice("euro_plan", "plan", "currency = 'EUR'")
                        .fact("plan", "2026-01-02", "2026-01-12", "acme", "EUR", 10)
                        .fact("plan", "2026-01-12", null, "acme", "EUR", 15)
                        .fact("plan", "2026-01-03", null, "bolt", "USD", 7);
        expect(
                world,
                ask(
                        "sum(changes(euro_plan.mrr per account) : convert(delta, 'USD'))",
                        "convert(sum(changes(euro_plan.mrr per account) : delta), 'USD')"),
                "17 | 17");
    }

    @Test
    default void attributes_as_of_a_later_step_are_converted_at_the_rate_of_its_day() {
        // Eve's contract is of 100 euros until the 5th and of 200 from then on: 200 on the 12th at
        // 1.2, 100 on the 1st at 1.1.
        var world =
                Bills.rates(
                                World.world()
                                        .entity(
                                                EntityBuilder.accounts()
                                                        .text("plan")
                                                        .money("contract", "EUR")
                                                        .history()))
                        .member(account("eve").with("contract", 100).held(null, "2026-01-05"))
                        .member(account("eve").with("contract", 200).held("2026-01-05", null))
                        .fact("bill", "2026-01-01", "eve", "EUR", 100, "new")
                        .fact("bill", "2026-01-12", "eve", "EUR", 10, "more");
        expect(
                world,
                ask(
                        "sum(%s : convert(step_2.account.contract, 'USD'))".formatted(NEW_TO_MORE),
                        "sum(%s : convert(account.contract, 'USD'))".formatted(NEW_TO_MORE)),
                "240 | 110");
    }

    @Test
    default void
            attributes_without_a_history_have_the_rate_of_the_day_of_the_step_they_are_read_of() {
        // 100 euros: on the 12th at 1.2, on the 1st at 1.1. Gil gets to no second step.
        var world =
                Bills.rates(
                                World.world()
                                        .entity(
                                                EntityBuilder.accounts()
                                                        .text("plan")
                                                        .money("contract", "EUR")))
                        .member(account("eve").with("contract", 100))
                        .member(account("gil").with("contract", 100))
                        .fact("bill", "2026-01-01", "eve", "EUR", 100, "new")
                        .fact("bill", "2026-01-01", "gil", "EUR", 100, "new")
                        .fact("bill", "2026-01-12", "eve", "EUR", 10, "more");
        expect(
                world,
                ask(
                                "sum(%s : convert(step_2.account.contract, 'USD'))"
                                        .formatted(NEW_TO_MORE),
                                "sum(%s : convert(account.contract, 'USD'))".formatted(NEW_TO_MORE))
                        .by("account"),
                "eve | 120 | 110",
                "gil | 0 | 110");
    }

    @Test
    default void conditions_and_keys_of_what_is_made_of_rows_may_lack_a_rate() {
        // Dyn's second step is of the 20th, of which no rate holds; cyd gets to none.
        var world =
                two().fact("bill", "2026-01-15", "dyn", "EUR", 1, "new")
                        .fact("bill", "2026-01-20", "dyn", "EUR", 1, "more")
                        .fact("bill", "2026-01-15", "cyd", "EUR", 1, "new");
        var more = "convert(step_2.amount, 'USD') > 10";
        expect(
                world,
                ask("count(%s where %s)".formatted(NEW_TO_MORE, more)).by("account"),
                "acme | 1",
                "bolt | 0",
                "cyd | 0",
                "dyn | NO_RATE");
        expect(
                world,
                ask("count(%s)".formatted(NEW_TO_MORE))
                        .where("account in ('acme', 'bolt', 'cyd')")
                        .by("(%s) as large".formatted(more)),
                "false | 1",
                "true | 1",
                "none | 1");
        expect(
                world,
                ask("count(%s)".formatted(NEW_TO_MORE)).by("(%s) as large".formatted(more)),
                "false | NO_RATE",
                "true | NO_RATE",
                "none | NO_RATE");
    }

    @Test
    default void keys_and_filters_convert_the_other_row_of_a_touch_at_the_rate_of_its_own_day() {
        // The later invoice of acme is of the 12th: 20 euros at 1.2 are 24 dollars; at the 1.1 of
        // the 2nd they would be 22. No rate holds on the 20th.
        var world =
                Bills.rates(events())
                        .fact("invoice", "2026-01-02T10:00Z", "acme", 10)
                        .fact("invoice", "2026-01-12T10:00Z", "acme", 20)
                        .fact("invoice", "2026-01-13T10:00Z", "bolt", 20)
                        .fact("invoice", "2026-01-20T10:00Z", "bolt", 30);
        var touches = "count(touch(invoice after invoice per account))";
        var isMore = "convert(later.net, 'USD') > 23";
        var ofAcme = ask(touches).where("account = 'acme'");
        expect(world, ofAcme.by("(%s) as more".formatted(isMore)), "true | 1");
        expect(world, ask(touches).where(isMore).by("account"), "acme | 1", "bolt | NO_RATE");
        expect(
                world,
                ask(touches).by("(%s) as more".formatted(isMore)),
                "true | NO_RATE",
                "none | NO_RATE");
    }

    // ---- attributes

    /** Acme's contract is of 100 euros, bolt's of 10; the rate of euros is 1.1 from January 1, 1.2 from the 10th. */
    private static WorldBuilder contracts() {
        return World.world()
                .entity(EntityBuilder.accounts().text("plan").money("contract", "EUR"))
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(Bills.dollars())
                .fact("fx", "2026-01-01", "EUR", "1.1")
                .fact("fx", "2026-01-10", "EUR", "1.2")
                .member(
                        account("acme")
                                .with("plan", "pro")
                                .with("contract", 100)
                                .since("2025-01-01"))
                .member(
                        account("bolt")
                                .with("plan", "free")
                                .with("contract", 10)
                                .since("2025-01-01"));
    }

    @Test
    default void
            amounts_that_are_attributes_are_converted_at_the_rate_of_the_instant_they_are_read_at() {
        // At the end of January 7th the rate of the 1st still holds, 1.1; from the 10th on it is
        // 1.2. As of the 5th it is 1.1.
        expect(
                contracts(),
                ask(
                                "sum(account : convert(contract, 'USD'))",
                                "convert(sum(account : contract), 'USD')",
                                "sum(account : convert(contract, 'USD') as of @2026-01-05)",
                                "count(account where convert(contract, 'USD') > 115)",
                                "sum(account : contract)")
                        .grain(Grain.DAY)
                        .between("2026-01-07", "2026-01-12")
                        .asOf("2026-02-01T00:00:00Z"),
                "2026-01-07 | 121 | 121 | 121 | 0 | 110",
                "2026-01-08 | NO_RATE | NO_RATE | 121 | NO_RATE | 110",
                "2026-01-09 | NO_RATE | NO_RATE | 121 | NO_RATE | 110",
                "2026-01-10 | 132 | 132 | 121 | 1 | 110",
                "2026-01-11 | 132 | 132 | 121 | 1 | 110");
    }

    @Test
    default void a_formula_that_is_worked_out_in_a_currency_compares_attributes_in_it() {
        // Acme's 100 euros are 110 dollars on the 7th and 120 on the 10th; without 'convert' they
        // are 100 euros.
        expect(
                contracts(),
                ask(
                                "convert(sum(account where contract > 115 : contract), 'USD')",
                                "sum(account where contract > 99 : contract)",
                                "sum(account where contract > 115 : contract)")
                        .grain(Grain.DAY)
                        .between("2026-01-07", "2026-01-08")
                        .asOf("2026-02-01T00:00:00Z"),
                "2026-01-07 | 0 | 100 | 0");
        expect(
                contracts(),
                ask("convert(sum(account where contract > 115 : contract), 'USD')")
                        .grain(Grain.DAY)
                        .between("2026-01-10", "2026-01-11")
                        .asOf("2026-02-01T00:00:00Z"),
                "2026-01-10 | 120");
    }

    @Test
    default void attributes_without_a_rate_leave_no_value() {
        // The rate of the 10th holds for seven days, its own included: through the 16th.
        expect(
                contracts(),
                ask(
                                "sum(account : convert(contract, 'USD'))",
                                "count(account where convert(contract, 'USD') > 115)",
                                "count(account)")
                        .grain(Grain.DAY)
                        .between("2026-01-16", "2026-01-18")
                        .asOf("2026-02-01T00:00:00Z"),
                "2026-01-16 | 132 | 1 | 2",
                "2026-01-17 | NO_RATE | NO_RATE | 2");
    }

    @Test
    default void conditions_and_keys_of_members_read_what_an_attribute_is_worth() {
        var week =
                ask("count(account)", "sum(account : contract)")
                        .between("2026-01-05", "2026-01-13")
                        .asOf("2026-02-01T00:00:00Z");
        expect(contracts(), week.where("convert(account.contract, 'USD') > 115"), "1 | 100");
        expect(
                contracts(),
                week.by("(convert(account.contract, 'USD') > 115) as large"),
                "false | 1 | 10",
                "true | 1 | 100");
    }
}
