package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.contract.Question.askMetrics;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;

/** Subscriptions that hold for a time, with the metrics of recurring revenue: what contracts of validity read. */
final class Subscriptions {
    static final String START = "sum(subscription at start : mrr)";
    static final String END = "sum(subscription at end : mrr)";

    static final List<String> ZONES = List.of("UTC", "Pacific/Kiritimati", "America/Los_Angeles");

    private Subscriptions() {}

    /**
     * Five accounts: 180 on January 1, 190 on February 1, 250 on March 1, 290 on April 1.
     *
     * <p>acme pays 100, from February 150; bolt leaves on January 31 and comes back in March; calm and dyno come in January, and dyno pays less from February 20;
     * edge comes on February 28 for a day.
     */
    static WorldBuilder subscriptions(
            WorldBuilder events, String coveredFrom, String coveredUntil) {
        return events.source(
                        source("subscription")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage(coveredFrom, coveredUntil))
                .fact("subscription", "2025-12-15", "2026-02-01", "acme", 100)
                .fact("subscription", "2026-02-01", null, "acme", 150)
                .fact("subscription", "2025-12-20", "2026-01-31", "bolt", 80)
                .fact("subscription", "2026-03-01", null, "bolt", 60)
                .fact("subscription", "2026-01-01", null, "calm", 50)
                .fact("subscription", "2026-01-10", "2026-02-20", "dyno", 40)
                .fact("subscription", "2026-02-20", null, "dyno", 30)
                .fact("subscription", "2026-02-28", "2026-03-01", "edge", 20)
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "pro"))
                .member(account("calm").with("plan", "free"))
                .member(account("dyno").with("plan", "free"));
    }

    static WorldBuilder subscriptions(WorldBuilder events) {
        return subscriptions(events, "2025-12-01", "2026-07-01");
    }

    /** With the metrics of recurring revenue. */
    static WorldBuilder revenue(WorldBuilder events) {
        return subscriptions(events)
                .metric("mrr_start", START)
                .metric("mrr_end", END)
                .metric(
                        "nrr",
                        "sum(account where mrr_start > 0 : mrr_end) / sum(account : mrr_start)")
                .metric(
                        "grr",
                        "sum(account : least(mrr_end, mrr_start)) / sum(account : mrr_start)")
                .metric(
                        "logo_churn",
                        "count(account where mrr_start > 0 and mrr_end = 0) / count(account where mrr_start > 0)")
                .metric("paid_before", "exists(subscription during where mrr > 0) over all before")
                .metric(
                        "new_mrr",
                        "sum(account where mrr_start = 0 and mrr_end > 0 and not paid_before : mrr_end)")
                .metric(
                        "reactivated_mrr",
                        "sum(account where mrr_start = 0 and mrr_end > 0 and paid_before : mrr_end)")
                .metric(
                        "expansion_mrr",
                        "sum(account where mrr_start > 0 and mrr_end > mrr_start : mrr_end - mrr_start)")
                .metric(
                        "contraction_mrr",
                        "sum(account where mrr_end > 0 and mrr_end < mrr_start : mrr_start - mrr_end)")
                .metric(
                        "churned_mrr",
                        "sum(account where mrr_start > 0 and mrr_end = 0 : mrr_start)")
                .metric(
                        "bridged_mrr",
                        "mrr_start + new_mrr + reactivated_mrr + expansion_mrr - contraction_mrr - churned_mrr");
    }

    static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-04-01");
    }

    static Question bridge() {
        return askMetrics(
                        "mrr_start",
                        "new_mrr",
                        "reactivated_mrr",
                        "expansion_mrr",
                        "contraction_mrr",
                        "churned_mrr",
                        "mrr_end",
                        "bridged_mrr")
                .grain(Grain.MONTH)
                .between("2026-01-01", "2026-04-01");
    }
}
