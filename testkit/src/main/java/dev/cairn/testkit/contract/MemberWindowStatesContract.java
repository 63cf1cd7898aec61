package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Signups.signedOn;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is valid at an edge of the window that a member has of its own, or during it, and what is read as of its edges. */
public interface MemberWindowStatesContract extends ExecutorContract {
    String OPENING = "sum(account : sum(subscription at start : mrr) over 30 days from signed_on)";
    String CLOSING = "sum(account : sum(subscription at end : mrr) over 30 days from signed_on)";
    String DURING = "sum(account : count(subscription during) over 30 days from signed_on)";

    private WorldBuilder subscriptions() {
        return events().source(
                        source("subscription")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2026-01-01", "2026-06-01"));
    }

    /**
     * Ann's window is from 10 January until 9 February: 7 ends with its start, 100 begins with it, 20 ends with its end and 40 begins with it, 5000 ends as it
     * begins. Ben's is from 1 February until 3 March, with 10 all along. Cyd's ends after what is known, and dan has none.
     */
    private WorldBuilder stays() {
        return subscriptions()
                .member(signedOn("ann", "2026-01-10").with("plan", "pro"))
                .member(signedOn("ben", "2026-02-01").with("plan", "free"))
                .member(signedOn("cyd", "2026-05-20").with("plan", "free"))
                .member(account("dan").since("2025-01-01").with("plan", "pro"))
                .fact("subscription", "2026-01-05", "2026-01-10", "ann", 7)
                .fact("subscription", "2026-01-10", null, "ann", 100)
                .fact("subscription", "2026-01-20", "2026-02-09", "ann", 20)
                .fact("subscription", "2026-01-20", "2026-01-20", "ann", 5000)
                .fact("subscription", "2026-02-09", null, "ann", 40)
                .fact("subscription", "2026-01-15", null, "ben", 10)
                .fact("subscription", "2026-01-15", null, "cyd", 500)
                .fact("subscription", "2026-01-15", null, "dan", 1000);
    }

    @Test
    default void state_is_that_at_the_edges_of_each_members_own_window() {
        assertThat(rowsWithParts(stays(), ask(OPENING, CLOSING, DURING)))
                .containsExactly("17 (n 3, pending 1) | 130 (n 3, pending 1) | 3 (n 3, pending 1)");
        expect(stays(), ask(OPENING), "17");
        expect(stays(), ask(CLOSING), "130");
        expect(stays(), ask(DURING), "3");
    }

    @Test
    default void cohorts_of_lists_and_of_attributes_are_asked_of_what_is_valid_in_a_window() {
        // At the end of their windows ann, who is pro, has 100 and 20, ben 10.
        var held =
                "sum(account : sum(subscription at end where %s : mrr) over 30 days from signed_on)";
        expect(
                stays().cohortBy("pros", "account.plan = 'pro'").cohortOf("listed", "ben", "cyd"),
                ask(
                        held.formatted("account in pros"),
                        held.formatted("account not in pros"),
                        held.formatted("account in listed"),
                        held.formatted("account in pros as of now")),
                "120 | 10 | 10 | 120");
    }

    @Test
    default void window_of_the_member_is_the_same_in_every_bucket_and_group() {
        expect(
                stays(),
                ask(OPENING, CLOSING, DURING, "count(event)")
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01")
                        .by("account.plan"),
                "2026-01-01 | free | 10 | 10 | 1 | 0",
                "2026-01-01 | pro | 7 | 120 | 2 | 0",
                "2026-02-01 | free | 10 | 10 | 1 | 0",
                "2026-02-01 | pro | 7 | 120 | 2 | 0");
    }

    @Test
    default void state_of_a_window_is_filter_condition_and_key_alike() {
        var closing = "(sum(subscription at end : mrr) over 30 days from signed_on)";
        expect(stays(), ask("count(account where %s > 50)".formatted(closing)).totals(), "1");
        assertThat(
                        rowsWithParts(
                                stays(),
                                ask("count(account)")
                                        .where("per(account : %s) > 50".formatted(closing))))
                .containsExactly("1 (n 1, pending 1)");
        assertThat(
                        rowsWithParts(
                                stays(),
                                ask("count(account)")
                                        .filter(
                                                "(%s) as closing".formatted(closing),
                                                Operator.GT,
                                                "50")))
                .containsExactly("1 (n 1, pending 1)");
        assertThat(
                        rowsWithParts(
                                stays(),
                                ask("count(account)").by("(%s) as closing".formatted(closing))))
                .containsExactly(
                        "0 | 1 (n 1, pending 1)",
                        "10 | 1 (n 1, pending 1)",
                        "120 | 1 (n 1, pending 1)");
    }

    @Test
    default void window_that_is_not_over_is_pending_at_its_start_too() {
        expect(stays(), ask(OPENING, CLOSING, DURING).asOf("2026-02-08T23:59:59Z"), "0 | 0 | 0");
        expect(stays(), ask(OPENING, CLOSING, DURING).asOf("2026-02-09T00:00:00Z"), "7 | 120 | 2");
    }

    @Test
    default void edge_before_the_data_has_no_value_and_a_window_that_begins_there_is_incomplete() {
        // On 15 December, 2 December and 1 December; each thirty days on: 14, 1 January, and 31
        // December.
        var world =
                subscriptions()
                        .member(signedOn("ann", "2025-12-15"))
                        .member(signedOn("ben", "2025-12-02"))
                        .member(signedOn("cyd", "2025-12-01"))
                        .fact("subscription", "2025-12-20", null, "ann", 1)
                        .fact("subscription", "2025-12-20", null, "ben", 2);
        var of =
                "sum(account where account = '%s' : sum(subscription at %s : mrr) over 30 days from signed_on)";
        var during =
                "sum(account where account = '%s' : sum(subscription during : mrr) over 30 days from signed_on)";
        var question =
                ask(
                        of.formatted("ann", "start"),
                        of.formatted("ann", "end"),
                        during.formatted("ann"),
                        of.formatted("ben", "end"),
                        during.formatted("ben"),
                        of.formatted("cyd", "end"));
        expect(world, question, "BEFORE_DATA | 1 | 1 | 2 | BEFORE_DATA | BEFORE_DATA");
        assertThat(incomplete(world, question))
                .containsExactly(
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(),
                        Set.of(Incomplete.BEFORE_COVERAGE),
                        Set.of(Incomplete.BEFORE_COVERAGE));
    }

    @Test
    default void validity_by_instants_and_windows_before_a_time() {
        var world =
                World.world()
                        .entity(accounts().attribute("joined_at", DataType.TIMESTAMP, Mark.NONE))
                        .source(
                                source("seat")
                                        .timestamp("begun")
                                        .timestamp("ended")
                                        .account("customer")
                                        .decimal("seats")
                                        .validity("begun", "ended")
                                        .coverage("2026-01-01", "2026-06-01"))
                        .member(
                                account("ann")
                                        .since("2025-01-01")
                                        .with("joined_at", "2026-03-05T12:00:00Z"))
                        .fact("seat", "2026-03-05T11:59:59Z", null, "ann", 1)
                        .fact("seat", "2026-03-05T12:00:00Z", null, "ann", 2)
                        .fact("seat", "2026-03-01T00:00:00Z", "2026-03-05T12:00:00Z", "ann", 4)
                        .fact("seat", "2026-03-01T00:00:00Z", "2026-03-03T12:00:00Z", "ann", 8);
        expect(
                world,
                ask(
                        "sum(account : sum(seat at end : seats) over 2 days before joined_at)",
                        "sum(account : sum(seat at start : seats) over 2 days before joined_at)",
                        "sum(account : sum(seat during : seats) over 2 days before joined_at)",
                        "sum(account : sum(seat during : seats) over 49 hours before joined_at)"),
                "5 | 12 | 5 | 13");
    }

    @Test
    default void rows_read_the_state_of_their_account_in_windows_of_their_own() {
        var world =
                stays().source(
                                source("ticket")
                                        .date("opened")
                                        .account("customer")
                                        .coverage("2026-01-01", "2026-06-01"))
                        .fact("ticket", "2026-02-01", "ann")
                        .fact("ticket", "2026-02-02", "ann")
                        .fact("ticket", "2026-05-30", "ann")
                        .fact("ticket", "2026-02-02", null);
        // Seven days from 1 February end on the 8th, with 100 and 20; from the 2nd on the 9th, with
        // them still; the third is pending, and that of no account has nothing.
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                                "sum(ticket : per(account : sum(subscription at end : mrr)) over 7 days from opened)",
                                                "count(ticket where per(account : exists(subscription during where mrr = 40)) over 8 days from opened)")
                                        .between("2026-01-01", "2026-06-01")))
                .containsExactly("240 (n 2, pending 1) | 1 (n 1, pending 1)");
    }

    // ---- rates

    /** A euro is worth 1.1 dollars from 1 January and 1.2 from the 10th, each for 7 days; bills and seats are in euros. */
    private WorldBuilder rates() {
        return events().source(Bills.dollars())
                .source(
                        source("bill")
                                .date("issued")
                                .account("customer")
                                .money("net", "EUR")
                                .coverage("2026-01-01", "2026-06-01"))
                .source(
                        source("plan")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .money("fee", "EUR")
                                .validity("starts_on", "ends_on")
                                .coverage("2026-01-01", "2026-06-01"))
                .fact("fx", "2026-01-01", "EUR", "1.1")
                .fact("fx", "2026-01-10", "EUR", "1.2");
    }

    @Test
    default void a_fact_in_a_window_is_converted_at_its_own_day() {
        // Ann's five days are from 6 until 11 January, ben's from 1 until 6 January.
        var world =
                rates().member(signedOn("ann", "2026-01-06"))
                        .member(signedOn("ben", "2026-01-01"))
                        .member(signedOn("cyd", "2026-05-30"))
                        .fact("bill", "2026-01-06", "ann", 10)
                        .fact("bill", "2026-01-10", "ann", 100)
                        .fact("bill", "2026-01-11", "ann", 1000)
                        .fact("bill", "2026-01-05", "ben", 30)
                        .fact("bill", "2026-01-08", "ben", 1)
                        .fact("bill", "2026-05-31", "cyd", 1);
        // 11 + 120 and 33; the rates that ben and cyd lack are of bills that are not read.
        var each = "sum(bill : convert(net, 'USD')) over 5 days from signed_on";
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                        "sum(account : %s)".formatted(each),
                                        "convert(sum(account : sum(bill.net) over 5 days from signed_on), 'USD')",
                                        "count(account where (%s) > 100)".formatted(each))))
                .containsExactly(
                        "164 (n 2, pending 1) | 164 (n 2, pending 1) | 1 (n 1, pending 1)");
        expect(
                world,
                ask("sum(account : %s)".formatted(each))
                        .grain(Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 164",
                "2026-02-01 | 164");
    }

    @Test
    default void a_rate_that_is_missed_in_a_window_leaves_no_value() {
        var world =
                rates().member(signedOn("ann", "2026-01-06").with("plan", "pro"))
                        .member(signedOn("ben", "2026-01-07").with("plan", "free"))
                        .member(signedOn("cyd", "2026-05-30").with("plan", "free"))
                        .fact("bill", "2026-01-06", "ann", 10)
                        .fact("bill", "2026-01-09", "ben", 1)
                        .fact("bill", "2026-05-31", "cyd", 1);
        var each = "sum(bill : convert(net, 'USD')) over 5 days from signed_on";
        assertThat(
                        rowsWithParts(
                                world,
                                ask(
                                                "sum(account : %s)".formatted(each),
                                                "count(account where (%s) > 5)".formatted(each),
                                                "count(account where exists(bill) over 5 days from signed_on)")
                                        .by("account.plan")
                                        .totals()))
                .containsExactly(
                        "free | NO_RATE (n 1, pending 1) | NO_RATE (pending 1) | 1 (n 1, pending 1)",
                        "pro | 11 (n 1) | 1 (n 1) | 1 (n 1)",
                        "total | NO_RATE (n 2, pending 1) | NO_RATE (pending 1) | 2 (n 2, pending 1)");
        expect(
                world,
                ask(
                                "sum(account : %s)".formatted(each),
                                "count(account where (%s) > 5)".formatted(each),
                                "count(account where exists(bill) over 5 days from signed_on)")
                        .by("account"),
                "ann | 11 | 1 | 1",
                "ben | NO_RATE | NO_RATE | 1",
                "cyd | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void a_state_is_converted_at_the_edge_of_the_members_window() {
        // Five days from 5 January end on the 10th: what held before it was 1.1, and on the 11th
        // 1.2. At the start the rate is that of the day before.
        var world =
                rates().member(signedOn("ann", "2026-01-05"))
                        .member(signedOn("ben", "2026-01-06"))
                        .fact("fx", "2026-01-07", "EUR", "1.1")
                        .fact("plan", "2026-01-02", null, "ann", 10)
                        .fact("plan", "2026-01-02", null, "ben", 100);
        var of =
                "sum(account where account = '%s' : sum(plan at %s : convert(fee, 'USD')) over 5 days from signed_on)";
        expect(
                world,
                ask(
                        of.formatted("ann", "end"),
                        of.formatted("ben", "end"),
                        of.formatted("ben", "start"),
                        "convert(sum(account : sum(plan.fee at end) over 5 days from signed_on), 'USD')",
                        "sum(account : sum(plan during : convert(fee, 'USD') as of end) over 5 days from signed_on)",
                        "sum(account : sum(plan at end : convert(fee, 'USD') as of fact) over 5 days from signed_on)"),
                "11 | 120 | 110 | 131 | 131 | 121");
        expect(
                world,
                ask(
                        "sum(account : sum(plan at end : convert(fee, 'USD')) over 60 days from signed_on)"),
                "NO_RATE");
    }

    // ---- edges

    @Test
    default void edges_of_the_window_are_those_of_the_member() {
        // Day 3 of ann's window is 12 January, of ben's 3 February.
        var world =
                events().member(signedOn("ann", "2026-01-10"))
                        .member(signedOn("ben", "2026-02-01"))
                        .fact("event", "2026-01-11T23:59:59Z", "ann", "a", "login", 1)
                        .fact("event", "2026-01-12T00:00:00Z", "ann", "a", "login", 2)
                        .fact("event", "2026-01-22T23:00:00Z", "ann", "a", "login", 4)
                        .fact("event", "2026-02-03T00:00:00Z", "ben", "b", "login", 8);
        var late =
                "sum(account : sum(event where happened >= window.start + 2 days : amount) over 14 days from signed_on)";
        var last =
                "sum(account : sum(event where happened >= window.end - 2 days : amount) over 14 days from signed_on)";
        expect(world, ask(late, last), "14 | 4");
        expect(
                world,
                ask(late, last).grain(Grain.MONTH).between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 14 | 4",
                "2026-02-01 | 14 | 4");
    }

    @Test
    default void attributes_are_read_at_the_edges_of_the_window_where_the_formula_says_so() {
        // Ann is free until 15 January and pro from then on; her window is from 10 January until 9
        // February. At the start of the window a row of the opening stock reads what was then.
        var world =
                events().entity(accounts().text("plan").date("signed_on").history())
                        .source(
                                source("subscription")
                                        .date("starts_on")
                                        .date("ends_on")
                                        .account("customer")
                                        .decimal("mrr")
                                        .validity("starts_on", "ends_on")
                                        .coverage("2026-01-01", "2026-06-01"))
                        .member(
                                signedOn("ann", "2026-01-10")
                                        .with("plan", "free")
                                        .held(null, "2026-01-15"))
                        .member(
                                signedOn("ann", "2026-01-10")
                                        .with("plan", "pro")
                                        .held("2026-01-15", null))
                        .fact("subscription", "2026-01-05", null, "ann", 7);
        var of =
                "sum(account : sum(subscription at %s where account.plan%s = 'free' : mrr) over 30 days from signed_on)";
        for (var question :
                List.of(
                        ask(of.formatted("start", "")),
                        ask(of.formatted("end", " as of start")),
                        ask(of.formatted("start", " as of @2026-01-15")))) {
            expect(world, question, "7");
        }
        for (var question :
                List.of(
                        ask(of.formatted("end", "")),
                        ask(of.formatted("end", " as of end")),
                        ask(of.formatted("start", " as of now")))) {
            expect(world, question, "0");
        }
    }
}
