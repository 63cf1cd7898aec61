package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Links to rows of keyed sources: a row reads fields of the one row that it points at, along one link or several. */
public interface LinksContract extends ExecutorContract {
    private static SourceBuilder happenings() {
        return source("ticket_event")
                .date("seen_on")
                .account("customer")
                .text("kind")
                .integer("about")
                .link("ticket", "ticket", "about")
                .coverage("2026-01-01", "2026-04-01");
    }

    /**
     * Tickets: 1 of acme, urgent, effort 2, with ann; 2 of acme, low, effort 4, with bob; 3 of bolt, effort 8, without priority and agent. Ann is of the team north,
     * bob of south. In January three events of ticket 1 (one of no account), one of ticket 3, one of a ticket that is not there and one of none, in February one
     * of ticket 2.
     */
    private WorldBuilder desk() {
        return desk(happenings());
    }

    private WorldBuilder desk(SourceBuilder events) {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .source(
                        source("agent")
                                .date("hired_on")
                                .text("name")
                                .text("team")
                                .key("name")
                                .coverage("2020-01-01", "2026-04-01"))
                .source(
                        source("ticket")
                                .date("opened_on")
                                .account("customer")
                                .integer("number")
                                .text("priority")
                                .decimal("effort")
                                .text("assignee")
                                .key("number")
                                .link("agent", "agent", "assignee")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(events)
                .fact("agent", "2020-05-01", "ann", "north")
                .fact("agent", "2021-05-01", "bob", "south")
                .fact("ticket", "2026-01-04", "acme", 1, "urgent", 2, "ann")
                .fact("ticket", "2026-02-02", "acme", 2, "low", 4, "bob")
                .fact("ticket", "2026-01-06", "bolt", 3, null, 8, null)
                .fact("ticket_event", "2026-01-05", "acme", "open", 1)
                .fact("ticket_event", "2026-01-06", "acme", "reply", 1)
                .fact("ticket_event", "2026-02-03", "acme", "open", 2)
                .fact("ticket_event", "2026-01-07", "bolt", "open", 3)
                .fact("ticket_event", "2026-01-08", "bolt", "open", 9)
                .fact("ticket_event", "2026-01-09", null, "open", 1)
                .fact("ticket_event", "2026-01-10", "acme", "open", null);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void field_of_the_row_that_a_link_leads_to_is_a_value_of_each_row() {
        // Of the events of ticket 1 (2 each, three of them), of ticket 2 (4) and of ticket 3 (8).
        expect(
                desk(),
                quarter(
                        "sum(ticket_event : ticket.effort)",
                        "avg(ticket_event.ticket.effort)",
                        "max(ticket_event : ticket_event.ticket.effort)",
                        "distinct(ticket_event : ticket.priority)",
                        "min(ticket_event : ticket.opened_on)",
                        "last(ticket_event : ticket.priority)"),
                "18 | 3.6 | 8 | 2 | 2026-01-04 | low");
    }

    @Test
    default void row_whose_link_leads_nowhere_is_there_and_has_no_value_of_it() {
        expect(
                desk(),
                quarter(
                        "count(ticket_event)",
                        "count(ticket_event where ticket.number is none)",
                        "count(ticket_event where ticket.priority is none)",
                        "sum(ticket_event : coalesce(ticket.effort, 100))"),
                "7 | 2 | 3 | 218");
    }

    @Test
    default void condition_reads_the_row_that_a_link_leads_to() {
        expect(
                desk(),
                quarter(
                        "count(ticket_event where ticket.priority = 'urgent')",
                        "share(ticket_event where ticket.priority is not none : ticket.priority = 'low')",
                        "count(ticket_event where ticket.effort > 2 and kind = 'open')",
                        "count(ticket_event where seen_on > ticket.opened_on)",
                        "count(account where exists(ticket_event where ticket.effort = 2))"),
                "3 | 0.25 | 2 | 5 | 1");
    }

    @Test
    default void key_and_filter_read_the_source_itself_and_what_links_to_it() {
        // Three tickets; of their events three, one and (with those of no ticket) three.
        var both = quarter("count(ticket)", "count(ticket_event)");
        expect(desk(), both.by("ticket.priority"), "low | 1 | 1", "urgent | 1 | 3", "none | 1 | 3");
        expect(desk(), both.filter("ticket.priority", Operator.IN, "urgent"), "1 | 3");
        expect(desk(), both.where("ticket.effort >= 4"), "2 | 2");
        expect(
                desk(),
                quarter("count(ticket_event)").by("ticket_event.ticket.priority"),
                "low | 1",
                "urgent | 3",
                "none | 3");
        expect(
                desk(),
                quarter("count(ticket_event)").by("(coalesce(ticket.effort, 0) > 2) as large"),
                "false | 5",
                "true | 2");
    }

    @Test
    default void links_follow_one_another() {
        expect(
                desk(),
                quarter(
                        "count(ticket_event where ticket.agent.team = 'north')",
                        "min(ticket_event : ticket.agent.hired_on)",
                        "count(ticket where agent.team = 'south')"),
                "3 | 2020-05-01 | 1");
        expect(
                desk(),
                quarter("count(ticket)", "count(ticket_event)").by("agent.team"),
                "north | 1 | 3",
                "south | 1 | 1",
                "none | 1 | 3");
    }

    @Test
    default void rows_in_force_are_linked_to_and_no_earlier_version_of_them() {
        var world =
                desk().nextLoad("ticket").fact("ticket", "2026-01-04", "acme", 1, "low", 16, "bob");
        expect(
                world,
                quarter(
                        "count(ticket_event)",
                        "sum(ticket_event : ticket.effort)",
                        "count(ticket_event where ticket.priority = 'urgent')",
                        "count(ticket_event where ticket.agent.team = 'south')"),
                "7 | 60 | 0 | 4");
    }

    @Test
    default void row_that_is_not_there_as_of_now_is_not_linked_to() {
        // Ticket 2 is opened on the second of February, and has an event before.
        var world = desk().fact("ticket_event", "2026-01-15", "acme", "draft", 2);
        var asked =
                quarter(
                        "sum(ticket_event : ticket.effort)",
                        "count(ticket_event where ticket.number is none)");
        expect(world, asked.asOf("2026-02-02T00:00:00Z"), "14 | 3");
        expect(world, asked.asOf("2026-02-03T00:00:00Z"), "18 | 2");
        expect(world, asked, "22 | 2");
    }

    @Test
    default void buckets_windows_totals_and_accounts_are_those_of_the_row() {
        expect(
                desk(),
                quarter(
                                "sum(ticket_event : ticket.effort)",
                                "sum(ticket_event : ticket.effort) over last 2 months",
                                "prior(sum(ticket_event : ticket.effort))",
                                "distinct(ticket_event : ticket.priority) over range to date")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .totals(),
                "2026-01-01 | 14 | 14 | BEFORE_DATA | 1",
                "2026-02-01 | 4 | 18 | 14 | 2",
                "all | 18 | 18 | BEFORE_DATA | 2");
        expect(
                desk(),
                quarter("sum(ticket_event : ticket.effort)").by("account"),
                "acme | 8",
                "bolt | 8",
                "no account | 2");
        expect(
                desk(),
                quarter(
                        "avg(account : sum(ticket_event : ticket.effort))",
                        "sum(ticket_event where per(account : count(ticket_event where ticket.priority = 'low')) > 0 : ticket.effort)",
                        "avg(month : sum(ticket_event : ticket.effort)) over last 3 months"),
                "8 | 8 | 6");
    }

    @Test
    default void key_of_several_fields_is_said_by_as_many() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("price")
                                        .date("from_day")
                                        .text("product")
                                        .decimal("amount")
                                        .key("product", "from_day")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("line")
                                        .date("day")
                                        .account("customer")
                                        .text("what")
                                        .date("priced_on")
                                        .link("price", "price", "what", "priced_on")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("price", "2026-01-01", "pen", 1)
                        .fact("price", "2026-02-01", "pen", 2)
                        .fact("price", "2026-01-01", "ink", 4)
                        .fact("line", "2026-03-01", "acme", "pen", "2026-01-01")
                        .fact("line", "2026-03-02", "acme", "pen", "2026-02-01")
                        .fact("line", "2026-03-03", "acme", "ink", "2026-02-01")
                        .fact("line", "2026-03-04", "acme", "ink", null)
                        .fact("line", "2026-03-05", "acme", "ink", "2026-01-01");
        expect(world, quarter("sum(line : price.amount)", "count(line)"), "7 | 5");
    }

    @Test
    default void two_links_to_one_source_are_told_apart() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("place")
                                        .date("since")
                                        .text("code")
                                        .text("region")
                                        .key("code"))
                        .source(
                                source("trip")
                                        .date("day")
                                        .account("customer")
                                        .text("a")
                                        .text("b")
                                        .link("origin", "place", "a")
                                        .link("destination", "place", "b")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("place", "2026-01-01", "p", "east")
                        .fact("place", "2026-01-01", "q", "west")
                        .fact("trip", "2026-01-02", "acme", "p", "q")
                        .fact("trip", "2026-01-03", "acme", "p", "p")
                        .fact("trip", "2026-01-04", "acme", "q", "p");
        expect(
                world,
                quarter(
                        "count(trip where origin.region = 'east')",
                        "count(trip where destination.region = 'east')",
                        "count(trip where origin.region != destination.region)"),
                "2 | 2 | 2");
        expect(
                world,
                quarter("count(trip)").by("origin.region", "trip.destination.region"),
                "east | east | 1",
                "east | west | 1",
                "west | east | 1");
    }

