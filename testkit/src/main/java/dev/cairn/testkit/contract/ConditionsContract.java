package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Filters, cohorts, scopes and test accounts hold for everything a question reads. */
public interface ConditionsContract extends ExecutorContract {
    /** Acme pays, bolt does not, cord says nothing; facts of each and of no account, in two sources. */
    private WorldBuilder twoSources() {
        var world =
                events().source(
                                source("ticket")
                                        .timestamp("opened_at")
                                        .account("company")
                                        .text("priority")
                                        .coverage("2026-01-01", "2026-04-01"))
                        .member(
                                account("acme")
                                        .since("2025-01-01")
                                        .with("plan", "pro")
                                        .with("seats", 10))
                        .member(
                                account("bolt")
                                        .since("2025-01-01")
                                        .with("plan", "free")
                                        .with("seats", 5))
                        .member(account("cord").since("2025-01-01"));
        int amount = 1;
        for (String key : java.util.Arrays.asList("acme", "bolt", "cord", null)) {
            world.fact("event", "2026-01-05T10:00:00Z", key, "ann", "login", amount);
            world.fact("ticket", "2026-01-05T10:00:00Z", key, "high");
            amount = amount * 2;
        }
        return world;
    }

    private static Question allThree() {
        return ask(
                "sum(event : amount)",
                "count(ticket)",
                "count(account)",
                "count(account where exists(ticket))");
    }

    @Test
    default void filter_holds_for_every_value() {
        expect(twoSources(), allThree(), "15 | 4 | 3 | 3");
        expect(
                twoSources(),
                allThree().filter("account.plan", Operator.IN, "pro"),
                "1 | 1 | 1 | 1");
    }

    @Test
    default void written_filter_holds_for_every_value() {
        expect(
                twoSources(),
                allThree().where("account.plan = 'pro' or account.plan is none"),
                "13 | 3 | 2 | 2");
    }

    @Test
    default void both_filters_hold() {
        expect(
                twoSources(),
                allThree()
                        .filter("account.plan", Operator.IN, "pro", "free")
                        .where("account.seats < 8"),
                "2 | 1 | 1 | 1");
    }

    @Test
    default void cohort_holds_for_every_value() {
        expect(
                twoSources().cohortOf("friends", "bolt", "cord", "nobody"),
                allThree().cohort("friends"),
                "6 | 2 | 2 | 2");
    }

    @Test
    default void cohort_by_rule_takes_accounts_for_which_it_is_true() {
        expect(
                twoSources().cohortBy("large", "account.seats >= 6"),
                allThree().cohort("large"),
                "1 | 1 | 1 | 1");
    }

    @Test
    default void cohort_may_be_made_up_in_the_question() {
        expect(twoSources(), allThree().cohortBy("plan is none"), "4 | 1 | 1 | 1");
    }

    @Test
    default void formula_may_ask_whether_an_account_is_in_a_cohort() {
        expect(
                twoSources().cohortOf("friends", "bolt", "cord"),
                ask(
                        "sum(event where account in friends : amount)",
                        "sum(event where account not in friends : amount)",
                        "count(account where account in friends)"),
                "6 | 1 | 2");
    }

    @Test
    default void scope_holds_for_every_value() {
        expect(twoSources(), allThree().scope("plan = 'pro'"), "1 | 1 | 1 | 1");
    }

    @Test
    default void scope_hides_facts_of_no_account() {
        expect(twoSources(), allThree().scope("plan is none"), "4 | 1 | 1 | 1");
    }

    @Test
    default void scope_filter_and_cohort_hold_together() {
        expect(
                twoSources().cohortOf("friends", "acme", "bolt"),
                allThree()
                        .scope("seats > 1")
                        .cohort("friends")
                        .filter("account.plan", Operator.NOT_IN, "free"),
                "1 | 1 | 1 | 1");
    }

    @Test
    default void scope_holds_in_totals() {
        expect(
                twoSources(),
                ask("count(event)").by("account").totals().scope("plan = 'pro' or plan = 'free'"),
                "acme | 1",
                "bolt | 1",
                "total | 2");
    }

    @Test
    default void operators_of_a_built_filter_compare() {
        var world = events();
        for (int i = 1; i <= 4; i++) {
            world.fact(
                    "event",
                    "2026-01-05T10:00:00Z",
                    "acme",
                    "ann",
                    "n" + i,
                    Math.powExact(2, i - 1));
        }
        world.fact("event", "2026-01-05T10:00:00Z", "acme", "ann", null, null);
        var sum = ask("coalesce(sum(event : amount), 0) + 100 * count(event)");
        expect(world, sum.filter("event.amount", Operator.LT, "4"), "203");
        expect(world, sum.filter("event.amount", Operator.LTE, "4"), "307");
        expect(world, sum.filter("event.amount", Operator.GT, "4"), "108");
        expect(world, sum.filter("event.amount", Operator.GTE, "4"), "212");
        expect(world, sum.filter("event.amount", Operator.IN, "1", "4"), "205");
        expect(world, sum.filter("event.amount", Operator.NOT_IN, "1", "4"), "310");
        expect(world, sum.filter("event.amount", Operator.IS_NULL), "100");
        expect(world, sum.filter("event.amount", Operator.IS_NOT_NULL), "415");
        expect(world, sum.filter("event.name", Operator.CONTAINS, "3"), "104");
    }

    @Test
    default void filters_are_combined() {
        var world = twoSources();
        Filter pro = new Filter.Where("account.plan", Operator.IN, List.of("pro"));
        Filter none = new Filter.Where("account.plan", Operator.IS_NULL, List.of());
        expect(world, ask("sum(event : amount)").filter(new Filter.Any(List.of(pro, none))), "5");
        expect(world, ask("sum(event : amount)").filter(new Filter.All(List.of(pro, none))), "0");
        expect(world, ask("sum(event : amount)").filter(new Filter.Not(pro)), "14");
    }

    @Test
    default void text_is_found_literally() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "100%", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "100 of", 2)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a_b\\c", 4)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "axb'c", 8),
                ask(
                        "sum(event where contains(name, '0%') : amount)",
                        "sum(event where contains(name, 'a_b\\c') : amount)",
                        "sum(event where starts(name, 'a_') : amount)",
                        "sum(event where contains(name, '''') : amount)"),
                "1 | 4 | 4 | 8");
    }

    @Test
    default void slice_takes_the_rows_for_which_it_is_true() {
        expect(
                twoSources()
                        .slice("small", "event", "amount < 8")
                        .slice("tiny", "small", "amount < 4"),
                ask(
                        "sum(small : amount)",
                        "sum(tiny : amount)",
                        "sum(tiny where amount > 1 : amount)"),
                "7 | 3 | 2");
    }

    @Test
    default void cohort_outside_of_the_scope_is_empty() {
        expect(
                twoSources().cohortOf("friends", "bolt"),
                allThree().scope("plan = 'pro'").cohort("friends"),
                "0 | 0 | 0 | 0");
    }

    @Test
    default void a_computed_instant_is_looked_for_among_many() {
        expect(
                events().fact("event", "2026-01-02T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-08T10:00:00Z", "acme", "ann", "login", 1),
                ask(
                        "count(event where least(@2026-01-05, happened) in (@2026-01-05, @2026-01-11, @2026-01-12, @2026-01-13, @2026-01-14, @2026-01-15, @2026-01-16, @2026-01-17))"),
                "2");
    }
}
