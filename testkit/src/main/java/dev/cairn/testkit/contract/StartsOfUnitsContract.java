package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static dev.cairn.testkit.data.SourceBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is valid at the starts of units of time that are all before the data is not known, whatever each unit reads after its start. */
public interface StartsOfUnitsContract extends ExecutorContract {
    /** Contracts are known from 15 March on; acme has one from the 20th. */
    private WorldBuilder contracts() {
        return events().source(
                        source("contract")
                                .date("starts_on")
                                .date("ends_on")
                                .account("customer")
                                .decimal("mrr")
                                .validity("starts_on", "ends_on")
                                .coverage("2026-03-15", "2026-07-01"))
                .member(account("acme").since("2025-01-01"))
                .fact("contract", "2026-03-20", null, "acme", 100);
    }

    @Test
    default void starts_before_the_data_are_not_known_although_their_windows_reach_into_it() {
        // The tiles of January begin before the data, and onward is up to now.
        expect(
                contracts(),
                ask(
                                "sum(every 2 days : count(contract at start) over onward)",
                                "min(every 2 days : count(contract at start) over onward)",
                                "count(day where exists(contract at start) over onward)",
                                "sum(every 2 days : count(contract during) over onward)")
                        .between("2026-01-01", "2026-02-01"),
                // 1 January is no tile's; of 15 tiles each sees the one contract.
                "BEFORE_DATA | BEFORE_DATA | BEFORE_DATA | 15");
    }

    @Test
    default void starts_of_months_before_the_data_are_not_known_where_the_last_reaches_into_it() {
        expect(
                contracts(),
                ask(
                                "sum(month : count(contract at start))",
                                "max(month : sum(contract at start : mrr))",
                                "sum(month : count(contract at end))")
                        .between("2026-01-01", "2026-04-01"),
                // At the end of March the contract holds.
                "BEFORE_DATA | BEFORE_DATA | 1");
        expect(
                contracts(),
                ask(
                                "sum(month : count(contract at start))",
                                "max(month : sum(contract at start : mrr))")
                        .between("2026-01-01", "2026-05-01"),
                "1 | 100");
    }

    @Test
    default void a_start_with_which_the_data_begins_is_known() {
        // Nothing holds on the 15th, at the end of the 19th the contract has begun.
        expect(
                contracts(),
                ask(
                                "sum(day : count(contract at start))",
                                "max(day : sum(contract at start : mrr))",
                                "max(day : max(contract at start : mrr))")
                        .between("2026-03-10", "2026-03-16"),
                "0 | 0 | NO_DATA");
    }

    @Test
    default void an_end_with_which_the_data_begins_is_known() {
        // The 14th ends where the data begins, and nothing holds there; the days before it are not
        // known.
        expect(
                contracts(),
                ask(
                                "count(contract at end)",
                                "sum(day : count(contract at end))",
                                "max(day : sum(contract at end : mrr))",
                                "avg(every 2 days : count(contract at end))",
                                "max(day : max(contract at end : mrr))",
                                "sum(day : count(contract during))")
                        .between("2026-03-09", "2026-03-15"),
                "0 | 0 | 0 | 0 | NO_DATA | BEFORE_DATA");
        expect(
                contracts(),
                ask("sum(day : count(contract at end))").between("2026-03-09", "2026-03-14"),
                "BEFORE_DATA");
        // As of the 13th no end is known.
        expect(
                contracts(),
                ask("sum(day : count(contract at end))")
                        .between("2026-03-09", "2026-03-15")
                        .asOf("2026-03-13T12:00:00Z"),
                "BEFORE_DATA");
    }

    @Test
    default void what_is_known_at_the_last_end_alone_is_incomplete() {
        assertThat(
                        incomplete(
                                contracts(),
                                ask("sum(day : count(contract at end))")
                                        .between("2026-03-09", "2026-03-15")))
                .containsExactly(Set.of(Incomplete.BEFORE_COVERAGE));
        assertThat(
                        incomplete(
                                contracts(),
                                ask("sum(day : count(contract at end))")
                                        .between("2026-03-14", "2026-03-17")))
                .containsExactly(Set.of(Incomplete.BEFORE_COVERAGE));
    }
}