    @Test
    default void link_may_lead_to_rows_of_the_same_source() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .source(
                                source("task")
                                        .date("day")
                                        .account("customer")
                                        .integer("number")
                                        .integer("above")
                                        .text("kind")
                                        .key("number")
                                        .link("parent", "task", "above")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("task", "2026-01-01", "acme", 1, null, "goal")
                        .fact("task", "2026-01-02", "acme", 2, 1, "step")
                        .fact("task", "2026-01-03", "acme", 3, 2, "step")
                        .fact("task", "2026-01-04", "acme", 4, 4, "loop");
        expect(
                world,
                quarter(
                        "count(task where parent.kind = 'goal')",
                        "count(task where parent.parent.kind = 'goal')",
                        "count(task where parent.parent.parent.kind = 'loop')"),
                "1 | 1 | 1");
    }

    @Test
    default void who_may_see_some_accounts_reads_no_row_of_another_through_a_link() {
        // Bolt's event is about a ticket of acme.
        var world =
                desk().fact("ticket_event", "2026-01-11", "bolt", "open", 2)
                        .fact("ticket_event", "2026-01-12", "bolt", "open", 3);
        var asked =
                quarter(
                        "count(ticket_event)",
                        "sum(ticket_event : ticket.effort)",
                        "count(ticket_event where ticket.agent.team = 'south')");
        expect(world, asked, "9 | 30 | 2");
        expect(world, asked.scope("plan = 'free'"), "4 | 16 | 0");
        expect(world, asked.scope("plan = 'pro'"), "4 | 8 | 1");
        expect(
                world,
                quarter("count(ticket_event)").by("ticket.priority").scope("plan = 'free'"),
                "none | 4");
    }

