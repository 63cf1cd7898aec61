package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What was known at an earlier instant: the facts that had been recorded by then and were still in force, and what was known of their coverage. */
public interface KnownAtContract extends ExecutorContract {
    private static SourceBuilder invoices() {
        return source("invoice")
                .text("number")
                .timestamp("issued")
                .account("customer")
                .decimal("amount")
                .key("number");
    }

    /** Three loads, an hour apart: i2 is corrected by the second and moved to March by the third, i3 comes late. */
    private static WorldBuilder corrected() {
        return World.world()
                .entity(accounts().text("plan"))
                .source(invoices().coverage("2026-01-01", "2026-04-01"))
                .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                .fact("invoice", "i2", "2026-01-06T10:00:00Z", "acme", 20)
                .nextLoad("invoice")
                .fact("invoice", "i2", "2026-01-06T10:00:00Z", "bolt", 25)
                .fact("invoice", "i3", "2026-01-07T10:00:00Z", "bolt", 5)
                .nextLoad("invoice")
                .fact("invoice", "i2", "2026-03-06T10:00:00Z", "bolt", 25);
    }

    private static Instant first() {
        return World.recordedAt(0);
    }

    private static Instant second() {
        return World.recordedAt(1);
    }

    private static Instant third() {
        return World.recordedAt(2);
    }

    private static Instant justBefore(Instant at) {
        return at.minus(1, ChronoUnit.MICROS);
    }

    @Test
    default void answer_of_earlier_can_be_had_again() {
        var revenue = ask("sum(invoice.amount)");
        expect(corrected(), revenue.knownAt(first()), "30");
        expect(corrected(), revenue.knownAt(second()), "40");
        expect(corrected(), revenue.knownAt(third()), "15");
        expect(corrected(), revenue, "15");
    }

    @Test
    default void what_is_recorded_at_the_instant_is_known() {
        var revenue = ask("sum(invoice.amount)");
        expect(corrected(), revenue.knownAt(justBefore(second())), "30");
        expect(corrected(), revenue.knownAt(justBefore(third())), "40");
    }

    @Test
    default void groups_are_those_of_then() {
        var byAccount = ask("sum(invoice.amount)", "count(invoice)").by("account");
        expect(corrected(), byAccount.knownAt(first()), "acme | 30 | 2");
        expect(corrected(), byAccount.knownAt(second()), "acme | 10 | 1", "bolt | 30 | 2");
    }

    @Test
    default void windows_shifts_and_totals_read_what_was_known() {
        var byMonth =
                ask(
                                "sum(invoice.amount)",
                                "sum(invoice.amount) over all",
                                "prior(sum(invoice.amount))")
                        .grain(Grain.MONTH)
                        .between("2026-02-01", "2026-04-01")
                        .totals();
        expect(
                corrected(),
                byMonth.knownAt(second()),
                "2026-02-01 | 0 | 40 | 40",
                "2026-03-01 | 0 | 40 | 0",
                "all | 0 | 40 | 40");
        expect(
                corrected(),
                byMonth.knownAt(third()),
                "2026-02-01 | 0 | 15 | 15",
                "2026-03-01 | 25 | 40 | 0",
                "all | 25 | 40 | 15");
    }

    @Test
    default void what_is_read_for_members_rows_and_days_is_that_of_then() {
        var world =
                corrected()
                        .member(account("acme").sinceDate("2026-01-01"))
                        .member(account("bolt").sinceDate("2026-01-01"));
        var question =
                ask(
                        "count(account where exists(invoice))",
                        "max(account : sum(invoice.amount))",
                        "sum(invoice where per(account : count(invoice)) > 1 : amount)",
                        "max(day : sum(invoice.amount))");
        expect(world, question.knownAt(first()), "1 | 30 | 30 | 20");
        expect(world, question.knownAt(second()), "2 | 30 | 30 | 25");
        expect(world, question, "2 | 10 | 0 | 10");
    }

