package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.EntityBuilder.accounts;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.analysis.AnalysisQuery.Operator;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code as of fact} where rows are read by their state, or for a member: attributes as they were when the row happened. */
public interface AsOfFactContract extends ExecutorContract {
    /**
     * Acme is on free until 2026-02-01, then on pro; bolt on pro from 2026-01-10 until 2026-03-01, then on none. Deals, all of which hold at the end of March: of
     * acme 1 signed on free and 2 on pro, of bolt 4 before anything is known of it and 8 on pro. Events: of acme 16 on free and 32 on pro, of bolt 64 on pro.
     */
    private WorldBuilder deals() {
        return events().entity(accounts().text("plan").history())
                .member(plan("acme", "free", null, "2026-02-01"))
                .member(plan("acme", "pro", "2026-02-01", null))
                .member(plan("bolt", "pro", "2026-01-10", "2026-03-01"))
                .source(
                        source("deal")
                                .date("signed_on")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .integer("mrr")
                                .time("signed_on")
                                .validity("starts_on", "ends_on")
                                .coverage("2025-01-01", "2026-07-01"))
                .fact("deal", "2026-01-15", "2026-01-20", null, "acme", 1)
                .fact("deal", "2026-02-10", "2026-02-15", null, "acme", 2)
                .fact("deal", "2026-01-05", "2026-01-06", null, "bolt", 4)
                .fact("deal", "2026-02-20", "2026-02-21", null, "bolt", 8)
                .fact("event", "2026-01-31T23:59:59Z", "acme", "ann", "login", 16)
                .fact("event", "2026-02-01T00:00:00Z", "acme", "ann", "login", 32)
                .fact("event", "2026-02-05T10:00:00Z", "bolt", "bob", "login", 64);
    }

    private static MemberBuilder plan(
            String key, String plan, @Nullable String from, @Nullable String until) {
        return account(key).since("2025-01-01").with("plan", plan).held(from, until);
    }

    private static Question quarter(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01").asOf("2026-06-01T00:00:00Z");
    }

    /** Signed on pro are 2 and 8; at the end of March acme is on pro, with 1 and 2, and bolt on none. At the end of January 1 and 4 hold. */
    @Test
    default void row_that_is_valid_reads_an_attribute_as_of_its_time() {
        var signedOnPro = "sum(deal at end where account.plan as of fact = 'pro' : mrr)";
        expect(
                deals(),
                quarter(signedOnPro, "sum(deal at end where account.plan = 'pro' : mrr)"),
                "10 | 3");
        expect(
                deals(),
                quarter(signedOnPro).grain(Grain.MONTH).totals(),
                "2026-01-01 | 0",
                "2026-02-01 | 10",
                "2026-03-01 | 10",
                "all | 10");
        var all = quarter("sum(deal at end : mrr)");
        expect(deals(), all.filter("account.plan as of fact", Operator.IN, "pro"), "10");
        expect(
                deals(),
                quarter("sum(deal at end : mrr)").where("account.plan as of fact = 'pro'"),
                "10");
        expect(
                deals(),
                quarter("sum(deal at end : mrr)").by("account.plan as of fact"),
                "free | 1",
                "pro | 10",
                "none | 4");
        expect(
                deals(),
                quarter("sum(deal during : mrr)").by("account.plan as of fact"),
                "free | 1",
                "pro | 10",
                "none | 4");
    }

    /** On free acme has 16, on pro 32, and bolt 64: each of acme's two events reads the 16. */
    @Test
    default void rows_that_are_read_for_a_member_read_it_as_of_theirs() {
        expect(
                deals(),
                quarter(
                        "sum(account : sum(event where account.plan as of fact = 'pro' : amount))",
                        "count(account where exists(event where account.plan as of fact = 'free'))",
                        "sum(account : sum(deal at end where account.plan as of fact = 'pro' : mrr))",
                        "sum(event : per(account : sum(event where account.plan as of fact = 'free' : amount)))"),
                "96 | 1 | 10 | 32");
    }

    /** Acme alone had an event on free: 16 and 32. */
    @Test
    default void rule_reads_it_as_of_the_facts_that_it_counts() {
        expect(
                deals(),
                quarter("sum(event : amount)")
                        .cohortBy("exists(event where account.plan as of fact = 'free') over ever"),
                "48");
    }
}
