package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.DataType;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Computed fields that read what links lead to: they are their formula, wherever they are named. */
public interface LinkedFieldsContract extends ExecutorContract {
    /**
     * Subscription s1 of acme, 10 euros a seat, 5 seats included; s2 of bolt, 4 dollars, 2 included. Changes 1 and 2 are of s1 (3 seats, then 6), change 3 of s2
     * (2), change 4 of s9, which is not there (7). Lines of invoices point at changes 1, 2, 4 and at one that is not there. A euro is 2 dollars.
     */
    private WorldBuilder billing() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .source(
                        source("fx")
                                .date("day")
                                .text("code")
                                .decimal("dollars")
                                .rates("code", "USD", "dollars", 1000))
                .source(
                        source("subscription")
                                .date("opened_on")
                                .account("customer")
                                .text("number")
                                .text("currency")
                                .moneyIn("price", "currency")
                                .integer("included")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("change")
                                .date("day")
                                .integer("number")
                                .text("about")
                                .integer("seats")
                                .computed("currency", DataType.TEXT, "subscription.currency")
                                .computedMoneyIn("amount", "currency", "seats * subscription.price")
                                .computed(
                                        "size",
                                        DataType.TEXT,
                                        "case when seats >= subscription.included then 'large' else 'small' end")
                                .computed("is_large", DataType.BOOLEAN, "size = 'large'")
                                .key("number")
                                .link("subscription", "subscription", "about")
                                .accountVia("subscription")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("line")
                                .date("day")
                                .integer("of_change")
                                .computed("currency", DataType.TEXT, "change.currency")
                                .computedMoneyIn("amount", "currency", "change.amount")
                                .link("change", "change", "of_change")
                                .accountVia("change")
                                .coverage("2026-01-01", "2026-04-01"))
                .slice("large_change", "change", "is_large")
                .fact("fx", "2025-12-01", "EUR", 2)
                .fact("subscription", "2026-01-02", "acme", "s1", "EUR", 10, 5)
                .fact("subscription", "2026-01-03", "bolt", "s2", "USD", 4, 2)
                .fact("change", "2026-01-05", 1, "s1", 3, null, null, null, null)
                .fact("change", "2026-01-20", 2, "s1", 6, null, null, null, null)
                .fact("change", "2026-01-08", 3, "s2", 2, null, null, null, null)
                .fact("change", "2026-01-09", 4, "s9", 7, null, null, null, null)
                .fact("line", "2026-02-01", 1, null, null)
                .fact("line", "2026-02-02", 2, null, null)
                .fact("line", "2026-02-03", 4, null, null)
                .fact("line", "2026-02-04", 99, null, null);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void computed_field_reads_the_row_that_a_link_leads_to() {
        // 30 and 60 euros, 8 dollars; the fourth change has no price, and is not of 5 seats or
        // more.
        expect(
                billing(),
                quarter(
                        "count(change where currency = 'EUR')",
                        "sum(change where currency = 'EUR' : amount)",
                        "distinct(change.currency)",
                        "count(change where amount is none)",
                        "sum(change where size = 'large' : seats)",
                        "share(change : is_large)",
                        "last(change.size)"),
                "2 | 90 | 2 | 1 | 8 | 0.5 | large");
    }

    @Test
    default void key_and_filter_read_it() {
        expect(
                billing(),
                quarter("count(change)", "sum(change.amount)").by("change.currency"),
                "EUR | 2 | 90",
                "USD | 1 | 8",
                "none | 1 | 0");
        expect(
                billing(),
                quarter("count(change)").by("change.size", "change.is_large"),
                "large | true | 2",
                "small | false | 2");
        expect(
                billing(),
                quarter("sum(change.amount)").filter("change.currency", Operator.IN, "EUR"),
                "90");
        expect(billing(), quarter("sum(change.seats)").where("change.size = 'large'"), "8");
    }

    @Test
    default void amounts_in_a_currency_of_another_row_are_converted() {
        expect(
                billing(),
                quarter(
                        "sum(change : convert(amount, 'USD'))",
                        "convert(sum(change.amount), 'USD')",
                        "convert(sum(line.amount), 'USD')",
                        "sum(line where currency = 'EUR' : amount)"),
                "188 | 188 | 180 | 90");
    }

