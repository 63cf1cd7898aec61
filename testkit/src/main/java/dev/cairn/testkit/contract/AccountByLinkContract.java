package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.World;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Facts that have the account of the row which a link leads to are of that account in every way. */
public interface AccountByLinkContract extends ExecutorContract {
    /**
     * Subscriptions: 1 of acme, 2 of bolt, 3 of no account, 4 of tess, which is a test. Versions of them with their amount: of 1 in January 10 and in February 20, of 2
     * in January 40, of 3 in January 80, of 4 in January 160, and of 9, which is not there, in January 320. An item of each version but the last has the account by
     * two links: 1 each. Cord has nothing.
     */
    private WorldBuilder versions() {
        return World.world()
                .entity(accounts().text("plan").test("is_test"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .member(account("tess").with("plan", "pro").with("is_test", true))
                .member(account("cord").with("plan", "pro").sinceDate("2026-01-01"))
                .source(
                        source("item")
                                .date("day")
                                .integer("version_no")
                                .link("version", "version", "version_no")
                                .accountVia("version")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("version")
                                .date("day")
                                .integer("no")
                                .integer("of_subscription")
                                .decimal("amount")
                                .key("no")
                                .link("subscription", "subscription", "of_subscription")
                                .accountVia("subscription")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("subscription")
                                .date("day")
                                .integer("no")
                                .account("customer")
                                .key("no")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("item", "2026-01-20", 11)
                .fact("item", "2026-02-20", 12)
                .fact("item", "2026-01-20", 21)
                .fact("item", "2026-01-20", 31)
                .fact("item", "2026-01-20", 41)
                .fact("version", "2026-01-10", 11, 1, 10)
                .fact("version", "2026-02-10", 12, 1, 20)
                .fact("version", "2026-01-11", 21, 2, 40)
                .fact("version", "2026-01-12", 31, 3, 80)
                .fact("version", "2026-01-13", 41, 4, 160)
                .fact("version", "2026-01-14", 91, 9, 320)
                .fact("subscription", "2026-01-05", 1, "acme")
                .fact("subscription", "2026-01-06", 2, "bolt")
                .fact("subscription", "2026-01-07", 3, null)
                .fact("subscription", "2026-01-08", 4, "tess");
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01");
    }

    @Test
    default void fact_is_of_the_account_of_the_row_that_its_link_leads_to() {
        expect(
                versions(),
                quarter("sum(version.amount)", "count(item)").by("account"),
                "acme | 30 | 2",
                "bolt | 40 | 1",
                "no account | 400 | 1");
        expect(
                versions(),
                quarter(
                        "sum(version where account.plan = 'pro' : amount)",
                        "count(item where account.plan = 'pro')",
                        "sum(version where account is none : amount)",
                        "distinct(version.account)",
                        "sum(version where account.is_test : amount)"),
                "30 | 2 | 400 | 2 | 160");
    }

    @Test
    default void members_cohorts_and_scopes_have_what_is_theirs_by_links() {
        expect(
                versions(),
                quarter(
                        "count(account where sum(version.amount) >= 30)",
                        "avg(account : count(item))",
                        "sum(version where per(account : count(subscription)) > 0 : amount)",
                        "count(account where not exists(version))"),
                "2 | 1 | 70 | 1");
        var asked = quarter("sum(version.amount)", "count(item)");
        expect(versions(), asked.scope("plan = 'pro'"), "30 | 2");
        expect(versions(), asked.scope("plan = 'free'"), "40 | 1");
        expect(versions().cohortOf("pilots", "bolt"), asked.cohort("pilots"), "40 | 1");
    }

    @Test
    default void account_begins_with_the_first_fact_that_is_its_by_whatever_link() {
        // Bolt has a version before its subscription.
        var world = versions().fact("version", "2026-01-02", 22, 2, 1);
        expect(
                world,
                ask("count(account)").grain(Grain.DAY).between("2026-01-01", "2026-01-06"),
                "2026-01-01 | 1",
                "2026-01-02 | 2",
                "2026-01-03 | 2",
                "2026-01-04 | 2",
                "2026-01-05 | 3");
    }

    @Test
    default void row_that_becomes_of_another_account_takes_along_what_points_at_it() {
        var world =
                versions()
                        .nextLoad("subscription")
                        .fact("subscription", "2026-01-05", 1, "bolt")
                        .fact("subscription", "2026-01-09", 9, "cord");
        expect(
                world,
                quarter("sum(version.amount)", "count(item)").by("account"),
                "bolt | 70 | 3",
                "cord | 320 | 0",
                "no account | 80 | 1");
    }

    @Test
    default void account_of_a_row_that_a_link_leads_to_may_be_by_a_link_itself() {
        // Items 11 and 12 are of versions of acme, 21 of bolt, 31 of nobody; those of tess are of a
        // test account.
        expect(
                versions(),
                quarter(
                        "count(item where version.account.plan = 'pro')",
                        "count(item where version.account = 'bolt')",
                        "count(item where version.account is none)"),
                "2 | 1 | 1");
    }
}