    /** The ticket turns urgent with the second load of tickets. */
    @Test
    default void rows_that_links_lead_to_are_those_of_then() {
        var world =
                World.world()
                        .source(
                                source("ticket")
                                        .date("opened")
                                        .text("number")
                                        .text("priority")
                                        .key("number"))
                        .source(
                                source("reply")
                                        .date("sent")
                                        .text("about")
                                        .link("ticket", "ticket", "about")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("ticket", "2026-01-04", "t1", "low")
                        .fact("reply", "2026-01-05", "t1")
                        .nextLoad("ticket")
                        .fact("ticket", "2026-01-04", "t1", "urgent");
        var urgent = ask("count(reply where ticket.priority = 'urgent')");
        expect(world, urgent.knownAt(second()), "0");
        expect(world, urgent.knownAt(third()), "1");
        assertThat(notices(world, urgent.knownAt(justBefore(first()))))
                .containsExactly(
                        "null NOT_RECORDED: Nothing of 'ticket' had been recorded at 2026-06-01T00:59:59.999999Z.");
        expect(world, ask("count(reply)").by("ticket.priority").knownAt(second()), "low | 1");
        expect(world, ask("count(reply)").by("ticket.priority"), "urgent | 1");
    }

    /** A euro is worth 1.1 dollars; a third load corrects that to 1.2. */
    @Test
    default void rates_of_exchange_are_those_of_then() {
        var world =
                World.world()
                        .source(Bills.dollars())
                        .source(
                                source("bill")
                                        .date("issued")
                                        .money("net", "EUR")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("fx", "2026-01-05", "EUR", "1.1")
                        .fact("bill", "2026-01-06", 100)
                        .nextLoad("fx")
                        .fact("fx", "2026-01-05", "EUR", "1.2");
        var dollars = ask("sum(bill : convert(net, 'USD'))");
        expect(world, dollars.knownAt(second()), "110");
        expect(world, dollars.knownAt(third()), "120");
        expect(world, dollars, "120");
        assertThat(notices(world, dollars.knownAt(first()))).isEmpty();
        assertThat(notices(world, dollars.knownAt(justBefore(first()))))
                .containsExactly(
                        "null NOT_RECORDED: Nothing of 'fx' had been recorded at 2026-06-01T00:59:59.999999Z.");
    }

    @Test
    default void greatest_groups_are_those_of_then() {
        var greatest = ask("sum(invoice.amount)").by("account").top(1);
        expect(corrected(), greatest.knownAt(first()), "acme | 30");
        expect(corrected(), greatest.knownAt(second()), "bolt | 30", "other | 10");
        expect(corrected(), greatest, "acme | 10", "other | 5");
    }

    @Test
    default void stocks_are_of_the_versions_that_were_known() {
        var world =
                World.world()
                        .source(
                                source("subscription")
                                        .text("number")
                                        .account("customer")
                                        .date("starts")
                                        .date("ends")
                                        .decimal("mrr")
                                        .validity("starts", "ends")
                                        .key("number")
                                        .coverage("2025-12-01", "2026-07-01"))
                        .fact("subscription", "s1", "acme", "2025-12-10", null, 100)
                        .nextLoad("subscription")
                        .fact("subscription", "s1", "acme", "2025-12-10", "2026-01-15", 100);
        var mrr = ask("sum(subscription at end : mrr)");
        expect(world, mrr.knownAt(first()), "100");
        expect(world, mrr.knownAt(second()), "0");
    }

    @Test
    default void coverage_is_what_was_known_of_it() {
        var world =
                World.world()
                        .source(invoices())
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .nextLoad("invoice", "2026-02-01")
                        .fact("invoice", "i2", "2026-01-06T10:00:00Z", "acme", 20)
                        .nextLoad("invoice", "2026-04-01")
                        .fact("invoice", "i3", "2026-02-06T10:00:00Z", "acme", 20);
        var byMonth = ask("count(invoice)").grain(Grain.MONTH).between("2026-01-01", "2026-04-01");
        expect(
                world,
                byMonth.knownAt(first()),
                "2026-01-01 | 1",
                "2026-02-01 | NOT_YET",
                "2026-03-01 | NOT_YET");
        expect(
                world,
                byMonth.knownAt(second()),
                "2026-01-01 | 2",
                "2026-02-01 | NOT_YET",
                "2026-03-01 | NOT_YET");
        expect(
                world,
                byMonth.knownAt(third()),
                "2026-01-01 | 2",
                "2026-02-01 | 1",
                "2026-03-01 | 0");
        assertThat(incomplete(world, ask("count(invoice)").knownAt(first())).getFirst())
                .hasToString("[BEYOND_COVERAGE, BEFORE_COVERAGE]");
        assertThat(incomplete(world, ask("count(invoice)").knownAt(second())).getFirst())
                .hasToString("[BEFORE_COVERAGE]");
    }

    @Test
    default void source_of_which_nothing_was_recorded_has_no_value_and_says_so() {
        var world =
                World.world()
                        .source(invoices())
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10);
        var question = ask("count(invoice)").knownAt(justBefore(first()));
        expect(world, question, "NO_DATA");
        assertThat(notices(world, question))
                .containsExactly(
                        "null NOT_RECORDED: Nothing of 'invoice' had been recorded at 2026-06-01T00:59:59.999999Z.");
    }

    @Test
    default void facts_without_a_key_are_known_from_their_load_on() {
        var world =
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .nextLoad("event")
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1);
        expect(world, ask("count(event)").knownAt(first()), "1");
        expect(world, ask("count(event)").knownAt(second()), "2");
    }

    @Test
    default void accounts_and_attributes_are_as_known_now_and_that_is_said() {
        var world =
                corrected()
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "free"));
        var question =
                ask("count(account)", "sum(invoice.amount)").by("account.plan").knownAt(first());
        // The first fact of bolt came with the second load.
        expect(world, question, "free | 1 | 0", "pro | 1 | 30");
        assertThat(notices(world, question))
                .containsExactly(
                        "null MEMBERS_AS_NOW: Which accounts and users there are, and their attributes, is as known now: when it came to be known is not kept.");
        assertThat(notices(world, ask("count(invoice)").knownAt(first()))).isEmpty();
    }

    @Test
    default void undecided_rows_are_counted_among_those_of_then() {
        var world =
                World.world()
                        .source(invoices().text("kind").coverage("2026-01-01", "2026-04-01"))
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10, null)
                        .fact("invoice", "i2", "2026-01-05T10:00:00Z", "acme", 10, null)
                        .nextLoad("invoice")
                        .fact("invoice", "i2", "2026-01-05T10:00:00Z", "acme", 10, "b");
        var question = ask("count(invoice where kind != 'a')");
        assertThat(notices(world, question.knownAt(first())))
                .singleElement()
                .asString()
                .contains("neither true nor false for 2 ");
        assertThat(notices(world, question))
                .singleElement()
                .asString()
                .contains("neither true nor false for 1 ");
    }
}
