package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.MemberBuilder;
import dev.cairn.testkit.data.WorldBuilder;

/** Accounts that sign up, and tickets that are solved: what has windows of its own in contracts. */
final class Signups {
    private Signups() {}

    /** Of the accounts that signed up in the bucket. */
    static String ofNew(String aggregate, String rest) {
        return "%s(account where signed_on >= bucket.start and signed_on < bucket.end%s)"
                .formatted(aggregate, rest);
    }

    static String activated() {
        return ofNew(
                "share", " : exists(event where name = 'activated') over 14 days from signed_on");
    }

    static MemberBuilder signedOn(String account, String date) {
        return account(account).since("2025-01-01").with("signed_on", date);
    }

    /**
     * Ann is activated on her sixth day, ben with the first instant after his window, cyd with the first of hers, dee on her third day; eve's window ends
     * after what is known, fay never is, and gus has no date.
     */
    static WorldBuilder signups(WorldBuilder events) {
        return events.member(signedOn("ann", "2026-01-05"))
                .member(signedOn("ben", "2026-01-10"))
                .member(signedOn("cyd", "2026-01-20"))
                .member(signedOn("dee", "2026-02-10"))
                .member(signedOn("eve", "2026-03-25"))
                .member(signedOn("fay", "2026-03-10"))
                .member(account("gus").since("2025-01-01"))
                .fact("event", "2026-01-10T10:00:00Z", "ann", "a", "activated", 1)
                .fact("event", "2026-01-24T00:00:00Z", "ben", "b", "activated", 2)
                .fact("event", "2026-01-20T00:00:00Z", "cyd", "c", "activated", 4)
                .fact("event", "2026-02-12T10:00:00Z", "dee", "d", "activated", 8)
                .fact("event", "2026-02-12T11:00:00Z", "dee", "d", "login", 16)
                .fact("event", "2026-03-26T10:00:00Z", "eve", "e", "activated", 32)
                .fact("event", "2026-02-01T10:00:00Z", "gus", "g", "activated", 64);
    }

    static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-05-01");
    }

    /**
     * Acme's tickets are solved on 5, 20 and 26 March and one is not; its account reopens something on 8 March and on 4 April, which is beyond the data.
     * Bolt's is solved on 1 March and reopened with the first instant after its week; one of no account is solved, and something reopened beside it.
     */
    static WorldBuilder tickets(WorldBuilder events) {
        return events.source(
                        source("ticket")
                                .timestamp("opened")
                                .timestamp("solved")
                                .account("customer")
                                .text("kind")
                                .coverage("2026-01-01", "2026-04-01"))
                .fact("ticket", "2026-03-01T00:00:00Z", "2026-03-05T12:00:00Z", "acme", "a")
                .fact("ticket", "2026-03-02T00:00:00Z", "2026-03-20T12:00:00Z", "acme", "a")
                .fact("ticket", "2026-03-03T00:00:00Z", "2026-03-26T12:00:00Z", "acme", "a")
                .fact("ticket", "2026-03-04T00:00:00Z", null, "acme", "a")
                .fact("ticket", "2026-03-01T00:00:00Z", "2026-03-01T12:00:00Z", "bolt", "b")
                .fact("ticket", "2026-03-01T00:00:00Z", "2026-03-10T12:00:00Z", null, "n")
                .fact("event", "2026-03-08T00:00:00Z", "acme", "ann", "reopen", 1)
                .fact("event", "2026-03-08T12:00:00Z", "bolt", "bob", "reopen", 2)
                .fact("event", "2026-03-11T00:00:00Z", null, "nil", "reopen", 4);
    }
}
