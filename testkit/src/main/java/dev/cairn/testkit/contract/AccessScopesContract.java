package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.frame;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.shape.Funnel;
import dev.cairn.domain.shape.Funnel.Attempt;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.Funnel.Step;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Lifecycle;
import dev.cairn.domain.shape.Retention;
import dev.cairn.domain.shape.Retention.Ages;
import dev.cairn.domain.shape.Retention.Retained;
import dev.cairn.domain.shape.Stickiness;
import dev.cairn.domain.shape.Stickiness.Count;
import dev.cairn.domain.shape.Trend;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who sees some accounts, by scopes and claims, is told of no others by any number. All by hand: amounts are powers of two, so that a sum says of what it is. */
public interface AccessScopesContract extends ExecutorContract {
    Map<String, String> ANN = Map.of("email", "ann");
    Map<String, String> NOBODY = Map.of();
    String OWN = "account.csm = caller.email";
    String EMEA = "account.region = 'emea'";

    /** acme (emea, of ann): 1, 2, 4 in February; bolt (emea, of bob): 8, 16 in February; cord (apac, of ann): 32, 64 in February; dyno (of neither): 128; of no account: 256. */
    private WorldBuilder world() {
        return events().entity(accounts().text("region").text("csm").text("plan"))
                .member(of("acme", "emea", "ann", "pro"))
                .member(of("bolt", "emea", "bob", "free"))
                .member(of("cord", "apac", "ann", "pro"))
                .member(account("dyno").since("2025-01-01").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                .fact("event", "2026-01-12T10:00:00Z", "acme", "ann", "share", 2)
                .fact("event", "2026-02-03T10:00:00Z", "acme", "ann", "login", 4)
                .fact("event", "2026-01-06T10:00:00Z", "bolt", "bob", "login", 8)
                .fact("event", "2026-02-07T10:00:00Z", "bolt", "bob", "share", 16)
                .fact("event", "2026-01-07T10:00:00Z", "cord", "cid", "login", 32)
                .fact("event", "2026-02-09T10:00:00Z", "cord", "cid", "login", 64)
                .fact("event", "2026-01-08T10:00:00Z", "dyno", "dan", "login", 128)
                .fact("event", "2026-01-09T10:00:00Z", null, "eve", "login", 256);
    }

    private static MemberBuilder of(String key, String region, String csm, String plan) {
        return account(key)
                .since("2025-01-01")
                .with("region", region)
                .with("csm", csm)
                .with("plan", plan);
    }

    private static Question sums() {
        return ask("sum(event : amount)", "count(account)").between("2026-01-01", "2026-04-01");
    }

    private static AnalysisQuery months() {
        return frame().between("2026-01-01", "2026-04-01").grain(Grain.MONTH).query();
    }

    @Test
    default void a_claim_says_which_accounts_are_seen() {
        // 1 + 2 + 4 and 32 + 64.
        expect(world(), sums().scopes(ANN, OWN), "103 | 2");
        expect(
                world(),
                sums().by("account").totals().scopes(ANN, OWN),
                "acme | 7 | 1",
                "cord | 96 | 1",
                "total | 103 | 2");
        // A text that would say more if it were a part of the formula.
        expect(world(), sums().scopes(Map.of("email", "x' or 'a' = 'a"), OWN), "0 | 0");
    }

    @Test
    default void a_scope_whose_claim_is_missing_shows_no_account() {
        for (var scope :
                List.of(
                        OWN,
                        "account.csm != caller.email",
                        "not (account.csm = caller.email)",
                        "account.plan = 'pro' or account.csm = caller.email",
                        "account.csm is not caller.email")) {
            expect(world(), sums().scopes(NOBODY, scope), "0 | 0");
            expect(world(), sums().scopes(Map.of("email", " "), scope), "0 | 0");
            assertThat(rows(world(), sums().by("account").scopes(NOBODY, scope))).isEmpty();
        }
        // Known, the same let accounts through: bolt 24; acme, cord and all of pro 103.
        expect(world(), sums().scopes(ANN, "account.csm != caller.email"), "24 | 1");
        expect(
                world(),
                sums().scopes(ANN, "account.plan = 'pro' or account.csm = caller.email"),
                "103 | 2");
    }

    @Test
    default void several_scopes_show_the_accounts_of_each_once() {
        // emea: acme 7, bolt 24; ann's: acme 7, cord 96.
        expect(world(), sums().scopes(ANN, EMEA, OWN), "127 | 3");
        // The claim of one is missing, and it adds none.
        expect(world(), sums().scopes(NOBODY, EMEA, OWN), "31 | 2");
        expect(world(), sums().scopes(NOBODY, EMEA, "account.csm != caller.email"), "31 | 2");
        expect(world(), sums().scopes(ANN), "0 | 0");
        // Each stands for itself, whatever its operators are.
        expect(
                world(),
                sums().scopes(
                                ANN,
                                "account.plan = 'free' and account.region = 'emea' or account = 'dyno'",
                                "not (account.plan = 'pro') and account.csm = 'bob'"),
                "152 | 2");
    }

    @Test
    default void a_scope_that_is_empty_for_an_account_does_not_show_it() {
        // dyno has no region, and facts of no account have none either.
        expect(world(), sums().scopes(NOBODY, "account.region != 'apac'"), "31 | 2");
        expect(world(), sums().scopes(NOBODY, "not (account.region = 'apac')"), "31 | 2");
        expect(world(), sums().scopes(NOBODY, "account.region is not 'apac'"), "159 | 3");
    }

    @Test
    default void totals_ranks_and_others_are_of_the_accounts_of_the_scopes() {
        expect(
                world(),
                ask(
                                "sum(event : amount)",
                                "rank(sum(event : amount))",
                                "total(sum(event : amount))")
                        .between("2026-01-01", "2026-04-01")
                        .by("account")
                        .scopes(ANN, EMEA),
                "acme | 7 | 2 | 31",
                "bolt | 24 | 1 | 31");
        expect(
                world(),
                ask("sum(event : amount)")
                        .between("2026-01-01", "2026-04-01")
                        .by("account")
                        .top(1)
                        .scopes(ANN, EMEA, OWN),
                "cord | 96",
                "other | 31");
    }

    @Test
    default void values_of_members_and_other_times_are_of_the_accounts_of_the_scopes() {
        // Sums of acme and bolt: 7 and 24. Of these acme alone has three events.
        expect(
                world(),
                ask(
                                "avg(account : sum(event : amount))",
                                "sum(event where per(account : count(event)) > 2 : amount)",
                                "distinct(event.user)")
                        .between("2026-01-01", "2026-04-01")
                        .scopes(ANN, EMEA),
                "15.5 | 7 | 2");
        // January 11, February 20.
        expect(
                world(),
                ask("sum(event : amount)", "prior(sum(event : amount))")
                        .between("2026-02-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .scopes(ANN, EMEA),
                "2026-02-01 | 20 | 11",
                "2026-03-01 | 0 | 20");
    }

    @Test
    default void lists_and_rules_of_accounts_stay_within_the_scopes() {
        var world =
                world().cohortOf("pilots", "acme", "dyno")
                        .cohortBy("small", "account.plan = 'free'");
        expect(world, sums().scopes(NOBODY, "account in pilots"), "135 | 2");
        expect(world, sums().scopes(NOBODY, "account in small"), "152 | 2");
        expect(world, sums().cohort("pilots").scopes(ANN, OWN), "7 | 1");
        expect(
                world,
                sums().by("(account in pilots) as pilot").scopes(ANN, OWN),
                "false | 96 | 1",
                "true | 7 | 1");
    }

    @Test
    default void retention_and_lifecycle_are_of_the_accounts_of_the_scopes() {
        // acme and bolt are there in January and February. Of bolt and dyno, who begin in January,
        // bolt is back.
        expect(
                world(),
                new Lifecycle(months(), "account", new Facts("event"), null),
                frame().scopes(ANN, EMEA),
                "2026-01-01 | 2 | 2 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 0 | 2 | 0 | 0",
                "2026-03-01 | 0 | 0 | 0 | 0 | 2");
        expect(
                world(),
                new Retention(
                        months(),
                        "account",
                        new Facts("event"),
                        null,
                        null,
                        Retained.HEADS,
                        null,
                        new Ages.Exact(1)),
                frame().scopes(ANN, "account = 'bolt'", "account = 'dyno'"),
                "2026-01-01 | 2 | 2/2 | 1/2",
                "2026-02-01 | 0 | NO_DATA | NO_DATA",
                "2026-03-01 | 0 | NO_DATA | NOT_YET",
                "all | 2 | 2/2 | 1/2");
    }

    @Test
    default void funnels_stickiness_and_trends_are_of_the_accounts_of_the_scopes() {
        // acme logs in and shares seven days later, bolt too late.
        expect(
                world(),
                new Funnel(
                        frame().between("2026-01-01", "2026-02-01").query(),
                        "account",
                        List.of(
                                new Step("event where name = 'login'", "login"),
                                new Step("event where name = 'share'", "share")),
                        "10 days",
                        false,
                        Order.ORDERED,
                        Attempt.FIRST,
                        List.of(),
                        List.of(),
                        null),
                frame().scopes(ANN, EMEA),
                "1 | login | 2 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA",
                "2 | share | 1 | 1/2 | 1/2 | 1 | 604800 | 604800");
        // January: acme on two days, bolt on one; February: each on one.
        expect(
                world(),
                new Stickiness(
                        frame().between("2026-01-01", "2026-03-01").grain(Grain.MONTH).query(),
                        "account",
                        new Facts("event"),
                        "day",
                        List.of(Count.of(1), Count.of(2))),
                frame().scopes(ANN, EMEA),
                "2026-01-01 | 2 | 1.5 | 1.5 | 1/2 | 1/2",
                "2026-02-01 | 2 | 1 | 1 | 2/2 | 0/2");
        expect(
                world(),
                new Trend(
                        frame().between("2026-02-01", "2026-03-01").grain(Grain.MONTH).query(),
                        ask("sum(event : amount)").query().metrics(),
                        (Comparison) null),
                frame().scopes(ANN, EMEA),
                "2026-02-01 | 2026-01-01 | 20 | 11 | 9 | 9/11");
    }
}
