package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Edges of another window or bucket within what is read for each account, row or unit: {@code account : (count(event) / days(window.start, window.end)) over last 10 days}. */
public interface EdgesOfRowsContract extends ExecutorContract {
    /** Acme has two events on 25 January and one on 20 February, bolt four on 25 February. */
    private WorldBuilder activity() {
        return events().member(account("acme").since("2025-01-01"))
                .member(account("bolt").since("2025-01-01"))
                .fact("event", "2026-01-25T10:00:00Z", "acme", "a", "login", 1)
                .fact("event", "2026-01-25T11:00:00Z", "acme", "a", "login", 1)
                .fact("event", "2026-02-20T10:00:00Z", "acme", "a", "login", 1)
                .fact("event", "2026-02-25T10:00:00Z", "bolt", "b", "login", 1)
                .fact("event", "2026-02-25T11:00:00Z", "bolt", "b", "login", 1)
                .fact("event", "2026-02-25T12:00:00Z", "bolt", "b", "login", 1)
                .fact("event", "2026-02-25T13:00:00Z", "bolt", "b", "login", 1);
    }

    private static Question months(String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between("2026-01-01", "2026-03-01");
    }

    @Test
    default void a_window_of_members_has_its_edges_beside_their_aggregates() {
        // January: acme 2 / 10, bolt nothing. February, and the whole: acme 1 / 10, bolt 4 / 10.
        expect(
                activity(),
                months(
                                "avg(account : (count(event) / days(window.start, window.end)) over last 10 days)",
                                "count(account where (count(event) / days(window.start, window.end)) over last 10 days >= 0.2)",
                                "avg(account : (count(event) / days(window.start, window.end)) over last 10 days + 0 * days(window.start, window.end))")
                        .totals(),
                "2026-01-01 | 0.1 | 1 | 0.1",
                "2026-02-01 | 0.25 | 1 | 0.25",
                "all | 0.25 | 1 | 0.25");
    }

    @Test
    default void a_shifted_bucket_has_its_edges_beside_aggregates_of_members() {
        // In January there were 2 events in 31 days, in February 5 in 28.
        expect(
                activity(),
                ask(
                                "sum(account : prior(count(event) * days(bucket.start, bucket.end)))",
                                "sum(account : prior(count(event) * days(window.start, window.end)))",
                                "sum(account : prior(count(event)) * days(bucket.start, bucket.end))",
                                "sum(account : prior((count(event) * days(window.start, window.end)) over last 10 days))")
                        .grain(Grain.MONTH)
                        .between("2026-02-01", "2026-04-01"),
                "2026-02-01 | 62 | 62 | 56 | 20",
                "2026-03-01 | 140 | 140 | 155 | 50");
    }

    @Test
    default void a_value_of_the_account_of_a_row_has_the_edges_of_its_window() {
        // January: two rows with 2 events in ten days. February: one row with 1.
        expect(
                activity(),
                months(
                        "sum(event where account = 'acme' : per(account : count(event) * days(window.start, window.end)) over last 10 days)",
                        "sum(event where account = 'acme' : (per(account : sum(event.amount)) + days(window.start, window.end)) over last 10 days)",
                        "sum(event where account = 'acme' : per(account : sum(event.amount)) over last 10 days + days(window.start, window.end))"),
                "2026-01-01 | 40 | 24 | 66",
                "2026-02-01 | 10 | 11 | 29");
    }

    @Test
    default void a_unit_of_time_has_the_edges_of_a_window_and_of_the_unit_before() {
        // Of both days the week before has 2 events; the day before that of the 26th has them too.
        expect(
                activity(),
                ask(
                                "sum(day : (count(event) * days(window.start, window.end)) over last 7 days)",
                                "sum(day : prior(count(event) * hours(bucket.start, bucket.end)))",
                                "sum(account : sum(day : (count(event) * days(window.start, window.end)) over last 7 days))")
                        .between("2026-01-25", "2026-01-27"),
                "28 | 48 | 28");
    }

    @Test
    default void edges_in_a_bucket_that_is_not_over_are_those_that_are_read() {
        expect(
                activity(),
                ask(
                                "max(account : (0 * sum(event.amount) + days(window.start, window.end)) over month to date)",
                                "max(account : (0 * sum(event.amount) + days(window.start, window.end)) over last 10 days)",
                                "max(account : (0 * sum(event.amount) + days(bucket.start, bucket.end)) over last 10 days)")
                        .grain(Grain.MONTH)
                        .between("2026-02-01", "2026-03-01")
                        .asOf("2026-02-26T00:00:00Z"),
                "2026-02-01 | 25 | 10 | 28");
    }

    @Test
    default void a_window_relative_to_a_row_keeps_its_own_edges_beside_one_of_the_bucket() {
        // Acme's last ten days of January have 2 events, and so do the 5 days before 26 January.
        expect(
                events().member(Signups.signedOn("acme", "2026-01-26"))
                        .fact("event", "2026-01-25T10:00:00Z", "acme", "a", "login", 1)
                        .fact("event", "2026-01-25T11:00:00Z", "acme", "a", "login", 1),
                ask("sum(account where account = 'acme' : (count(event) * days(window.start, window.end)) over 5 days before signed_on + (count(event) * days(window.start, window.end)) over last 10 days)")
                        .between("2026-01-01", "2026-02-01"),
                "30");
    }

    @Test
    default void edges_of_a_window_relative_to_a_member_may_be_named_again() {
        // Two events of acme are in its window of 14 days.
        expect(
                events().member(Signups.signedOn("acme", "2026-01-20"))
                        .fact("event", "2026-01-25T10:00:00Z", "acme", "a", "login", 1)
                        .fact("event", "2026-01-25T11:00:00Z", "acme", "a", "login", 1),
                ask("sum(account where account = 'acme' : sum(event where happened >= window.start : days(window.start, window.end)) over 14 days from signed_on)")
                        .between("2026-01-01", "2026-03-01"),
                "28");
    }
}
