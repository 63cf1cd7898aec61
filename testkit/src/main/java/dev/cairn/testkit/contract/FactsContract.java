package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.SourceBuilder.source;

import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Which facts are in force: corrections replace, repetitions change nothing, equal lines stay. */
public interface FactsContract extends ExecutorContract {
    private WorldBuilder invoices() {
        return events().source(
                        source("invoice")
                                .text("number")
                                .timestamp("at")
                                .account("buyer")
                                .decimal("amount")
                                .key("number")
                                .coverage("2026-01-01", "2026-04-01"));
    }

    @Test
    default void corrected_fact_counts_as_it_was_corrected() {
        expect(
                invoices()
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .nextLoad("invoice")
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 15),
                ask("count(invoice)", "sum(invoice : amount)"),
                "1 | 15");
    }

    @Test
    default void fact_that_moved_to_another_account_counts_there_alone() {
        expect(
                invoices()
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .fact("invoice", "i2", "2026-01-05T10:00:00Z", "acme", 1)
                        .nextLoad("invoice")
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "bolt", 10),
                ask("sum(invoice : amount)").by("account"),
                "acme | 1",
                "bolt | 10");
    }

    @Test
    default void fact_that_moved_in_time_counts_at_its_new_time_alone() {
        expect(
                invoices()
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .nextLoad("invoice")
                        .fact("invoice", "i1", "2026-02-05T10:00:00Z", "acme", 10),
                ask("count(invoice)")
                        .grain(dev.cairn.domain.time.Grain.MONTH)
                        .between("2026-01-01", "2026-03-01"),
                "2026-01-01 | 0",
                "2026-02-01 | 1");
    }

    @Test
    default void same_keyed_fact_sent_twice_counts_once() {
        expect(
                invoices()
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .nextLoad("invoice")
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10),
                ask("count(invoice)"),
                "1");
    }

    @Test
    default void equal_lines_of_one_load_stay_where_there_is_no_key() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1),
                ask("count(event)"),
                "2");
    }

    @Test
    default void same_load_again_changes_nothing() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .nextLoad("event")
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1),
                ask("count(event)"),
                "2");
    }

    @Test
    default void later_load_with_one_more_equal_line_adds_one() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .nextLoad("event")
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1),
                ask("count(event)"),
                "2");
    }

    @Test
    default void late_fact_counts_at_once() {
        expect(
                events().fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "login", 1)
                        .nextLoad("event")
                        .fact("event", "2026-01-02T10:00:00Z", "acme", "ann", "login", 1),
                ask("count(event)"),
                "2");
    }

    @Test
    default void first_fact_of_an_account_is_one_that_is_in_force() {
        // The only January fact of acme was moved to bolt, so acme is not there in January.
        expect(
                invoices()
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "acme", 10)
                        .fact("invoice", "i2", "2026-02-05T10:00:00Z", "acme", 10)
                        .nextLoad("invoice")
                        .fact("invoice", "i1", "2026-01-05T10:00:00Z", "bolt", 10),
                ask("count(account)"),
                "1");
    }
}
