package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.contract.Signups.signups;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Days within a window of each member: {@code account : avg(day : count(event)) over 14 days from signed_on}. */
public interface UnitsOfWindowsContract extends ExecutorContract {
    /** Events, and users that joined on a day. */
    private static WorldBuilder joiners() {
        return World.world()
                .entity(accounts().text("plan").date("signed_on"))
                .entity(users().date("joined_on"))
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .user("person")
                                .text("name")
                                .decimal("amount")
                                .coverage("2026-01-01", "2026-04-01"));
    }

    @Test
    default void days_are_those_of_each_member_s_window_with_facts_or_without() {
        // Ann, cyd and dee have one day with events, dee two events on it; ben and fay have none,
        // fay no event at all; gus has no window, and eve is pending.
        assertThat(
                        rowsWithParts(
                                signups(joiners()),
                                ask(
                                        "sum(account : count(day where exists(event)) over 14 days from signed_on)",
                                        "avg(account : avg(day : count(event)) over 14 days from signed_on)",
                                        "sum(account : count(day where count(event) = 0) over 14 days from signed_on)",
                                        "max(account : max(day : sum(event.amount)) over 14 days from signed_on)")))
                .containsExactly(
                        "3 (n 6, pending 1) | 0.0571428571429 (n 5, pending 1) | 67 (n 6, pending 1) | 24 (n 5, pending 1)");
    }

    @Test
    default void first_day_of_a_window_is_in_it_and_the_day_of_its_end_is_not() {
        var world =
                joiners()
                        .member(signedOn("ann", "2026-02-08"))
                        .fact("event", "2026-02-07T23:59:59Z", "ann", "a", "login", 1)
                        .fact("event", "2026-02-08T00:00:00Z", "ann", "a", "login", 2)
                        .fact("event", "2026-02-10T23:59:59Z", "ann", "a", "login", 4)
                        .fact("event", "2026-02-11T00:00:00Z", "ann", "a", "login", 8);
        expect(
                world,
                ask(
                        "sum(account : sum(day : sum(event.amount)) over 3 days from signed_on)",
                        "sum(account : count(day where count(event) >= 0) over 3 days from signed_on)",
                        "sum(account : sum(day : sum(event.amount)) over 1 day before signed_on)",
                        "sum(account : count(day where sum(event.amount) = 4) over 3 days from signed_on)"),
                "6 | 3 | 1 | 1");
    }

    @Test
    default void days_of_a_window_are_the_same_in_every_bucket() {
        var question =
                Signups.months(
                                "sum(account where account = 'dee' : count(day where exists(event)) over 14 days from signed_on)")
                        .totals();
        expect(
                signups(joiners()),
                question,
                "2026-01-01 | 1",
                "2026-02-01 | 1",
                "2026-03-01 | 1",
                "2026-04-01 | 1",
                "all | 1");
    }

    @Test
    default void days_of_the_zone_are_23_hours_long_where_the_clock_goes_on() {
        // In New York 8 March begins at 05:00 by UTC and ends at 04:00.
        var world =
                joiners()
                        .member(signedOn("ann", "2026-03-07"))
                        .fact("event", "2026-03-07T04:59:59Z", "ann", "a", "login", 1)
                        .fact("event", "2026-03-07T05:00:00Z", "ann", "a", "login", 2)
                        .fact("event", "2026-03-08T05:00:00Z", "ann", "a", "login", 4)
                        .fact("event", "2026-03-09T03:59:59Z", "ann", "a", "login", 8)
                        .fact("event", "2026-03-09T04:00:00Z", "ann", "a", "login", 16);
        expect(
                world,
                ask(
                                "sum(account : max(day : sum(event.amount)) over 2 days from signed_on)",
                                "sum(account : sum(day : sum(event.amount)) over 2 days from signed_on)",
                                "sum(account : count(day where count(event) >= 0) over 2 days from signed_on)")
                        .zone("America/New_York"),
                "12 | 14 | 2");
    }

    @Test
    default void window_that_is_not_over_is_pending_for_its_days_at_as_of_too() {
        var world = joiners().member(signedOn("ann", "2026-02-08"));
        var question =
                ask("sum(account : count(day where count(event) = 0) over 3 days from signed_on)");
        assertThat(rowsWithParts(world, question.asOf("2026-02-11T00:00:00Z")))
                .containsExactly("3 (n 1)");
        assertThat(rowsWithParts(world, question.asOf("2026-02-10T23:59:59Z")))
                .containsExactly("NOT_YET (pending 1)");
    }

    @Test
    default void days_before_the_data_are_none_and_a_window_before_it_has_no_value() {
        var world =
                joiners()
                        .member(signedOn("ann", "2025-12-30"))
                        .member(signedOn("ben", "2025-12-20"));
        var formula =
                "sum(account where account = '%s' : count(day where count(event) = 0) over 5 days from signed_on)";
        var question = ask(formula.formatted("ann"), formula.formatted("ben"));
        expect(world, question, "3 | BEFORE_DATA");
        assertThat(incomplete(world, question))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE), Set.of(Incomplete.BEFORE_COVERAGE));
    }

    @Test
    default void each_source_that_is_read_in_days_must_be_known_until_the_end_of_the_window() {
        var world =
                joiners()
                        .source(
                                source("ticket")
                                        .timestamp("opened")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-02-10"))
                        .member(signedOn("ann", "2026-02-05"))
                        .member(signedOn("ben", "2026-02-08"))
                        .fact("event", "2026-02-09T00:00:00Z", "ben", "b", "login", 1);
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        "sum(account : count(day where exists(event) or exists(ticket)) over 5 days from signed_on)",
                                        "sum(account : count(day where exists(event)) over 5 days from signed_on)")))
                .containsExactly("0 (n 1, pending 1) | 1 (n 2)");
    }

    @Test
    default void users_have_days_of_their_windows() {
        var world =
                joiners()
                        .member(account("acme").since("2025-01-01"))
                        .member(
                                user("acme", "ann")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-01-05"))
                        .member(
                                user("acme", "bob")
                                        .since("2025-01-01")
                                        .with("joined_on", "2026-02-01"))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-06T10:00:00Z", "acme", "bob", "login", 1);
        expect(
                world,
                ask(
                        "sum(user : count(day where exists(event)) over 7 days from joined_on)",
                        "avg(user : avg(day : count(event)) over 7 days from joined_on)",
                        "avg(account : sum(user : count(day where exists(event)) over 7 days from joined_on))"),
                "2 | 0.142857142857 | 2");
    }

    @Test
    default void groups_and_keys_are_made_of_days_of_windows() {
        var world =
                joiners()
                        .member(signedOn("ann", "2026-01-05").with("plan", "pro"))
                        .member(signedOn("ben", "2026-01-05").with("plan", "free"))
                        .member(signedOn("cyd", "2026-03-30").with("plan", "free"))
                        .fact("event", "2026-01-06T00:00:00Z", "ann", "a", "login", 1)
                        .fact("event", "2026-01-07T00:00:00Z", "ann", "a", "login", 1);
        var days = "count(day where exists(event)) over 7 days from signed_on";
        assertThat(
                        rowsWithParts(
                                world,
                                ask("sum(account : " + days + ")").by("account.plan").totals()))
                .containsExactly(
                        "free | 0 (n 1, pending 1)", "pro | 2 (n 1)", "total | 2 (n 2, pending 1)");
        expect(world, ask("count(account)").by("(" + days + ") as active"), "0 | 1", "2 | 1");
    }

    @Test
    default void days_begin_with_the_first_fact_where_no_coverage_is_declared() {
        // The first is zed's on 10 January: ann has three of her five days, and ben's are all
        // before it.
        var world =
                World.world()
                        .entity(accounts().text("plan").date("signed_on"))
                        .source(source("event").timestamp("happened").account("customer"))
                        .member(signedOn("ann", "2026-01-08"))
                        .member(signedOn("ben", "2026-01-02"))
                        .member(account("zed").since("2025-01-01"))
                        .fact("event", "2026-01-10T10:00:00Z", "zed")
                        .fact("event", "2026-01-20T10:00:00Z", "zed");
        var formula =
                "sum(account where account = '%s' : count(day where count(event) = 0) over 5 days from signed_on)";
        var question = ask(formula.formatted("ann"), formula.formatted("ben"));
        expect(world, question, "3 | BEFORE_DATA");
        assertThat(incomplete(world, question).getFirst()).contains(Incomplete.BEFORE_COVERAGE);
    }
}
