package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.ofNew;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.contract.Signups.signups;
import static dev.cairn.testkit.contract.Signups.tickets;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows of members beneath other relations: of the users of accounts, and in units of time; and their edges around what is read in them. */
public interface WindowsBeneathContract extends ExecutorContract {
    private static String activatedOfNew() {
        return ofNew(
                "share", " : exists(event where name = 'activated') over 14 days from signed_on");
    }

    // ---- users of accounts

    /** Of bolt the only user is pending, of core two of three; dull has no users. */
    private static WorldBuilder people() {
        return World.world()
                .entity(accounts().text("plan"))
                .entity(users().date("joined_on"))
                .source(
                        source("event")
                                .timestamp("happened")
                                .account("customer")
                                .user("person")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .member(account("core").since("2025-01-01"))
                .member(account("dull").since("2025-01-01"))
                .member(joined("acme", "ann", "2026-01-05"))
                .member(joined("acme", "bob", "2026-01-20"))
                .member(joined("bolt", "cid", "2026-03-30"))
                .member(joined("core", "dan", "2026-02-01"))
                .member(joined("core", "eva", "2026-03-29"))
                .member(joined("core", "fay", "2026-03-31"))
                .fact("event", "2026-01-06T00:00:00Z", "acme", "ann")
                .fact("event", "2026-01-07T00:00:00Z", "acme", "bob")
                .fact("event", "2026-03-30T10:00:00Z", "bolt", "cid")
                .fact("event", "2026-02-03T00:00:00Z", "core", "dan")
                .fact("event", "2026-03-30T00:00:00Z", "core", "eva");
    }

    private static MemberBuilder joined(String account, String user, String on) {
        return user(account, user).since("2025-01-01").with("joined_on", on);
    }

    @Test
    default void users_whose_windows_are_not_over_are_counted_apart_beneath_their_accounts() {
        // Ann and dan are active in their first week; cid, eva and fay are pending, and bolt with
        // cid.
        assertThat(
                        rowsWithParts(
                                people(),
                                ask(
                                        "sum(account : count(user where exists(event) over 7 days from joined_on))",
                                        "avg(account : share(user : exists(event) over 7 days from joined_on))",
                                        "count(account where count(user where exists(event) over 7 days from joined_on) = 0)")))
                .containsExactly("2 (n 3, pending 3) | 0.75 (n 2, pending 3) | 1 (n 1, pending 3)");
    }

    @Test
    default void account_all_of_whose_users_are_pending_is_not_yet() {
        assertThat(
                        rowsWithParts(
                                people(),
                                ask("sum(account : count(user where exists(event) over 7 days from joined_on))")
                                        .by("account")
                                        .totals()))
                .containsExactly(
                        "acme | 1 (n 1)",
                        "bolt | NOT_YET (pending 1)",
                        "core | 1 (n 1, pending 2)",
                        "dull | 0 (n 1)",
                        "total | 2 (n 3, pending 3)");
    }

    @Test
    default void windows_of_users_may_begin_with_a_time_of_their_account() {
        var world =
                World.world()
                        .entity(accounts().date("signed_on"))
                        .entity(users().text("role"))
                        .source(
                                source("event")
                                        .timestamp("happened")
                                        .account("customer")
                                        .user("person")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(signedOn("acme", "2026-02-01"))
                        .member(signedOn("bolt", "2026-03-30"))
                        .member(user("acme", "ann").since("2025-01-01"))
                        .member(user("acme", "bob").since("2025-01-01"))
                        .member(user("bolt", "cid").since("2025-01-01"))
                        .fact("event", "2026-02-07T23:59:59Z", "acme", "ann")
                        .fact("event", "2026-02-08T00:00:00Z", "acme", "bob");
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        "sum(account : count(user where exists(event) over 7 days from account.signed_on))")))
                .containsExactly("1 (n 1, pending 1)");
    }

    @Test
    default void user_with_a_window_before_the_data_leaves_no_value_through_the_account() {
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
                        .member(account("bolt").since("2025-01-01"))
                        .member(joined("acme", "ann", "2025-12-25"))
                        .member(joined("bolt", "bob", "2025-12-28"));
        var formula =
                "sum(account where account = '%s' : count(user where exists(event) over 7 days from joined_on))";
        var question = ask(formula.formatted("acme"), formula.formatted("bolt"));
        expect(world, question, "BEFORE_DATA | 0");
        assertThat(incomplete(world, question))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE), Set.of(Incomplete.BEFORE_COVERAGE));
    }

    // ---- units of time

    @Test
    default void windows_in_units_of_time_leave_out_who_is_pending_in_each() {
        // Of January 2 of 3, of February 1 of 1, of March 0 of 1 beside eve.
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask(
                                                "avg(month : " + activatedOfNew() + ")",
                                                "count(month where " + activatedOfNew() + " > 0.5)")
                                        .between("2026-01-01", "2026-04-01")))
                .containsExactly("0.555555555556 (n 3, pending 1) | 2 (n 2, pending 1)");
    }

    @Test
    default void unit_in_which_all_are_pending_is_left_out() {
        // In March there is eve alone; in January and February nobody.
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("count(month where coalesce(" + activatedOfNew() + ", 0) = 0)")
                                        .filter("account", Operator.IN, "eve")
                                        .between("2026-01-01", "2026-04-01")))
                .containsExactly("2 (n 2, pending 1)");
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("count(month where coalesce(" + activatedOfNew() + ", 0) = 0)")
                                        .filter("account", Operator.IN, "eve")
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly("NOT_YET (pending 1)");
    }

    @Test
    default void who_is_pending_in_many_units_is_counted_as_in_one_of_them() {
        assertThat(
                        rowsWithParts(
                                signups(events()),
                                ask("max(day : count(account where exists(event) over 14 days from signed_on))")
                                        .between("2026-03-01", "2026-04-01")))
                .containsExactly("3 (n 31, pending 1)");
    }

    @Test
    default void unit_with_a_window_before_the_data_is_left_out_and_the_rest_is_incomplete() {
        var world = signups(events()).member(signedOn("old", "2025-12-10"));
        var question =
                ask(
                                "avg(month : " + activatedOfNew() + ")",
                                "count(month where " + activatedOfNew() + " >= 0)")
                        .between("2025-12-01", "2026-03-01");
        expect(world, question, "0.833333333333 | 2");
        assertThat(incomplete(world, question))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE), Set.of(Incomplete.BEFORE_COVERAGE));
        expect(world, question.between("2025-12-01", "2026-01-01"), "BEFORE_DATA | BEFORE_DATA");
    }

    @Test
    default void days_of_a_window_are_those_of_the_zone_in_units_too() {
        // In New York 8 March has 23 hours, and ends at 04:00 by UTC.
        var world =
                events().member(signedOn("ann", "2026-03-08"))
                        .fact("event", "2026-03-09T03:59:59Z", "ann", "a", "activated", 1)
                        .fact("event", "2026-03-09T04:00:00Z", "ann", "a", "activated", 2);
        expect(
                world,
                ask("max(day : sum(account where signed_on = bucket.start : sum(event.amount) over 1 day from signed_on))")
                        .between("2026-03-07", "2026-03-10")
                        .zone("America/New_York"),
                "1");
    }

    @Test
    default void windows_of_users_pass_through_accounts_and_units() {
        assertThat(
                        rowsWithParts(
                                people(),
                                ask("sum(month : sum(account : count(user where joined_on >= bucket.start and joined_on < bucket.end and exists(event) over 7 days from joined_on)))")
                                        .between("2026-01-01", "2026-04-01")))
                .containsExactly("2 (n 3, pending 3)");
    }

    @Test
    default void rows_with_windows_in_units_are_counted_apart() {
        // Reopened within a week of being solved: acme's of 5 March; those of 26 March are pending.
        assertThat(
                        rowsWithParts(
                                tickets(events()),
                                ask("sum(week : count(ticket on solved where per(account : exists(event where name = 'reopen')) over 7 days from solved))")
                                        .between("2026-03-02", "2026-03-30")))
                .containsExactly("1 (n 3, pending 1)");
    }

    // ---- rows that read more of their account

    @Test
    default void rows_in_a_window_read_more_of_their_account_in_the_same_window() {
        // Acme was reopened beside its 4 tickets of the window, bolt beside 1.
        var world =
                tickets(events())
                        .member(signedOn("acme", "2026-03-01"))
                        .member(signedOn("bolt", "2026-03-01"));
        var formula =
                "count(account where account in ('acme', 'bolt') and exists(event where per(account : count(ticket)) %s) over 14 days from signed_on)";
        expect(
                world,
                ask(formula.formatted(">= 4"), formula.formatted(">= 1"), formula.formatted("= 1")),
                "1 | 2 | 1");
    }

    @Test
    default void rows_in_a_window_read_their_account_over_windows_of_the_bucket() {
        // By the end of February acme had one ticket in the last 2 months, by that of March 5.
        var world =
                tickets(events())
                        .fact("ticket", "2026-02-10T00:00:00Z", null, "acme", "a")
                        .member(signedOn("acme", "2026-03-01"))
                        .member(signedOn("bolt", "2026-03-01"));
        expect(
                world,
                Signups.months(
                                "sum(account where account = 'acme' : sum(event : per(account : count(ticket) over last 2 months)) over 14 days from signed_on)")
                        .between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 1",
                "2026-03-01 | 5");
    }

    @Test
    default void member_is_pending_once_for_all_that_its_rows_read_in_its_window() {
        // Calls are known until 10 March: acme is pending, and two of its events in the window with
        // it.
        var world =
                tickets(events())
                        .source(
                                source("call")
                                        .timestamp("at")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-03-10"))
                        .member(signedOn("acme", "2026-03-01"))
                        .member(signedOn("bolt", "2026-02-20"))
                        .fact("event", "2026-03-09T00:00:00Z", "acme", "ann", "reopen", 1);
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        "sum(account where account in ('acme', 'bolt') : count(event where per(account : count(call)) = 0) over 14 days from signed_on)")))
                .containsExactly("0 (n 1, pending 1)");
    }

    @Test
    default void rows_in_a_window_may_ask_for_a_cohort_over_facts() {
        var world =
                tickets(events())
                        .cohortBy("busy", "count(ticket) over last 31 days >= 3")
                        .member(signedOn("acme", "2026-03-01"))
                        .member(signedOn("bolt", "2026-03-01"));
        expect(
                world,
                ask(
                                "count(account where exists(event where account in busy) over 14 days from signed_on)",
                                "count(account where exists(event where account not in busy) over 14 days from signed_on)")
                        .between("2026-03-01", "2026-04-01"),
                "1 | 1");
    }

    // ---- edges

    @Test
    default void edges_of_a_window_are_the_member_s_around_what_is_read_in_it() {
        // Ben's window begins and ends in the bucket; gus has none.
        expect(
                signups(events()),
                ask(
                                "sum(account where account = 'ann' : case when exists(event) then days(window.start, window.end) end over 14 days from signed_on)",
                                "count(account where (count(event) >= 0 and window.start >= bucket.start and window.end <= bucket.end) over 7 days from signed_on)",
                                "count(account where (count(event) >= 0 and signed_on = window.start) over 7 days from signed_on)",
                                "count(account where (count(event) >= 0 and window.start is none) over 7 days from signed_on)")
                        .between("2026-01-07", "2026-01-20"),
                "14 | 1 | 6 | 1");
    }

    @Test
    default void edges_of_a_window_of_a_date_are_in_the_zone_of_the_question() {
        var question =
                ask(
                        "sum(account where account = 'ann' : case when exists(event) then hours(window.start, @2026-01-05T12:00Z) end over 14 days from signed_on)");
        expect(signups(events()), question, "12");
        expect(signups(events()), question.zone("America/New_York"), "7");
    }

    @Test
    default void edges_of_a_window_of_a_row_are_the_row_s() {
        // Acme's tickets that were solved on 5 and 20 March had been open for 4.5 and 18.5 days;
        // that of 26 March is pending.
        expect(
                tickets(events()),
                ask(
                                "sum(ticket on solved where account = 'acme' : case when per(account : count(event) >= 0) then days(opened, window.start) end over 7 days from solved)",
                                "count(ticket on solved where (per(account : count(event) >= 0) and window.start >= @2026-03-06) over 7 days from solved)")
                        .between("2026-03-01", "2026-04-01"),
                "23 | 1");
    }
}
