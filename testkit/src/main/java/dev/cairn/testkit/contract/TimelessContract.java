package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** A source without time has its rows in every bucket, and says nothing of when accounts begin. */
public interface TimelessContract extends ExecutorContract {
    /** Goals: acme 10 of seats and 5 of calls, bolt 4 of seats, 7 of no account. Acme buys 3 in January and 2 in February, bolt 6 in February. */
    private WorldBuilder goals() {
        return World.world()
                .entity(accounts().text("plan"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .source(
                        source("goal")
                                .account("customer")
                                .text("kind")
                                .integer("wanted")
                                .timeless())
                .source(
                        source("sale")
                                .date("sold_on")
                                .account("buyer")
                                .integer("pieces")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("goal", "acme", "seats", 10, "0001-01-01", null)
                .fact("goal", "acme", "calls", 5, "0001-01-01", null)
                .fact("goal", "bolt", "seats", 4, "0001-01-01", null)
                .fact("goal", null, "seats", 7, "0001-01-01", null)
                .fact("sale", "2026-01-05", "acme", 3)
                .fact("sale", "2026-02-05", "acme", 2)
                .fact("sale", "2026-02-06", "bolt", 6);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-03-01");
    }

    @Test
    default void rows_without_a_time_are_in_every_bucket_and_once_in_the_whole_range() {
        expect(
                goals(),
                quarter("sum(goal.wanted)", "count(goal)", "sum(sale.pieces)")
                        .grain(Grain.MONTH)
                        .totals(),
                "2026-01-01 | 26 | 4 | 3",
                "2026-02-01 | 26 | 4 | 8",
                "all | 26 | 4 | 11");
        expect(goals(), quarter("sum(goal.wanted)"), "26");
        expect(
                goals(),
                ask("count(goal)").between("2020-01-01", "2020-02-01").asOf("2020-01-15T00:00:00Z"),
                "4");
    }

    @Test
    default void they_are_grouped_filtered_and_read_beside_others() {
        expect(
                goals(),
                quarter("sum(sale.pieces) / sum(goal.wanted)").by("account.plan"),
                "free | 1.5",
                "pro | 0.333333333333",
                "no account | 0");
        expect(
                goals(),
                quarter("sum(goal.wanted)").filter("goal.kind", Operator.IN, "seats"),
                "21");
        expect(goals(), quarter("count(account where sum(sale.pieces) >= sum(goal.wanted))"), "1");
    }

    @Test
    default void they_hold_in_windows_at_edges_and_for_members() {
        expect(
                goals(),
                quarter(
                                "sum(goal.wanted) over last 3 months",
                                "prior(sum(goal.wanted))",
                                "sum(goal at start : wanted)",
                                "sum(goal at end : wanted)")
                        .grain(Grain.MONTH),
                "2026-01-01 | 26 | 26 | 26 | 26",
                "2026-02-01 | 26 | 26 | 26 | 26");
        // Four in each of 31 + 28 days; 15 of acme and 4 of bolt; acme alone has one of calls.
        expect(
                goals(),
                quarter(
                        "sum(day : count(goal))",
                        "sum(account : sum(goal.wanted))",
                        "share(account : exists(goal where kind = 'calls'))"),
                "236 | 19 | 0.5");
    }

    @Test
    default void they_say_nothing_of_when_an_account_begins() {
        expect(
                goals(),
                quarter("count(account)", "distinct(goal.account)").grain(Grain.MONTH),
                "2026-01-01 | 1 | 2",
                "2026-02-01 | 2 | 2");
    }
}
