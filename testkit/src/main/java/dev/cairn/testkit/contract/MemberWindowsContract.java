package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.contract.Signups.activated;
import static dev.cairn.testkit.contract.Signups.months;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.contract.Signups.signups;
import static dev.cairn.testkit.contract.Signups.tickets;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** {@code over 14 days from x}: a window of each member's own, or of a row's. */
public interface MemberWindowsContract extends ExecutorContract {
    @Test
    default void window_of_each_member_begins_with_its_own_date() {
        assertThat(rowsWithParts(signups(events()), months(activated()).totals()))
                .containsExactly(
                        "2026-01-01 | 0.666666666667 (2/3, n 3)",
                        "2026-02-01 | 1 (1/1, n 1)",
                        "2026-03-01 | 0 (0/1, n 1, pending 1)",
                        "2026-04-01 | NO_DATA (0/0, n 0)",
                        "all | 0.6 (3/5, n 5, pending 1)");
    }

    @Test
    default void window_is_that_of_the_member_in_every_bucket() {
        expect(
                signups(events()),
                months(
                                "sum(account where account = 'dee' : sum(event.amount) over 14 days from signed_on)")
                        .totals(),
                "2026-01-01 | 24",
                "2026-02-01 | 24",
                "2026-03-01 | 24",
                "2026-04-01 | 24",
                "all | 24");
    }

    @Test
    default void member_without_the_date_has_no_window_and_nothing_in_it() {
        expect(
                signups(events()),
                ask(
                        "count(account where account = 'gus' and not exists(event) over 14 days from signed_on)",
                        "sum(account where account = 'gus' : count(event) over 14 days from signed_on)",
                        "avg(account where account = 'gus' : max(event.amount) over 14 days from signed_on)"),
                "1 | 0 | NO_DATA");
    }

    @Test
    default void days_of_a_date_are_those_of_the_zone_of_the_question() {
        // In New York the day after ben's window begins at five in the morning by UTC, and cyd's
        // with it.
        expect(
                signups(events()),
                months(
                                "sum(account where account = 'ben' : count(event) over 14 days from signed_on)",
                                "sum(account where account = 'cyd' : count(event) over 14 days from signed_on)")
                        .between("2026-01-01", "2026-02-01")
                        .zone("America/New_York"),
                "2026-01-01 | 1 | 0");
    }

    @Test
    default void window_before_a_date_ends_with_the_day_before_it() {
        expect(
                events().member(signedOn("ann", "2026-02-08"))
                        .fact("event", "2026-01-31T23:59:59Z", "ann", "a", "login", 1)
                        .fact("event", "2026-02-01T00:00:00Z", "ann", "a", "login", 2)
                        .fact("event", "2026-02-07T23:59:59Z", "ann", "a", "login", 4)
                        .fact("event", "2026-02-08T00:00:00Z", "ann", "a", "login", 8),
                ask(
                        "sum(account : sum(event.amount) over 7 days before signed_on)",
                        "sum(account : sum(event.amount) over 1 week before signed_on)",
                        "sum(account : sum(event.amount) over 7 days from signed_on)"),
                "6 | 6 | 8");
    }

    @Test
    default void months_from_the_end_of_a_month_end_with_the_last_day_there_is() {
        // From 31 January until 28 February, out.
        expect(
                events().member(signedOn("ann", "2026-01-31"))
                        .fact("event", "2026-01-31T00:00:00Z", "ann", "a", "login", 1)
                        .fact("event", "2026-02-27T23:59:59Z", "ann", "a", "login", 2)
                        .fact("event", "2026-02-28T00:00:00Z", "ann", "a", "login", 4),
                ask("sum(account : sum(event.amount) over 1 month from signed_on)"),
                "3");
    }

