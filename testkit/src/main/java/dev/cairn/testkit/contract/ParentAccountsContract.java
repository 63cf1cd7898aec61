package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Accounts that belong to another: an attribute says the key of the parent, and a key of formula takes them together. */
public interface ParentAccountsContract extends ExecutorContract {
    /** An account without a parent is its own. */
    String PARENT = "(coalesce(account.parent, account)) as parent";

    /** Acme and bolt belong to the group, which pays nothing itself; solo belongs to none. In February acme (100) and solo (30) leave; bolt (50) stays. */
    private static WorldBuilder companies() {
        return World.world()
                .entity(accounts().text("parent"))
                .member(account("acme").with("parent", "group"))
                .member(account("bolt").with("parent", "group"))
                .member(account("group"))
                .member(account("solo"))
                .source(
                        source("subscription")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .integer("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("subscription", "2026-01-01", "2026-02-10", "acme", 100)
                .fact("subscription", "2026-01-01", null, "bolt", 50)
                .fact("subscription", "2026-01-01", "2026-02-20", "solo", 30);
    }

    private static Question february(String... formulas) {
        return ask(formulas).between("2026-02-01", "2026-03-01").by(PARENT);
    }

    @Test
    default void parent_has_what_its_children_have_and_what_is_its_own() {
        expect(
                // Of the group itself no fact is known, so that it is no account yet.
                companies(),
                february(
                        "sum(subscription at start : mrr)",
                        "sum(subscription at end : mrr)",
                        "count(account)"),
                "group | 150 | 50 | 2",
                "solo | 30 | 0 | 1");
    }

    @Test
    default void churn_of_a_child_is_contraction_of_its_parent() {
        // By account acme and solo churn with 100 and 30; of parents only solo does, and the group
        // goes down by 150 - 50.
        var edges =
                "let s = sum(subscription at start : mrr), e = sum(subscription at end : mrr) in ";
        expect(
                companies(),
                february(
                        "sum(account where sum(subscription at end : mrr) = 0 : sum(subscription at start : mrr))",
                        edges + "case when e = 0 then s else 0 end",
                        edges + "case when e > 0 and e < s then s - e else 0 end"),
                "group | 100 | 0 | 100",
                "solo | 30 | 30 | 0");
    }

    @Test
    default void parents_are_counted_and_read_by_month() {
        expect(
                companies(),
                ask("distinct(subscription during : coalesce(account.parent, account))")
                        .between("2026-01-01", "2026-02-01")
                        .grain(Grain.MONTH),
                "2026-01-01 | 2");
    }
}
