package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Attribution.attribution;
import static dev.cairn.testkit.contract.Funnels.attempts;
import static dev.cairn.testkit.contract.Funnels.each;
import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Windows of rows that are relative to what is not a field of theirs: of the row a link leads to, of the user, of attempts, touches and changes. */
public interface RowWindowsContract extends ExecutorContract {
    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    /**
     * Ticket 1 of acme was opened on 1 January and is due on the 10th, ticket 2 on the 20th, ticket 3 of bolt on the 6th. Replies to 1 on 2 January and 2 February, to
     * 2 on 21 January, to 3 on the 7th; one to a ticket that is not there and one of no account to 1.
     */
    private WorldBuilder replies() {
        return events().source(
                        source("ticket")
                                .timestamp("opened_at")
                                .date("due_on")
                                .account("customer")
                                .integer("number")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("reply")
                                .date("sent_on")
                                .account("customer")
                                .integer("about")
                                .link("ticket", "ticket", "about")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("ticket", "2026-01-01T00:00:00Z", "2026-01-10", "acme", 1)
                .fact("ticket", "2026-01-20T00:00:00Z", null, "acme", 2)
                .fact("ticket", "2026-01-06T00:00:00Z", null, "bolt", 3)
                .fact("reply", "2026-01-02", "acme", 1)
                .fact("reply", "2026-02-02", "acme", 1)
                .fact("reply", "2026-01-21", "acme", 2)
                .fact("reply", "2026-01-07", "bolt", 3)
                .fact("reply", "2026-01-08", "acme", 9)
                .fact("reply", "2026-01-09", null, 1)
                .fact("event", "2026-01-03T00:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-08T00:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-01-22T00:00:00Z", "acme", "ann", "a", 4)
                .fact("event", "2026-01-05T00:00:00Z", "bolt", "bob", "a", 8);
    }

    String WEEK = "over 7 days from ticket.opened_at";

    @Test
    default void a_window_is_relative_to_a_time_of_the_row_that_a_link_leads_to() {
        // Each reply to 1 reads from the 1st until the 8th: 1. That to 2 from the 20th until the
        // 27th: 4. That to 3 from the 6th: nothing. What leads nowhere has no window.
        var sum = "sum(reply : per(account : sum(event.amount)) %s)".formatted(WEEK);
        expect(
                replies(),
                quarter(
                        sum,
                        "count(reply where per(account : exists(event)) %s)".formatted(WEEK),
                        "sum(reply : per(account : sum(event.amount)) over 3 days before ticket.due_on)",
                        "count(reply)"),
                // From 7 until 10 January 2 are there; two replies of acme read it.
                "6 | 3 | 4 | 6");
        expect(
                replies(),
                quarter(sum).grain(Grain.MONTH).by("account"),
                "2026-01-01 | acme | 5",
                "2026-01-01 | bolt | 0",
                "2026-01-01 | no account | 0",
                "2026-02-01 | acme | 1",
                "2026-02-01 | bolt | 0",
                "2026-02-01 | no account | 0",
                "2026-03-01 | acme | 0",
                "2026-03-01 | bolt | 0",
                "2026-03-01 | no account | 0");
    }

    @Test
    default void rows_are_filtered_and_grouped_by_windows_relative_to_what_links_lead_to() {
        var isEarly = "per(account : exists(event)) over 7 days from ticket.opened_at";
        expect(
                replies(),
                quarter("count(reply)").where("reply.account is not none and (" + isEarly + ")"),
                "3");
        expect(
                replies(),
                quarter("count(reply)")
                        .where("account is not none")
                        .by("(%s) as early".formatted(isEarly)),
                "false | 2",
                "true | 3");
    }

    @Test
    default void a_window_is_relative_to_what_an_attribute_of_an_entity_was_at_the_fact() {
        var world =
                events().source(
                                entity("listing")
                                        .text("listing_id")
                                        .date("listed_on")
                                        .date("active_from")
                                        .date("active_to")
                                        .key("listing_id")
                                        .history("active_from", "active_to"))
                        .source(
                                source("booking")
                                        .date("booked_on")
                                        .account("guest")
                                        .text("of_listing")
                                        .link("listing", "listing", "of_listing")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact(
                                "listing",
                                "flat",
                                "2026-01-03",
                                "2026-01-01",
                                "2026-02-01",
                                "0001-01-01",
                                null)
                        .fact(
                                "listing",
                                "flat",
                                "2026-02-05",
                                "2026-02-01",
                                null,
                                "0001-01-01",
                                null)
                        .fact("booking", "2026-01-05", "acme", "flat")
                        .fact("booking", "2026-02-10", "acme", "flat")
                        .fact("booking", "2026-02-11", "acme", "hut")
                        .fact("event", "2026-01-04T00:00:00Z", "acme", "ann", "a", 1)
                        .fact("event", "2026-02-06T00:00:00Z", "acme", "ann", "a", 2);
        // At the first booking it was listed on 3 January, at the second on 5 February; the hut is
        // not there.
        var sum =
                "sum(booking : per(account : sum(event.amount)) over 7 days from listing.listed_on)";
        expect(world, quarter(sum), "3");
        expect(
                world,
                quarter(sum).grain(Grain.MONTH),
                "2026-01-01 | 1",
                "2026-02-01 | 2",
                "2026-03-01 | 0");
    }

    @Test
    default void a_window_relative_to_a_linked_row_that_is_not_over_is_pending() {
        // By 25 January the window of ticket 2, until the 27th, is not over; the reply of February
        // is not there.
        assertThat(
                        rowsWithParts(
                                replies(),
                                quarter(
                                                "sum(reply where account = 'acme' : per(account : sum(event.amount)) %s)"
                                                        .formatted(WEEK))
                                        .asOf("2026-01-25T00:00:00Z")))
                .containsExactly("1 (n 2, pending 1)");
    }

    @Test
    default void a_window_is_relative_to_a_time_of_the_account_that_an_account_belongs_to() {
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .date("signed_on")
                                        .text("parent_key")
                                        .link("parent", "parent_key"))
                        .member(account("group").with("signed_on", "2026-01-10"))
                        .member(
                                account("acme")
                                        .with("parent_key", "group")
                                        .with("signed_on", "2026-02-01"))
                        .member(account("bolt").with("parent_key", "group"))
                        .source(
                                source("used")
                                        .date("used_on")
                                        .account("customer")
                                        .integer("clicks")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("used", "2026-01-09", "acme", 1)
                        .fact("used", "2026-01-10", "acme", 2)
                        .fact("used", "2026-01-16", "bolt", 4)
                        .fact("used", "2026-01-17", "bolt", 8)
                        .fact("used", "2026-01-12", "group", 16);
        // From 10 until 17 January acme has 2 and bolt 4; group belongs to none, and has no window.
        // Two rows of acme read its 2, two of bolt its 4.
        expect(
                world,
                quarter(
                        "sum(account : sum(used.clicks) over 7 days from parent.signed_on)",
                        "count(account where exists(used) over 7 days from parent.signed_on)",
                        "sum(used : per(account : sum(used.clicks)) over 7 days from account.parent.signed_on)"),
                "6 | 2 | 12");
    }

    @Test
    default void a_window_is_relative_to_a_time_of_the_user_of_a_row() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .entity(users().attribute("joined_on", DataType.DATE, Mark.NONE))
                        .source(
                                source("event")
                                        .timestamp("happened")
                                        .account("customer")
                                        .user("person")
                                        .decimal("amount")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(user("acme", "ann").with("joined_on", "2026-01-10"))
                        .member(user("acme", "bob").with("joined_on", "2026-01-20"))
                        .fact("event", "2026-01-11T00:00:00Z", "acme", "ann", 1)
                        .fact("event", "2026-01-21T00:00:00Z", "acme", "bob", 2)
                        .fact("event", "2026-01-25T00:00:00Z", "acme", "ann", 4)
                        .fact("event", "2026-01-22T00:00:00Z", "acme", null, 8);
        // Five days of ann have 1, twice; those of bob 2 and 8; without a user there are none.
        expect(
                world,
                quarter(
                        "sum(event : per(account : sum(event.amount)) over 5 days from user.joined_on)",
                        "count(event where per(account : count(event)) over 5 days from user.joined_on > 1)",
                        "sum(event : per(user : sum(event.amount)) over 5 days from user.joined_on)"),
                "12 | 1 | 4");
    }

    @Test
    default void a_window_is_relative_to_a_step_of_an_attempt() {
        var world =
                funnel(
                        "01-05 acme a",
                        "01-06 acme b",
                        "01-08 acme x", //
                        "01-05 bolt a",
                        "01-06 bolt b",
                        "01-09 bolt x", //
                        "01-05 cyd a", //
                        "02-10 acme a",
                        "02-12 acme b");
        var steps = "a -> b within 7 days per account";
        // From 6 until 9 January acme has b and x, bolt b; cyd has no such step.
        var rows = each("sum", steps, "per(account : count(event)) over 3 days from step_2_at");
        var share =
                each(
                        "share",
                        steps,
                        "coalesce(per(account : exists(event where name = 'x')) over 3 days from step_2_at, false)");
        expect(
                world,
                quarter(
                        rows,
                        share,
                        each("sum", steps, "per(account : count(event)) over 1 day from step_1_at"),
                        each(
                                "sum",
                                steps,
                                "per(account : count(event)) over 2 days before step_2_at"),
                        "count(%s where per(account : count(event)) over 4 days from happened > 2)"
                                .formatted(attempts(steps))),
                "3 | 0.333333333333 | 3 | 2 | 1");
        expect(
                world,
                quarter(rows).grain(Grain.MONTH),
                "2026-01-01 | 3",
                "2026-02-01 | 1",
                "2026-03-01 | 0");
        expect(
                world,
                quarter(rows, share).by("account"),
                "acme | 2 | 1",
                "bolt | 1 | 0",
                "cyd | 0 | 0");
        // The spans are over by the 20th, windows of 30 days from the 6th are not.
        assertThat(
                        rowsWithParts(
                                world,
                                quarter(
                                                each(
                                                        "sum",
                                                        steps,
                                                        "per(account : count(event)) over 30 days from step_2_at"))
                                        .asOf("2026-01-20T00:00:00Z")))
                .containsExactly("0 (n 1, pending 2)");
    }

    @Test
    default void a_window_is_relative_to_either_row_of_a_touch() {
        var world =
                attribution(
                        "01-05 acme click email",
                        "01-06 acme bill 40",
                        "01-08 acme click search",
                        "01-10 acme bill 100",
                        "01-20 acme bill 70");
        var touch = "touch(bill after click per account)";
        // Three days from the clicks: 40, 100 and, of the same click, 100 again. Five from the
        // bills: 140, 100, 70. Clicks within two days before: of the first two.
        expect(
                world,
                quarter(
                        "sum(%s : per(account : sum(bill.amount)) over 3 days from earlier_at)"
                                .formatted(touch),
                        "sum(%s on later_at : per(account : sum(bill.amount)) over 5 days from later_at)"
                                .formatted(touch),
                        "count(%s where per(account : exists(click)) over 2 days before later_at)"
                                .formatted(touch)),
                "240 | 310 | 2");
    }

    /** Acme comes on 5 January and goes on the 20th, bolt comes on the 3rd and has more from the 10th. */
    private WorldBuilder seats() {
        return events().source(
                        source("seat")
                                .date("begun")
                                .date("ended")
                                .account("customer")
                                .integer("n")
                                .validity("begun", "ended")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("seat", "2026-01-05", "2026-01-20", "acme", 3)
                .fact("seat", "2026-01-03", null, "bolt", 2)
                .fact("seat", "2026-01-10", null, "bolt", 4)
                .fact("event", "2026-01-12T23:59:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-01-13T00:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-20T00:00:00Z", "acme", "ann", "a", 4)
                .fact("event", "2026-01-09T00:00:00Z", "bolt", "bob", "a", 8);
    }

    @Test
    default void a_window_is_relative_to_a_change() {
        var changes = "changes(seat.n per account)";
        // In the week before acme left on the 20th there was 1. In the week from each change: 0 and
        // 4 of acme, 8 and 0 of bolt. Before a change there was something twice: acme's last,
        // bolt's
        // second.
        expect(
                seats(),
                quarter(
                        "sum(%s where kind = 'churn' : per(account : sum(event.amount)) over 7 days before changed_at)"
                                .formatted(changes),
                        "sum(%s : per(account : sum(event.amount)) over 7 days from changed_at)"
                                .formatted(changes),
                        "count(%s where per(account : exists(event)) over 7 days before changed_at)"
                                .formatted(changes),
                        "count(%s)".formatted(changes)),
                "1 | 12 | 2 | 4");
    }

    @Test
    default void days_and_tiles_are_read_in_windows_of_changes() {
        // In the week before a change there was something on one day of acme's and one of bolt's;
        // in
        // the first two of four days from acme's last.
        var changes =
                "sum(changes(seat.n per account) : per(account : count(%s where exists(event))) over %s)";
        expect(
                seats(),
                quarter(
                        changes.formatted("day", "7 days before changed_at"),
                        changes.formatted("every 2 days", "4 days from changed_at"),
                        changes.formatted("every 2 days", "4 days before changed_at")),
                "2 | 1 | 1");
    }

    @Test
    default void two_attempts_of_an_account_have_each_its_window_in_whatever_bucket_they_begin() {
        // Acme's attempts of January and February have 40 days each: until 6 March and 22 March.
        var world =
                funnel(
                        "01-25 acme a",
                        "01-26 acme b",
                        "02-05 acme x",
                        "02-10 acme a",
                        "02-11 acme b",
                        "03-20 acme x");
        var steps = "a -> b within 7 days per account";
        var all = each("sum", steps, "per(account : count(event)) over 40 days from step_1_at");
        var soFar =
                each(
                        "sum",
                        steps,
                        "per(account : count(event where happened < bucket.end)) over 40 days from step_1_at");
        // From 25 January five, of which two are of January; from 10 February three, of which two
        // are of February. The quarter has the first attempt.
        expect(
                world,
                quarter(all, soFar, all.replace("per account", "per account any"))
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 5 | 2 | 5",
                "2026-02-01 | 3 | 2 | 3",
                "2026-03-01 | 0 | 0 | 0",
                "all | 5 | 5 | 5");
        expect(world, quarter(all).by("account").top(1), "acme | 5");
    }

    @Test
    default void what_points_at_a_row_is_read_in_a_window_relative_to_what_the_row_points_at() {
        var steps =
                "sum(steps(ticket -> event within 30 days per account) : count(reply) over 7 days from %s)";
        // To ticket 1 of acme, opened on the 1st, one until the 8th, and one from the 3rd until the
        // 10th; to ticket 3 of bolt, opened on the 6th, one, and no event follows.
        expect(
                replies(),
                quarter(steps.formatted("step_1_at"), steps.formatted("step_2_at")),
                "2 | 1");
        expect(
                replies(),
                quarter("sum(steps(ticket -> event within 30 days per account) : count(reply))"),
                // Three to ticket 1, one of them of no account, and one to ticket 3.
                "4");
        // Both tickets are opened at once: the window is the same, and each has its own reply.
        var twins =
                replies()
                        .fact("ticket", "2026-03-01T00:00:00Z", null, "dale", 4)
                        .fact("ticket", "2026-03-01T00:00:00Z", null, "dale", 5)
                        .fact("reply", "2026-03-02", "dale", 4)
                        .fact("reply", "2026-03-03", "dale", 5)
                        .fact("reply", "2026-03-04", "dale", 5)
                        .fact("event", "2026-03-05T00:00:00Z", "dale", "dan", "a", 1)
                        .fact("event", "2026-03-06T00:00:00Z", "dale", "dan", "a", 1);
        expect(
                twins,
                quarter(
                                "sum(touch(event after ticket per account) : count(reply) over 7 days from earlier_at)",
                                "count(touch(event after ticket per account))")
                        .where("account = 'dale'"),
                "4 | 2");
    }
}