    @Test
    default void negation_over_a_row_that_is_not_there_is_told() {
        expect(desk(), quarter("count(ticket_event where ticket.priority != 'urgent')"), "1");
        assertThat(
                        notices(
                                desk(),
                                quarter("count(ticket_event where ticket.priority != 'urgent')")))
                .singleElement()
                .asString()
                .contains(
                        "UNDECIDED",
                        "3",
                        "without a value of ticket.priority",
                        "ticket.priority is not 'urgent'");
    }

    // ---- the account of a row that links lead to

    @Test
    default void account_of_the_row_that_a_link_leads_to_is_a_value() {
        // Three events are about the ticket of acme in January, one in February; one about that of
        // bolt; two about no ticket.
        var question =
                ask(
                                "count(ticket_event where ticket.account.plan = 'pro')",
                                "count(ticket_event where ticket.account = 'bolt')",
                                "count(ticket_event where ticket.account is none)",
                                "distinct(ticket_event.ticket.account)",
                                "count(ticket_event where ticket.account.plan = account.plan)")
                        .between("2026-01-01", "2026-04-01");
        expect(desk(), question, "4 | 1 | 2 | 2 | 4");
    }

    @Test
    default void account_of_the_row_that_a_link_leads_to_is_a_key_and_a_filter() {
        var count = ask("count(ticket_event)").between("2026-01-01", "2026-04-01");
        expect(desk(), count.by("ticket.account.plan"), "free | 1", "pro | 4", "none | 2");
        expect(desk(), count.filter("ticket.account.plan", Operator.IN, "free"), "1");
        expect(desk(), count.where("ticket.account = 'acme'"), "4");
    }

    @Test
    default void an_attribute_of_another_rows_account_is_empty_or_not_whoever_the_own_account_is() {
        // Acme has 5 seats, bolt none that are known; ticket 3 is of no account, 9 is not there.
        var world =
                World.world()
                        .entity(accounts().integer("seats"))
                        .member(account("acme").with("seats", 5))
                        .member(account("bolt"))
                        .source(
                                source("ticket")
                                        .date("opened_on")
                                        .account("customer")
                                        .integer("number")
                                        .key("number")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .source(
                                source("note")
                                        .date("written_on")
                                        .account("customer")
                                        .integer("about")
                                        .integer("size")
                                        .link("ticket", "ticket", "about")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("ticket", "2026-01-01", "acme", 1)
                        .fact("ticket", "2026-01-01", "bolt", 2)
                        .fact("ticket", "2026-01-01", null, 3)
                        .fact("note", "2026-01-05", "acme", 1, 1)
                        .fact("note", "2026-01-05", null, 1, 2)
                        .fact("note", "2026-01-05", "acme", 2, 4)
                        .fact("note", "2026-01-05", null, 2, 8)
                        .fact("note", "2026-01-05", "acme", 3, 16)
                        .fact("note", "2026-01-05", null, 3, 32)
                        .fact("note", "2026-01-05", "acme", 9, 64)
                        .fact("note", "2026-01-05", null, 9, 128);
        var sizes = ask("sum(note : size)");
        // 4 + 8 + 16 + 32 + 64 + 128; the rest has a value: 1 + 2.
        expect(world, sizes.filter("ticket.account.seats", Operator.IS_NULL), "252");
        expect(world, sizes.filter("ticket.account.seats", Operator.IS_NOT_NULL), "3");
        expect(world, sizes.where("ticket.account.seats is none"), "252");
        expect(world, ask("sum(note where ticket.account.seats is none : size)"), "252");
        expect(world, sizes.by("ticket.account.seats"), "5 | 3", "none | 252");
        // Of the row's own account no account is told from no value: all that have one are acme's.
        expect(world, sizes.filter("account.seats", Operator.IS_NULL), "0");
        expect(world, sizes.by("account.seats"), "5 | 85", "no account | 170");
    }
}
