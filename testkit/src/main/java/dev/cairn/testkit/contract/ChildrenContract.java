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
import org.junit.jupiter.api.Test;

/** Rows that point at a row by a link: aggregates of them are a value of it. */
public interface ChildrenContract extends ExecutorContract {
    private static SourceBuilder happenings() {
        return source("ticket_event")
                .date("seen_on")
                .account("customer")
                .integer("event_no")
                .integer("about")
                .text("kind")
                .decimal("effort")
                .key("event_no")
                .link("ticket", "ticket", "about");
    }

    /**
     * Tickets: 1 and 2 of acme, of January, urgent and low, solved on January 10 and February 25; 3 and 4 of bolt, of February, low and urgent, the fourth solved on
     * March 20. Events of the first are of January 5, January 8 (a reply) and February 5 (reopened), of the second of January 21 and March 28 (reopened), of the
     * third and fourth one reply each in February, that of the fourth of acme. Two more replies point at no ticket that is there.
     */
    private WorldBuilder tickets(SourceBuilder events) {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .source(
                        source("ticket")
                                .date("opened_on")
                                .account("customer")
                                .integer("number")
                                .date("solved_on")
                                .text("priority")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(events)
                .fact("ticket", "2026-01-05", "acme", 1, "2026-01-10", "urgent")
                .fact("ticket", "2026-01-20", "acme", 2, "2026-02-25", "low")
                .fact("ticket", "2026-02-03", "bolt", 3, null, "low")
                .fact("ticket", "2026-02-10", "bolt", 4, "2026-03-20", "urgent")
                .fact("ticket_event", "2026-01-05", "acme", 11, 1, "open", 1)
                .fact("ticket_event", "2026-01-08", "acme", 12, 1, "reply", 2)
                .fact("ticket_event", "2026-02-05", "acme", 13, 1, "reopen", 4)
                .fact("ticket_event", "2026-01-21", "acme", 21, 2, "open", 8)
                .fact("ticket_event", "2026-03-28", "acme", 22, 2, "reopen", 16)
                .fact("ticket_event", "2026-02-04", "bolt", 31, 3, "reply", 32)
                .fact("ticket_event", "2026-02-11", "acme", 41, 4, "reply", 64)
                .fact("ticket_event", "2026-02-06", "bolt", 91, 9, "reply", 128)
                .fact("ticket_event", "2026-02-07", "bolt", 99, null, "reply", 256);
    }

    private WorldBuilder tickets() {
        return tickets(happenings().coverage("2026-01-01", "2026-04-01"));
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void aggregate_of_what_points_at_a_row_is_a_value_of_it() {
        expect(
                tickets(),
                quarter(
                        "count(ticket where exists(ticket_event where kind = 'reply') over ever)",
                        "sum(ticket : count(ticket_event))",
                        "max(ticket : sum(ticket_event.effort))",
                        "avg(ticket : sum(ticket_event.effort))",
                        "sum(ticket where priority = 'low' : sum(ticket_event.effort))",
                        "share(ticket : count(ticket_event where kind != 'open') > 1)",
                        "max(ticket : last(ticket_event.kind))"),
                "3 | 7 | 64 | 31.75 | 56 | 0.25 | reply");
    }

    @Test
    default void row_that_nothing_points_at_is_there_with_nothing() {
        var world = tickets().fact("ticket", "2026-03-01", "bolt", 5, null, "low");
        expect(
                world,
                quarter(
                        "count(ticket where not exists(ticket_event))",
                        "min(ticket : count(ticket_event))",
                        "count(ticket where sum(ticket_event.effort) = 0)",
                        "count(ticket where max(ticket_event.effort) is none)"),
                "1 | 0 | 1 | 1");
    }

    @Test
    default void it_is_read_in_the_time_of_the_row_unless_it_has_a_window_of_its_own() {
        expect(
                tickets(),
                quarter(
                                "sum(ticket : count(ticket_event))",
                                "sum(ticket : count(ticket_event) over ever)",
                                "count(ticket where exists(ticket_event where kind = 'reopen'))",
                                "sum(ticket : count(ticket_event)) over last 2 months")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 3 | 5 | 0 | 3",
                "2026-02-01 | 2 | 2 | 0 | 6",
                "2026-03-01 | 0 | 0 | 0 | 2",
                "all | 7 | 7 | 2 | 2");
    }

    @Test
    default void window_is_relative_to_a_time_of_the_row_and_pending_until_it_is_over() {
        // Thirty days from the last one end after what is known of events.
        var reopened =
                quarter(
                        "share(ticket on solved_on : exists(ticket_event where kind = 'reopen') over 30 days from solved_on)",
                        "count(ticket on solved_on where count(ticket_event) over 3 days before solved_on > 0)");
        expect(tickets(), reopened, "0.5 | 1");
        expect(
                tickets(),
                reopened.grain(Grain.MONTH),
                "2026-01-01 | 1 | 1",
                "2026-02-01 | 0 | 0",
                "2026-03-01 | NOT_YET | 0");
    }

    @Test
    default void keys_filters_and_members_are_those_of_the_row() {
        var all = quarter("count(ticket)", "sum(ticket : count(ticket_event))");
        expect(tickets(), all.by("ticket.priority"), "low | 2 | 3", "urgent | 2 | 4");
        expect(tickets(), all.where("ticket.priority = 'urgent'"), "2 | 4");
        expect(tickets(), all.by("account"), "acme | 2 | 5", "bolt | 2 | 2");
        expect(tickets(), all.where("account.plan = 'free'"), "2 | 2");
        expect(
                tickets(),
                quarter(
                        "avg(account : sum(ticket : count(ticket_event)))",
                        "count(account where exists(ticket where count(ticket_event) > 2))",
                        "sum(ticket where per(account : count(ticket_event)) > 5 : count(ticket_event))"),
                "3.5 | 1 | 5");
    }

    @Test
    default void a_slice_is_of_rows_by_what_points_at_them() {
        var world =
                tickets()
                        .slice(
                                "reopened",
                                "ticket",
                                "exists(ticket_event where kind = 'reopen') over ever")
                        .slice("urgently", "reopened", "priority = 'urgent'")
                        .slice("answered", "ticket", "exists(ticket_event where kind != 'open')")
                        .slice(
                                "unanswered",
                                "ticket",
                                "not exists(ticket_event where kind != 'open')")
                        .slice("busy", "ticket", "per(account : count(ticket_event)) > 3");
        expect(
                world,
                quarter(
                                "count(reopened)",
                                "count(urgently)",
                                "sum(reopened : count(ticket_event))",
                                "count(answered)",
                                "count(unanswered)",
                                "count(busy)",
                                "count(ticket)")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 2 | 1 | 3 | 1 | 1 | 0 | 2",
                "2026-02-01 | 0 | 0 | 0 | 2 | 0 | 0 | 2",
                "2026-03-01 | 0 | 0 | 0 | 0 | 0 | 0 | 0",
                "all | 2 | 1 | 5 | 4 | 0 | 2 | 4");
        expect(world, quarter("count(reopened)"), "2");
        expect(
                world,
                quarter(
                        "avg(account : count(reopened))",
                        "count(account where exists(reopened))",
                        "share(ticket : exists(ticket_event where kind = 'reopen'))",
                        "count(ticket_event where ticket.priority = 'low')"),
                "1 | 1 | 0.5 | 3");
        expect(
                world,
                quarter("count(reopened)", "count(answered)").by("ticket.priority"),
                "low | 1 | 2",
                "urgent | 1 | 2");
    }

    @Test
    default void a_slice_may_read_a_window_of_each_row() {
        var world =
                tickets()
                        .slice(
                                "hasty",
                                "ticket",
                                "exists(ticket_event where kind = 'reopen') over 30 days from solved_on");
        // That of ticket 1 is within, that of ticket 2 a day late, and of ticket 4 it is not known
        // yet.
        assertThat(rowsWithParts(world, quarter("count(hasty on solved_on)")))
                .containsExactly("1 (n 1, pending 1)");
    }

    @Test
    default void a_filter_is_of_rows_by_what_points_at_them() {
        var all = quarter("count(ticket)", "sum(ticket : count(ticket_event))");
        var reopened = "exists(ticket_event where kind = 'reopen')";
        expect(tickets(), all.where(reopened), "2 | 5");
        expect(tickets(), all.where("not " + reopened), "2 | 2");
        expect(tickets(), all.where(reopened + " and ticket.priority = 'low'"), "1 | 2");
        expect(tickets(), all.where("count(ticket_event) > 1").by("account"), "acme | 2 | 5");
        expect(
                tickets(),
                all.where(reopened + " over ever").grain(Grain.MONTH),
                "2026-01-01 | 2 | 3",
                "2026-02-01 | 0 | 0",
                "2026-03-01 | 0 | 0");
        expect(
                tickets(),
                all.where(reopened).grain(Grain.MONTH),
                "2026-01-01 | 0 | 0",
                "2026-02-01 | 0 | 0",
                "2026-03-01 | 0 | 0");
        expect(
                tickets(),
                all.where("exists(ticket_event where kind = 'reply')").scope("plan = 'free'"),
                "1 | 1");
        assertThat(
                        rowsWithParts(
                                tickets(),
                                quarter("count(ticket on solved_on)")
                                        .where(reopened + " over 30 days from ticket.solved_on")))
                .containsExactly("1 (n 1, pending 1)");
    }

    @Test
    default void who_may_see_some_accounts_reads_no_row_of_another_that_points_at_theirs() {
        var all = quarter("count(ticket)", "sum(ticket : count(ticket_event))");
        expect(tickets(), all.scope("plan = 'free'"), "2 | 1");
        expect(tickets(), all.scope("plan = 'pro'"), "2 | 5");
        expect(
                tickets(),
                quarter(
                                "count(ticket on solved_on where count(ticket_event) over 60 days before solved_on > 0)")
                        .scope("plan = 'free'"),
                "0");
    }

    @Test
    default void who_may_see_some_accounts_reads_rows_of_none_that_point_at_theirs() {
        // Of ticket 1, of acme, are notes with 1 and 4, of 2, of bolt, one with 2; one with 8 is of
        // the third, which is of nobody.
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .member(account("acme").with("plan", "pro"))
                        .member(account("bolt").with("plan", "free"))
                        .source(
                                source("ticket")
                                        .date("opened_on")
                                        .account("customer")
                                        .integer("number")
                                        .key("number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("note")
                                        .date("noted_on")
                                        .integer("about")
                                        .integer("length")
                                        .link("ticket", "ticket", "about")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("ticket", "2026-01-05", "acme", 1)
                        .fact("ticket", "2026-01-05", "bolt", 2)
                        .fact("ticket", "2026-01-05", null, 3)
                        .fact("note", "2026-01-06", 1, 1)
                        .fact("note", "2026-01-16", 1, 4)
                        .fact("note", "2026-01-06", 2, 2)
                        .fact("note", "2026-01-06", 3, 8);
        var asked =
                quarter(
                        "count(ticket where exists(note))",
                        "sum(ticket : sum(note : length))",
                        "sum(ticket : sum(note : length) over 7 days from opened_on)",
                        "count(account where exists(ticket where count(note) > 1))");
        expect(world, asked, "3 | 15 | 11 | 1");
        expect(world, asked.scope("plan = 'pro'"), "1 | 5 | 1 | 1");
        expect(world, asked.scope("plan = 'free'"), "1 | 2 | 2 | 0");
        expect(world, quarter("count(ticket)").where("exists(note)").scope("plan = 'pro'"), "1");
    }

    @Test
    default void corrected_rows_point_where_they_do_now_or_did_when_it_was_known() {
        var world =
                tickets()
                        .nextLoad("ticket_event")
                        .fact("ticket_event", "2026-02-06", "bolt", 91, 3, "reply", 128)
                        .fact("ticket_event", "2026-01-08", "acme", 12, 2, "reply", 2);
        var asked =
                quarter(
                        "sum(ticket : count(ticket_event))",
                        "max(ticket : count(ticket_event))",
                        "sum(ticket where priority = 'low' : count(ticket_event))");
        expect(world, asked, "8 | 3 | 5");
        int last = world.build().loads().size() - 1;
        expect(world, asked.knownAt(World.recordedAt(last - 1)), "7 | 3 | 3");
    }

    @Test
    default void outside_of_the_coverage_of_what_points_there_is_no_value() {
        var world = tickets(happenings().coverage("2026-02-01", "2026-04-01"));
        expect(
                world,
                quarter("sum(ticket : count(ticket_event))", "count(ticket)").grain(Grain.MONTH),
                "2026-01-01 | BEFORE_DATA | 2",
                "2026-02-01 | 2 | 2",
                "2026-03-01 | 0 | 0");
    }

    @Test
    default void rows_may_point_at_rows_that_point_further() {
        var world =
                tickets()
                        .source(
                                source("note")
                                        .date("day")
                                        .account("customer")
                                        .integer("on_event")
                                        .link("event", "ticket_event", "on_event")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("note", "2026-01-09", "acme", 12)
                        .fact("note", "2026-01-10", "acme", 12)
                        .fact("note", "2026-03-30", "acme", 22);
        expect(
                world,
                quarter(
                        "sum(ticket : count(ticket_event where exists(note)))",
                        "max(ticket : sum(ticket_event : count(note)))"),
                "2 | 2");
    }

    @Test
    default void link_that_is_meant_is_said_where_there_are_several() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("place")
                                        .date("since")
                                        .text("region")
                                        .integer("no")
                                        .key("region", "no")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("trip")
                                        .date("day")
                                        .account("customer")
                                        .text("a")
                                        .integer("b")
                                        .text("c")
                                        .integer("d")
                                        .link("origin", "place", "a", "b")
                                        .link("destination", "place", "c", "d")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("place", "2026-01-01", "east", 1)
                        .fact("place", "2026-01-01", "east", 2)
                        .fact("place", "2026-01-01", "west", 1)
                        .fact("trip", "2026-01-02", "acme", "east", 1, "west", 1)
                        .fact("trip", "2026-01-03", "acme", "east", 2, "west", 1)
                        .fact("trip", "2026-01-04", "acme", "west", 1, "west", 1)
                        .fact("trip", "2026-01-05", "acme", "west", 2, "east", 1);
        expect(
                world,
                quarter(
                        "max(place : count(trip via origin))",
                        "max(place : count(trip via destination))",
                        "count(place where count(trip via origin) > count(trip via destination))"),
                "1 | 3 | 1");
    }

    @Test
    default void rows_of_the_same_source_may_point_at_a_row() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("task")
                                        .date("day")
                                        .account("customer")
                                        .integer("number")
                                        .integer("above")
                                        .key("number")
                                        .link("parent", "task", "above")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("task", "2026-01-01", "acme", 1, null)
                        .fact("task", "2026-01-02", "acme", 2, 1)
                        .fact("task", "2026-01-03", "acme", 3, 1)
                        .fact("task", "2026-01-04", "acme", 4, 2);
        expect(
                world,
                quarter("count(task where exists(task))", "max(task : count(task))"),
                "2 | 2");
    }

    private WorldBuilder bills() {
        return World.world()
                .entity(accounts().text("plan"))
                .source(
                        source("fx")
                                .date("day")
                                .text("code")
                                .decimal("dollars")
                                .rates("code", "USD", "dollars", 1000))
                .source(
                        source("bill")
                                .date("day")
                                .account("customer")
                                .integer("number")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("line")
                                .date("day")
                                .integer("of_bill")
                                .text("currency")
                                .moneyIn("amount", "currency")
                                .link("bill", "bill", "of_bill")
                                .accountVia("bill")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("fx", "2026-01-01", "EUR", 2)
                .fact("fx", "2026-02-01", "EUR", 3)
                .fact("bill", "2026-01-10", "acme", 1)
                .fact("bill", "2026-01-11", "acme", 2)
                .fact("line", "2026-01-11", 1, "EUR", 10)
                .fact("line", "2026-02-02", 1, "EUR", 10);
    }

    @Test
    default void amounts_of_rows_that_point_there_are_converted_and_lack_a_rate_for_all_around() {
        var asked =
                quarter(
                        "sum(bill : sum(line : convert(amount, 'USD')))",
                        "convert(sum(bill : sum(line.amount)), 'USD')",
                        "count(bill where sum(line : convert(amount, 'USD')) > 40)",
                        "count(bill where exists(line))");
        expect(bills(), asked, "50 | 50 | 1 | 1");
        expect(
                bills().fact("line", "2026-02-03", 2, "GBP", 1),
                asked,
                "NO_RATE | NO_RATE | NO_RATE | 2");
    }

    @Test
    default void negation_over_what_points_at_a_row_counts_the_rows_it_changes() {
        var world =
                tickets()
                        .fact("ticket_event", "2026-01-06", "acme", 14, 1, null, 512)
                        .fact("ticket_event", "2026-02-06", "bolt", 32, 3, null, 512);
        var asked = quarter("sum(ticket : count(ticket_event where kind != 'open'))");
        expect(world, asked, "5");
        assertThat(notices(world, asked))
                .singleElement()
                .asString()
                .contains("UNDECIDED", "for 2 rows of ticket_event without a value of kind");
    }
}