    @Test
    default void further_links_lead_to_it_and_none_to_a_row_that_is_not_there() {
        // The third line leads to a change without a subscription, which is small; the fourth leads
        // nowhere.
        expect(
                billing(),
                quarter(
                        "count(line where change.size = 'small')",
                        "count(line where change.size is none)",
                        "count(line where change.is_large)",
                        "count(line where currency = 'EUR')",
                        "sum(line : change.seats)"),
                "2 | 1 | 1 | 2 | 16");
        expect(
                billing(),
                quarter("count(line)", "sum(line.amount)").by("line.currency"),
                "EUR | 2 | 90",
                "none | 2 | 0");
        expect(
                billing(),
                quarter("count(change)", "count(line)").by("change.size"),
                "large | 2 | 1",
                "small | 2 | 2",
                "none | 0 | 1");
    }

    @Test
    default void slices_members_and_windows_read_it() {
        expect(
                billing(),
                quarter(
                        "count(large_change)",
                        "count(account where exists(large_change where currency = 'EUR'))",
                        "max(account : sum(change where is_large : seats))",
                        "sum(change where per(account : count(large_change)) > 0 : seats)",
                        "sum(large_change : seats) over last 1 month"),
                "2 | 1 | 6 | 11 | 0");
        var scoped = quarter("count(change where is_large)", "count(line)");
        expect(billing(), scoped.scope("plan = 'pro'"), "1 | 2");
        expect(billing(), scoped.scope("plan = 'free'"), "1 | 0");
    }

    @Test
    default void it_follows_what_the_other_row_becomes_and_what_was_known_of_it() {
        var world =
                billing()
                        .nextLoad("subscription")
                        .fact("subscription", "2026-01-02", "acme", "s1", "GBP", 20, 3)
                        .fact("subscription", "2026-01-04", "cord", "s9", "EUR", 1, 9);
        var asked =
                quarter(
                        "sum(change where currency = 'EUR' : amount)",
                        "sum(change where currency = 'GBP' : amount)",
                        "count(change where size = 'large')",
                        "count(change where currency is none)");
        expect(world, asked, "7 | 180 | 3 | 0");
        var last = (int) world.build().loads().stream().count() - 1;
        expect(world, asked.knownAt(World.recordedAt(last - 1)), "90 | 0 | 2 | 1");
    }

    @Test
    default void row_that_is_not_there_as_of_then_says_nothing() {
        var asked = quarter("count(change where currency = 'USD')", "count(change)");
        var world = billing().fact("change", "2026-01-01", 5, "s2", 1, null, null, null, null);
        expect(world, asked.asOf("2026-01-03T00:00:00Z"), "0 | 1");
        expect(world, asked.asOf("2026-01-04T00:00:00Z"), "1 | 1");
    }

    @Test
    default void amounts_in_a_currency_of_another_row_change_where_a_slice_keeps_to_one() {
        // s1 pays 10 euros a seat, s2 4 dollars. In euros 30 are new in January, and 60 in place of
        // them from 10 February, which is 30 more; at the end of March nothing. In dollars 8. A
        // twelfth of 30 is 2.5; sevenths that come and go leave nothing.
        var world =
                billing()
                        .source(
                                source("term")
                                        .date("since")
                                        .date("until")
                                        .text("about")
                                        .integer("seats")
                                        .computed(
                                                "currency", DataType.TEXT, "subscription.currency")
                                        .computedMoneyIn(
                                                "amount", "currency", "seats * subscription.price")
                                        .computedMoneyIn("monthly", "currency", "amount / 12")
                                        .computedMoneyIn("daily", "currency", "amount / 7")
                                        .validity("since", "until")
                                        .link("subscription", "subscription", "about")
                                        .accountVia("subscription")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .slice("in_euros", "term", "currency = 'EUR'")
                        .slice("in_dollars", "term", "subscription.currency = 'USD'")
                        .fact("term", "2026-01-05", "2026-02-10", "s1", 3, null, null, null, null)
                        .fact("term", "2026-02-10", "2026-03-20", "s1", 6, null, null, null, null)
                        .fact("term", "2026-01-08", null, "s2", 2, null, null, null, null);
        expect(
                world,
                quarter(
                        "sum(changes(in_euros.amount per account) where kind = 'new' : delta)",
                        "sum(changes(in_euros.amount per account) where kind = 'expansion' : delta)",
                        "sum(changes(in_euros.amount per account) where kind = 'churn' : delta)",
                        "sum(changes(in_dollars.amount per account) : delta)",
                        "sum(changes(in_euros.amount per account) : convert(delta, 'USD'))",
                        "sum(changes(in_euros.monthly per account) where kind = 'new' : delta)",
                        "sum(changes(in_euros.daily per account) : delta)"),
                "30 | 30 | -60 | 8 | 0 | 2.5 | 0");
    }
}