    private WorldBuilder joined(String at) {
        return World.world()
                .entity(accounts().attribute("joined_at", DataType.TIMESTAMP, Mark.NONE))
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .text("name")
                                .decimal("amount")
                                .coverage("2025-01-01", "2026-12-01"))
                .member(account("ann").since("2025-01-01").with("joined_at", at));
    }

    @Test
    default void local_clock_moves_by_the_calendar_and_in_a_gap_to_the_instant_after_it() {
        // 02:30 in Berlin, and fourteen days later there is none: the clock goes from 02:00 to
        // 03:00 at 01:00 by UTC.
        var world =
                joined("2026-03-15T01:30:00Z")
                        .fact("event", "2026-03-15T01:29:59Z", "ann", "x", 1)
                        .fact("event", "2026-03-15T01:30:00Z", "ann", "x", 2)
                        .fact("event", "2026-03-29T00:59:59Z", "ann", "x", 4)
                        .fact("event", "2026-03-29T01:00:00Z", "ann", "x", 8)
                        .fact("event", "2026-03-29T01:29:59Z", "ann", "x", 16);
        var formula = "sum(account : sum(event.amount) over 14 days from joined_at)";
        expect(world, ask(formula).zone("Europe/Berlin"), "6");
        expect(world, ask(formula), "30");
    }

    @Test
    default void local_clock_moves_by_the_calendar_and_in_an_overlap_to_the_earlier_time() {
        // 02:30 in Berlin on 11 October is 00:30 by UTC; on 25 October 02:30 is at 00:30 and again
        // at 01:30.
        var world =
                joined("2025-10-11T00:30:00Z")
                        .fact("event", "2025-10-25T00:29:59Z", "ann", "x", 1)
                        .fact("event", "2025-10-26T00:29:59Z", "ann", "x", 2)
                        .fact("event", "2025-10-26T00:30:00Z", "ann", "x", 4)
                        .fact("event", "2025-10-26T01:29:59Z", "ann", "x", 8)
                        .fact("event", "2025-10-26T01:30:00Z", "ann", "x", 16);
        expect(
                world,
                ask(
                                "sum(account : sum(event.amount) over 15 days from joined_at)",
                                "sum(account : sum(event.amount) over 361 hours from joined_at)")
                        .zone("Europe/Berlin"),
                "3 | 15");
    }

    @Test
    default void facts_of_dates_are_in_the_days_of_the_window() {
        var world =
                World.world()
                        .entity(
                                accounts()
                                        .date("signed_on")
                                        .attribute("joined_at", DataType.TIMESTAMP, Mark.NONE))
                        .source(
                                source("visit")
                                        .date("day")
                                        .account("customer")
                                        .decimal("amount")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(
                                account("ann")
                                        .since("2025-01-01")
                                        .with("signed_on", "2026-01-05")
                                        .with("joined_at", "2026-01-06T02:00:00Z"))
                        .fact("visit", "2026-01-04", "ann", 1)
                        .fact("visit", "2026-01-05", "ann", 2)
                        .fact("visit", "2026-01-11", "ann", 4)
                        .fact("visit", "2026-01-12", "ann", 8)
                        .fact("visit", "2026-01-13", "ann", 16);
        // In New York she joined on the fifth.
        expect(
                world,
                ask(
                        "sum(account : sum(visit.amount) over 7 days from signed_on)",
                        "sum(account : sum(visit.amount) over 7 days from joined_at)"),
                "6 | 12");
        expect(
                world,
                ask(
                                "sum(account : sum(visit.amount) over 7 days from signed_on)",
                                "sum(account : sum(visit.amount) over 7 days from joined_at)")
                        .zone("America/New_York"),
                "6 | 6");
    }

    @Test
    default void window_begins_with_what_is_computed_for_the_member() {
        var world =
                signups(events())
                        .metric("first_event", "min(event.happened) over ever")
                        .metric(
                                "after_first",
                                "sum(account : count(event where name = 'login') over 2 hours from first_event)");
        expect(
                world,
                ask(
                        "sum(account : count(event where name = 'login') over 2 hours from first_event)"),
                "1");
        expect(world, askMetrics("after_first"), "1");
        expect(
                world,
                ask(
                        "sum(account : count(event where name = 'login') over 1 hour from first_event)"),
                "0");
    }

    @Test
    default void users_have_windows_of_their_own() {
        var world =
                World.world()
                        .entity(accounts().text("plan"))
                        .entity(users().date("joined_on"))
                        .source(
                                source("event")
                                        .timestamp("happened")
                                        .account("customer")
                                        .user("person")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(account("acme").since("2025-01-01"))
                        .member(
                                user("acme", "ann")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-01-05"))
                        .member(
                                user("acme", "bob")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-01-20"))
                        .member(
                                user("acme", "cid")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-03-30"))
                        .fact("event", "2026-01-06T00:00:00Z", "acme", "ann")
                        .fact("event", "2026-01-07T00:00:00Z", "acme", "bob");
        assertThat(
                        rowsWithParts(
                                world,
                                ask("share(user : exists(event) over 7 days from joined_on)")))
                .containsExactly("0.5 (1/2, n 2, pending 1)");
    }

    @Test
    default void facts_read_the_window_of_their_account() {
        // Eve's event is pending with her; of the others those of ann, cyd and dee are of activated
        // accounts.
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask(
                                                "sum(event where per(account : exists(event where name = 'activated') over 14 days from signed_on) : amount)",
                                                "count(event)")
                                        .between("2026-01-01", "2026-04-01")))
                .containsExactly("29 (n 4, pending 1) | 7 (n 7)");
    }

    @Test
    default void rows_have_windows_of_their_own_in_which_their_account_is_read() {
        var reopened = "per(account : exists(event where name = 'reopen')) over 7 days from solved";
        assertThat(
                        rowsWithParts(
                                tickets(events()),
                                ask(
                                                "share(ticket on solved where account is not none : coalesce(%s, false))"
                                                        .formatted(reopened),
                                                "count(ticket on solved where %s)"
                                                        .formatted(reopened),
                                                "count(ticket on solved)")
                                        .by("account")
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly(
                        "acme | 0.5 (1/2, n 2, pending 1) | 1 (n 1, pending 1) | 3 (n 3)",
                        "bolt | 0 (0/1, n 1) | 0 (n 0) | 1 (n 1)",
                        "no account | NO_DATA (0/0, n 0) | 0 (n 0) | 1 (n 1)");
    }

    @Test
    default void row_without_the_time_has_no_window() {
        expect(
                tickets(events()),
                ask(
                                "count(ticket where kind = 'a' and not (per(account : exists(event)) over 7 days from solved))",
                                "sum(ticket where kind = 'a' : per(account : count(event)) over 13 days before solved)")
                        .between("2026-03-01", "2026-04-01"),
                "2 | 1");
    }
}
