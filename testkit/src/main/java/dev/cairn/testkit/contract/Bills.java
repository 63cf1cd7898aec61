package dev.cairn.testkit.contract;

import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.SourceBuilder;
import dev.cairn.testkit.data.WorldBuilder;

/** Bills in several currencies and rates to dollars, which contracts of conversion read. */
final class Bills {
    private Bills() {}

    /** Rates to dollars, each for 7 days. */
    static SourceBuilder dollars() {
        return source("fx")
                .date("day")
                .text("currency")
                .decimal("usd")
                .key("day", "currency")
                .rates("currency", "USD", "usd", 7);
    }

    /** A euro is worth 1.1 dollars from January 1 and 1.2 from January 10, a pound 2 from January 5; each for 7 days. */
    static WorldBuilder rates(WorldBuilder events) {
        return events.source(dollars())
                .source(
                        source("bill")
                                .date("issued")
                                .account("customer")
                                .text("currency")
                                .moneyIn("amount", "currency")
                                .text("kind")
                                .coverage("2026-01-01", "2026-04-01"))
                .source(
                        source("invoice")
                                .timestamp("sent")
                                .account("customer")
                                .money("net", "EUR")
                                .coverage("2026-01-01", "2026-04-01"))
                .member(account("acme").with("plan", "pro"))
                .member(account("bolt").with("plan", "free"))
                .fact("fx", "2026-01-01", "EUR", "1.1")
                .fact("fx", "2026-01-10", "EUR", "1.2")
                .fact("fx", "2026-01-05", "GBP", "2");
    }

    /** acme: 110 and 11 of euros, 5 dollars; bolt: 12 of euros, 6 of pounds. */
    static WorldBuilder bills(WorldBuilder events) {
        return rates(events)
                .fact("bill", "2026-01-01", "acme", "EUR", 100, "new")
                .fact("bill", "2026-01-07", "acme", "EUR", 10, "more")
                .fact("bill", "2026-01-12", "acme", "USD", 5, "more")
                .fact("bill", "2026-01-10", "bolt", "EUR", 10, "new")
                .fact("bill", "2026-01-06", "bolt", "GBP", 3, "more");
    }

    /** And the rate of January 1 does not hold on the 8th. */
    static WorldBuilder oneWithoutRate(WorldBuilder events) {
        return bills(events).fact("bill", "2026-01-08", "bolt", "EUR", 1, "late");
    }
}
