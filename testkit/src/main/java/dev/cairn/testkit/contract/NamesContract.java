package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** What a name written in full stands for, and that users of two accounts are never the same. */
public interface NamesContract extends ExecutorContract {
    /** Tickets with fields that are called as the links are, and are not those: of acme, bolt and acme, for the accounts x, x and y. */
    private WorldBuilder fieldsCalledAsLinks() {
        return events().source(
                        source("ticket")
                                .timestamp("opened_at")
                                .account("company")
                                .user("agent")
                                .text("account")
                                .text("user")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("ticket", "2026-01-05T10:00:00Z", "acme", "ann", "x", "u")
                .fact("ticket", "2026-01-05T10:00:00Z", "bolt", "ann", "x", "u")
                .fact("ticket", "2026-01-05T10:00:00Z", "acme", "bob", "y", "u");
    }

    @Test
    default void name_in_full_is_the_field_and_the_bare_name_is_the_link() {
        expect(
                fieldsCalledAsLinks(),
                ask(
                        "count(ticket where ticket.account = 'x')",
                        "count(ticket where account = 'acme')",
                        "count(ticket where account = 'x')",
                        "min(ticket : ticket.account)",
                        "min(ticket : account)",
                        "distinct(ticket : ticket.user)",
                        "distinct(ticket : user)",
                        "distinct(ticket.user)"),
                "2 | 2 | 0 | x | acme | 1 | 3 | 1");
    }

    @Test
    default void filters_and_keys_read_the_same_as_formulas() {
        var count = ask("count(ticket)");
        expect(fieldsCalledAsLinks(), count.filter("ticket.account", Operator.IN, "x"), "2");
        expect(fieldsCalledAsLinks(), count.filter("account", Operator.IN, "acme"), "2");
        expect(fieldsCalledAsLinks(), count.where("ticket.account = 'x'"), "2");
        expect(fieldsCalledAsLinks(), count.where("account = 'x'"), "0");
        expect(fieldsCalledAsLinks(), count.by("ticket.account"), "x | 2", "y | 1");
        expect(fieldsCalledAsLinks(), count.by("account"), "acme | 2", "bolt | 1");
        expect(fieldsCalledAsLinks(), count.by("(ticket.user) as u"), "u | 3");
    }

    @Test
    default void field_that_is_the_link_is_one_thing_by_both_names() {
        var world =
                events().source(
                                source("ticket")
                                        .timestamp("opened_at")
                                        .account("account")
                                        .user("user")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .fact("ticket", "2026-01-05T10:00:00Z", "acme", "ann")
                        .fact("ticket", "2026-01-05T10:00:00Z", "bolt", "ann")
                        .fact("ticket", "2026-01-05T10:00:00Z", null, null);
        expect(
                world,
                ask(
                        "distinct(ticket : user)",
                        "distinct(ticket : ticket.user)",
                        "distinct(ticket.user)",
                        "distinct(ticket.account)"),
                "2 | 2 | 2 | 2");
        var count = ask("count(ticket)");
        for (String user : java.util.List.of("user", "ticket.user")) {
            expect(world, count.by(user), "ann | acme | 1", "ann | bolt | 1", "none | none | 1");
        }
        for (String account : java.util.List.of("account", "ticket.account")) {
            expect(world, count.by(account), "acme | 1", "bolt | 1", "no account | 1");
        }
    }

    @Test
    default void link_is_named_in_full_by_its_source() {
        var world =
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "bolt", "ann", "login", 2);
        expect(world, ask("sum(event : amount)").by("event.account"), "acme | 1", "bolt | 2");
        expect(world, ask("sum(event : amount)").where("event.account = 'bolt'"), "2");
    }

    // ---- users of two accounts

    /** Ann of acme, of bolt and of no account, bob of acme, and a fact of no user; bob's amount is 0. */
    private WorldBuilder usersOfOneKey() {
        return events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-05T11:00:00Z", "acme", "ann", "login", 2)
                .fact("event", "2026-01-05T11:00:00Z", "bolt", "ann", "login", 4)
                .fact("event", "2026-01-05T11:00:00Z", null, "ann", "login", 8)
                .fact("event", "2026-01-05T11:00:00Z", "acme", "bob", "login", 0)
                .fact("event", "2026-01-05T11:00:00Z", "acme", null, "login", 16)
                .fact("event", "2026-01-05T11:00:00Z", "bolt", null, "login", 32);
    }

    @Test
    default void distinct_over_an_expression_of_a_users_key_counts_users() {
        expect(
                usersOfOneKey(),
                ask(
                        "distinct(event : user)",
                        "distinct(event : case when amount > 0 then user end)",
                        "distinct(event : case when amount > 0 then user else 'nobody' end)",
                        "distinct(event : coalesce(user, 'nobody'))",
                        "distinct(event : coalesce(case when amount > 1 then user end, user))",
                        "distinct(event : lower(user))",
                        "distinct(event : coalesce(name, user))",
                        "distinct(event where user in ('ann', 'eve') : user)",
                        "distinct(user : case when key_is_ann then user end)"
                                .replace("key_is_ann", "user = 'ann'")),
                "4 | 3 | 4 | 5 | 4 | 4 | 1 | 3 | 3");
    }

    /** Visits of ann of acme (1), ann of bolt (2) and bob of nobody (3); replies to 1 (two, one of bolt), to 2 and to 3 of acme, and to one that is not there. */
    private WorldBuilder visitsAndReplies() {
        return events().source(
                        source("visit")
                                .date("seen_on")
                                .account("customer")
                                .user("user")
                                .integer("number")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("reply")
                                .date("sent_on")
                                .account("customer")
                                .integer("about")
                                .link("visit", "visit", "about")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("visit", "2026-01-05", "acme", "ann", 1)
                .fact("visit", "2026-01-05", "bolt", "ann", 2)
                .fact("visit", "2026-01-05", null, "bob", 3)
                .fact("reply", "2026-01-06", "acme", 1)
                .fact("reply", "2026-01-06", "bolt", 1)
                .fact("reply", "2026-01-06", "acme", 2)
                .fact("reply", "2026-01-06", "acme", 3)
                .fact("reply", "2026-01-06", "bolt", 9);
    }

    @Test
    default void users_that_links_lead_to_are_users_by_the_field_of_that_name() {
        // Ann of acme, ann of bolt, bob; of what is about 2 and 3 without the first; of acme's
        // replies all three, of bolt's the first.
        expect(
                visitsAndReplies(),
                ask(
                        "distinct(reply : visit.user)",
                        "distinct(reply : case when about > 1 then visit.user end)",
                        "max(account : distinct(reply : visit.user))",
                        "min(account : distinct(reply : visit.user))"),
                "3 | 2 | 3 | 1");
    }

    @Test
    default void users_that_links_lead_to_are_one_key_beside_those_of_the_rows_themselves() {
        var question = ask("count(visit)", "count(reply)", "distinct(reply : visit.user)");
        for (var key : java.util.List.of("visit.user", "(visit.user) as u")) {
            expect(
                    visitsAndReplies(),
                    question.by(key),
                    "ann | acme | 1 | 2 | 1",
                    "ann | bolt | 1 | 1 | 1",
                    "bob | none | 1 | 1 | 1",
                    "none | none | 0 | 1 | 0");
        }
        expect(
                visitsAndReplies(),
                ask("count(reply)").by("reply.visit.user"),
                "ann | acme | 2",
                "ann | bolt | 1",
                "bob | none | 1",
                "none | none | 1");
    }

    @Test
    default void distinct_in_totals_and_for_each_member_counts_users_too() {
        expect(
                usersOfOneKey(),
                ask("distinct(event : case when amount > 0 then user end)")
                        .by("event.amount")
                        .filter("event.amount", Operator.IN, "1", "2", "4")
                        .totals(),
                "1 | 1",
                "2 | 1",
                "4 | 1",
                "total | 2");
        expect(
                usersOfOneKey(),
                ask("max(account : distinct(event : coalesce(user, 'nobody')))"),
                "3");
    }

    @Test
    default void extremes_of_users_keys_are_texts() {
        expect(usersOfOneKey(), ask("min(event : user)", "max(event : user)"), "ann | bob");
    }

    @Test
    default void key_made_of_users_keys_tells_users_of_two_accounts_apart() {
        var amounts = ask("sum(event : amount)");
        expect(
                usersOfOneKey(),
                amounts.by("(case when event.amount > 0 then user end) as payer"),
                "ann | acme | 3",
                "ann | bolt | 4",
                "ann | none | 8",
                "none | none | 48");
        expect(
                usersOfOneKey(),
                amounts.by("(coalesce(user, 'nobody')) as who"),
                "ann | acme | 3",
                "ann | bolt | 4",
                "ann | none | 8",
                "bob | acme | 0",
                "nobody | none | 48");
        expect(
                usersOfOneKey(),
                amounts.by("account", "(lower(user)) as who").where("account = 'bolt'"),
                "bolt | ann | 4",
                "bolt | none | 32");
    }
}
