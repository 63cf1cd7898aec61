package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.entity;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.model.Metric.RollUp;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Accounts that are marked as test are left out, and are there where they are asked for. */
public interface TestAccountsContract extends ExecutorContract {
    /** Acme is no test account, trial is one, of bolt that is not known; amounts are 1, 2, 4, and 16 of no account. */
    private WorldBuilder testAccounts() {
        return events().entity(accounts().test("is_test"))
                .member(account("acme").since("2025-01-01").with("is_test", false))
                .member(account("trial").since("2025-01-01").with("is_test", true))
                .member(account("bolt").since("2025-01-01"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-05T10:00:00Z", "trial", "bob", "login", 2)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "cid", "login", 4)
                .fact("event", "2026-01-05T10:00:00Z", null, "dan", "login", 16);
    }

    @Test
    default void accounts_marked_as_test_are_left_out() {
        expect(
                testAccounts(),
                ask("sum(event : amount)", "count(account)", "count(user)"),
                "21 | 2 | 3");
    }

    @Test
    default void filter_cohort_or_key_that_names_the_mark_asks_for_the_whole_question() {
        var both = ask("sum(event : amount)", "count(account)");
        expect(testAccounts(), both.filter("account.is_test", Operator.IN, "true"), "2 | 1");
        expect(testAccounts(), both.where("account.is_test or account = 'acme'"), "3 | 2");
        expect(testAccounts(), both.cohortBy("is_test"), "2 | 1");
        expect(testAccounts().cohortBy("tests", "is_test"), both.cohort("tests"), "2 | 1");
        expect(
                testAccounts().cohortBy("tests", "is_test"),
                both.by("tests"),
                "false | 5 | 2",
                "true | 2 | 1",
                "no account | 16 | 0");
        expect(
                testAccounts(),
                ask("sum(event : amount)").by("account.is_test"),
                "false | 1",
                "true | 2",
                "none | 4",
                "no account | 16");
    }

    @Test
    default void total_beneath_members_leaves_them_out_and_names_none() {
        // Three events; of the accounts there are two, and each has one.
        expect(
                testAccounts(),
                ask(
                        "sum(account : total(count(event)))",
                        "sum(account : count(event) / total(count(event)))",
                        "count(event where per(account : count(event) / total(count(event))) > 0)"),
                "6 | 0.666666666667 | 2");
    }

    @Test
    default void formula_that_names_the_mark_asks_for_its_own_leaves() {
        expect(
                testAccounts(),
                ask(
                        "count(account where is_test)",
                        "count(account)",
                        "count(account where is_test) / count(account)",
                        "sum(event where account.is_test : amount)",
                        "sum(event : amount)",
                        "count(user where account.is_test)",
                        "count(user)"),
                "1 | 2 | 0.5 | 2 | 21 | 1 | 3");
    }

    @Test
    default void whole_aggregate_is_asked_for_where_its_value_or_condition_names_the_mark() {
        expect(
                testAccounts(),
                ask(
                        "share(account : coalesce(is_test, false))",
                        "avg(account : case when is_test then 10 else 1 end)",
                        "distinct(event : account.is_test)",
                        "avg(event : case when account.is_test then 100 else amount end)"),
                "0.333333333333 | 4 | 2 | 30.25");
    }

    @Test
    default void what_is_read_for_each_member_asks_for_the_member() {
        expect(
                testAccounts(),
                ask(
                        "count(account where exists(event where account.is_test))",
                        "sum(account : sum(event where account.is_test : amount))",
                        "sum(account where is_test : sum(event : amount))",
                        "sum(account : sum(event : amount))"),
                "1 | 2 | 2 | 5");
    }

    @Test
    default void metrics_slices_and_cohorts_that_name_the_mark_ask_where_they_are_named() {
        var world =
                testAccounts()
                        .slice("tried", "event", "account.is_test")
                        .cohortBy("tests", "is_test")
                        .metric(
                                "tests_share",
                                Level.ACCOUNT,
                                RollUp.SHARE,
                                "is_test is true",
                                false)
                        .metric("all_events", "count(event)");
        expect(world, ask("sum(tried : amount)", "sum(event : amount)"), "2 | 21");
        expect(
                world,
                ask("count(account where account in tests)", "tests_share", "all_events"),
                "1 | 0.333333333333 | 3");
        expect(world, askMetrics("tests_share", "all_events"), "0.333333333333 | 3");
    }

    @Test
    default void groups_of_test_accounts_are_there_for_the_leaves_that_ask() {
        expect(
                testAccounts(),
                ask("count(event where account.is_test)", "count(event)").by("account").totals(),
                "acme | 0 | 1",
                "bolt | 0 | 1",
                "trial | 1 | 0",
                "no account | 0 | 1",
                "total | 1 | 3");
    }

    @Test
    default void one_of_several_marks_is_enough() {
        var world =
                events().entity(accounts().test("internal").test("copy"))
                        .member(account("acme").since("2025-01-01"))
                        .member(account("inside").since("2025-01-01").with("internal", true))
                        .member(account("merged").since("2025-01-01").with("copy", true));
        expect(
                world,
                ask(
                        "count(account)",
                        "count(account where internal)",
                        "count(account where copy)",
                        "count(account where internal or copy)"),
                "1 | 1 | 1 | 2");
        expect(world, ask("count(account)").by("account.internal"), "true | 1", "none | 1");
    }

    @Test
    default void scope_does_not_ask_for_test_accounts() {
        expect(testAccounts(), ask("count(account)").scope("is_test or not is_test"), "1");
    }

    /**
     * Listings are of no account: acme books the flat for 1 night, trial, a test account, the flat for 2 and the hut for 4, nobody the loft for 8. Of the tickets the
     * first is of acme and has events of acme (effort 1) and trial (2), the second of trial and has events of acme (4) and trial (8).
     */
    private static WorldBuilder linked() {
        return World.world()
                .entity(accounts().test("is_test"))
                .member(account("acme").since("2025-01-01"))
                .member(account("trial").since("2025-01-01").with("is_test", true))
                .source(entity("listing").text("name").key("name"))
                .source(
                        source("booking")
                                .date("booked_on")
                                .account("guest")
                                .text("of_listing")
                                .integer("nights")
                                .link("listing", "listing", "of_listing")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("ticket")
                                .date("opened_on")
                                .account("customer")
                                .integer("number")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("ticket_event")
                                .date("seen_on")
                                .account("customer")
                                .integer("about")
                                .integer("effort")
                                .link("ticket", "ticket", "about")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("listing", "flat", "0001-01-01", null)
                .fact("listing", "hut", "0001-01-01", null)
                .fact("listing", "loft", "0001-01-01", null)
                .fact("booking", "2026-01-05", "acme", "flat", 1)
                .fact("booking", "2026-01-05", "trial", "flat", 2)
                .fact("booking", "2026-01-05", "trial", "hut", 4)
                .fact("booking", "2026-01-05", null, "loft", 8)
                .fact("ticket", "2026-01-05", "acme", 1)
                .fact("ticket", "2026-01-05", "trial", 2)
                .fact("ticket_event", "2026-01-06", "acme", 1, 1)
                .fact("ticket_event", "2026-01-06", "trial", 1, 2)
                .fact("ticket_event", "2026-01-06", "acme", 2, 4)
                .fact("ticket_event", "2026-01-06", "trial", 2, 8);
    }

    @Test
    default void rows_of_test_accounts_that_point_at_what_is_of_no_account_are_left_out() {
        // The flat by acme and the loft by nobody: 2 of 3 listings, 1 + 8 nights.
        expect(
                linked(),
                ask(
                        "count(listing where exists(booking))",
                        "sum(listing : sum(booking : nights))",
                        "share(listing : exists(booking))",
                        "count(listing where not exists(booking))",
                        "sum(booking : nights)"),
                "2 | 9 | 0.666666666667 | 1 | 9");
    }

    @Test
    default void rows_of_test_accounts_that_point_at_a_row_are_left_out() {
        // Of the first ticket the event of acme; the second is of a test account itself.
        expect(
                linked(),
                ask(
                        "sum(ticket : sum(ticket_event.effort))",
                        "count(ticket where exists(ticket_event where effort = 2))",
                        "sum(account : sum(ticket : sum(ticket_event.effort)))",
                        "avg(day : sum(ticket : sum(ticket_event.effort) over ever)) over range"),
                "1 | 0 | 1 | 0.0322580645161");
    }

    @Test
    default void aggregate_that_names_the_mark_asks_for_all_that_is_read_beneath_it() {
        // The flat and the hut: 1 + 2 and 4 nights. Beside it nobody's test accounts are asked for.
        expect(
                linked(),
                ask(
                        "count(listing where exists(booking where account.is_test))",
                        "sum(listing where exists(booking where account.is_test) : sum(booking : nights))",
                        "sum(listing : sum(booking : nights))"),
                "2 | 7 | 9");
        expect(
                linked(),
                ask(
                        "sum(ticket where account.is_test : sum(ticket_event.effort))",
                        "sum(account where is_test : sum(ticket : sum(ticket_event.effort)))",
                        "sum(ticket : sum(ticket_event.effort))",
                        "sum(ticket where account.is_test is not true : sum(ticket_event.effort))",
                        "sum(ticket where account.is_test : sum(ticket_event.effort)) / sum(ticket : sum(ticket_event.effort))"),
                "12 | 12 | 1 | 3 | 12");
    }

    @Test
    default void question_asks_or_leaves_out_in_its_own_conditions_and_beneath_all_it_reads() {
        var effort = ask("sum(ticket : sum(ticket_event.effort))", "count(ticket)");
        expect(linked(), effort, "1 | 1");
        expect(linked(), effort.filter("account.is_test", Operator.IN, "true"), "12 | 1");
        expect(linked(), effort.by("account.is_test"), "true | 12 | 1", "none | 3 | 1");
        // The event of effort 2 is of a test account.
        expect(linked(), effort.where("exists(ticket_event where effort = 2)"), "0 | 0");
        expect(linked(), effort.where("exists(ticket_event where effort = 1)"), "1 | 1");
        expect(
                linked(),
                effort.where("exists(ticket_event where effort = 2) or account.is_test"),
                "15 | 2");
        var nights = ask("sum(listing : sum(booking : nights))", "count(listing)");
        expect(linked(), nights.where("exists(booking)"), "9 | 2");
        expect(linked(), nights.where("exists(booking where account.is_test)"), "7 | 2");
    }
}
