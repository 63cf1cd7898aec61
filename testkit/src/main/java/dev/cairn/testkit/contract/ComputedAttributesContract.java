package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.EntityBuilder.users;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.MemberBuilder.user;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** A computed attribute is its formula over earlier ones, wherever an attribute can stand. */
public interface ComputedAttributesContract extends ExecutorContract {
    /** Acme is large (12 seats), bolt is small (3 seats), nothing is known of cruz; amounts are 1, 2, 4, and 8 of no account. */
    private WorldBuilder companies() {
        return events().entity(
                        accounts()
                                .text("plan")
                                .integer("seats")
                                .computed(
                                        "band",
                                        DataType.TEXT,
                                        "case when seats >= 10 then 'large' when plan is none then 'unknown' else 'small' end")
                                .computed("is_large", DataType.BOOLEAN, "account.band = 'large'")
                                .computed("price", DataType.DECIMAL, "seats * 2.5"))
                .entity(users().text("role").computed("leads", DataType.BOOLEAN, "role = 'lead'"))
                .member(account("acme").since("2025-01-01").with("plan", "pro").with("seats", 12))
                .member(account("bolt").since("2025-01-01").with("plan", "free").with("seats", 3))
                .member(user("acme", "ann").with("role", "lead"))
                .member(user("bolt", "bob").with("role", "guest"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-05T10:00:00Z", "bolt", "bob", "login", 2)
                .fact("event", "2026-01-05T10:00:00Z", "cruz", "cid", "login", 4)
                .fact("event", "2026-01-05T10:00:00Z", null, "dan", "login", 8);
    }

    @Test
    default void computed_attribute_is_a_key_and_facts_of_no_account_have_none() {
        expect(
                companies(),
                ask("sum(event : amount)", "count(account)").by("account.band"),
                "large | 1 | 1",
                "small | 2 | 1",
                "unknown | 4 | 1",
                "no account | 8 | 0");
        expect(
                companies(),
                ask("sum(event : amount)").by("account.is_large"),
                "false | 6",
                "true | 1",
                "no account | 8");
    }

    @Test
    default void computed_attribute_is_filtered_by_as_filter_formula_and_cohort() {
        var both = ask("sum(event : amount)", "count(account)");
        expect(companies(), both.filter("account.band", Operator.IN, "unknown"), "4 | 1");
        expect(companies(), both.where("account.band = 'unknown'"), "4 | 1");
        expect(companies(), both.cohortBy("band = 'unknown'"), "4 | 1");
        expect(
                companies(),
                ask(
                        "sum(event where account.band = 'unknown' : amount)",
                        "sum(event where account.band is none : amount)",
                        "count(account where is_large)",
                        "count(account where band != 'large')"),
                "4 | 8 | 1 | 2");
    }

    @Test
    default void computed_attribute_is_a_value_and_is_empty_where_its_formula_is() {
        expect(
                companies(),
                ask(
                        "sum(account : price)",
                        "avg(account : price)",
                        "count(account where price is none)",
                        "sum(event : amount * account.price)",
                        "distinct(event : account.band)"),
                "37.5 | 18.75 | 1 | 45 | 3");
    }

    @Test
    default void computed_attribute_of_users_is_theirs() {
        expect(
                companies(),
                ask(
                        "sum(event where user.leads : amount)",
                        "count(user where leads)",
                        "count(user where not leads)"),
                "1 | 1 | 1");
    }

    @Test
    default void computed_attribute_marks_test_accounts() {
        var world =
                events().entity(
                                accounts()
                                        .computed(
                                                "is_ours",
                                                DataType.BOOLEAN,
                                                "starts(account, 'test')",
                                                Mark.TEST))
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "test-1", "bob", "login", 2)
                        .fact("event", "2026-01-05T10:00:00Z", null, "dan", "login", 4);

        expect(world, ask("sum(event : amount)", "count(account)"), "5 | 1");
        expect(world, ask("count(account where is_ours)", "count(account)"), "1 | 1");
    }
}
