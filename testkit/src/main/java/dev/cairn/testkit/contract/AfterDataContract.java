package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Buckets that begin when all is known of a source that is known: whatever is left of it there says nothing of them. */
public interface AfterDataContract extends ExecutorContract {
    /** Events are known until the end of March, replies and contracts until that of February. acme acts in January and March, and is under contract from January on. */
    private WorldBuilder world() {
        return events().source(
                        source("reply")
                                .timestamp("sent")
                                .account("customer")
                                .coverage("2026-01-01", "2026-03-01"))
                .source(
                        source("contract")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2026-01-01", "2026-03-01"))
                .member(account("acme").since("2025-01-01").with("signed_on", "2026-01-05"))
                .fact("event", "2026-01-10T00:00:00Z", "acme", "ann", "a", 1)
                .fact("reply", "2026-01-12T00:00:00Z", "acme")
                .fact("event", "2026-03-10T00:00:00Z", "acme", "ann", "a", 1)
                .fact("contract", "2026-01-10", null, "acme", 100);
    }

    private static Question months(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-05-01").grain(Grain.MONTH);
    }

    @Test
    default void rows_that_are_open_say_nothing_of_a_time_wholly_after_the_data() {
        expect(
                world(),
                months(
                        "count(contract during)",
                        "sum(contract during : mrr)",
                        "max(contract during : mrr)",
                        "count(account where exists(contract during))",
                        "count(day where exists(contract during))",
                        "count(contract during) over last 2 months"),
                // In January it holds for 22 days.
                "2026-01-01 | 1 | 100 | 100 | 1 | 22 | 1",
                "2026-02-01 | 1 | 100 | 100 | 1 | 28 | 1",
                "2026-03-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | 1",
                "2026-04-01 | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void attempts_are_not_yet_known_where_a_later_step_is_not() {
        // In February nothing begins. That of March is pending, as nothing is known of replies.
        expect(
                world(),
                months(
                        "count(steps(event -> reply within 7 days per account))",
                        "conversion(event -> reply within 7 days per account)",
                        "count(account where exists(steps(event -> reply within 7 days per account)))"),
                "2026-01-01 | 1 | 1 | 1",
                "2026-02-01 | 0 | NO_DATA | 0",
                "2026-03-01 | NOT_YET | NOT_YET | NOT_YET",
                "2026-04-01 | NOT_YET | NOT_YET | NOT_YET");
    }

    @Test
    default void days_that_have_not_begun_say_nothing_of_those_before_the_data() {
        // As of 10 January; replies are known from 20 January on. Of the days to the 12th, two have
        // not begun.
        expect(
                replies("2026-01-20", "2026-04-01"),
                ask(
                                "count(reply)",
                                "count(day where exists(reply))",
                                "sum(day : count(reply))",
                                "max(day : count(reply)) over last 3 days")
                        .between("2026-01-05", "2026-01-12")
                        .asOf("2026-01-10T12:00:00Z"),
                "BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA");
    }

    @Test
    default void days_have_the_reason_of_all_their_time_where_the_data_ends_before_it_begins() {
        // Complete until 1 February is said of replies that begin with 10 February: the first days
        // of February are before and after that, the last after it.
        expect(
                replies("2026-02-10", "2026-02-01"),
                ask("count(reply)", "sum(day : count(reply))", "max(day : count(reply))")
                        .between("2026-02-05", "2026-02-20"),
                "NOT_YET | NOT_YET | NOT_YET");
        // Those of January are before it only.
        expect(
                replies("2026-02-10", "2026-02-01"),
                ask("count(reply)", "sum(day : count(reply))", "max(day : count(reply))")
                        .between("2026-01-05", "2026-01-20"),
                "BEFORE_DATA | BEFORE_DATA | BEFORE_DATA");
    }

    private WorldBuilder replies(String from, String until) {
        return events().source(
                        source("reply").timestamp("sent").account("customer").coverage(from, until))
                .member(account("acme").since("2025-01-01"));
    }
}
