package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.model.Metric.Level;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import org.junit.jupiter.api.Test;

/** Edges of the bucket and the window that stand beside aggregates, by hand arithmetic. */
public interface EdgesOfCellsContract extends ExecutorContract {
    /** 124 in January, 28 of it in its last 28 days; 56 in February; 93 in March, 14 of it in its last 28 days. */
    private WorldBuilder amounts() {
        return events().member(account("acme").since("2025-01-01"))
                .fact("event", "2026-01-02T00:00:00Z", "acme", "ann", "a", 96)
                .fact("event", "2026-01-10T00:00:00Z", "acme", "ann", "a", 28)
                .fact("event", "2026-02-10T00:00:00Z", "acme", "ann", "a", 56)
                .fact("event", "2026-03-02T00:00:00Z", "acme", "ann", "a", 79)
                .fact("event", "2026-03-20T00:00:00Z", "acme", "ann", "a", 14);
    }

    private static Question months(String... formulas) {
        return ask(formulas).between("2026-01-01", "2026-04-01").grain(Grain.MONTH);
    }

    @Test
    default void an_edge_of_a_window_is_that_of_the_aggregates_beside_it() {
        // 28 / 28, 56 / 28, 14 / 28; of the whole range the last 28 days are those of March.
        var perDay = "(sum(event.amount) / days(window.start, window.end)) over last 28 days";
        expect(
                amounts(),
                months(perDay).totals(),
                "2026-01-01 | 1",
                "2026-02-01 | 2",
                "2026-03-01 | 0.5",
                "all | 0.5");
        expect(
                amounts(),
                months(perDay).by("account").totals(),
                "2026-01-01 | acme | 1",
                "2026-02-01 | acme | 2",
                "2026-03-01 | acme | 0.5",
                "2026-01-01 | total | 1",
                "2026-02-01 | total | 2",
                "2026-03-01 | total | 0.5",
                "all | acme | 0.5",
                "all | total | 0.5");
    }

    @Test
    default void a_metric_has_the_edges_of_the_window_it_is_asked_over() {
        // Alone the window is the bucket: 124 / 31, 56 / 28, 93 / 31.
        expect(
                amounts()
                        .metric(
                                "per_day",
                                Level.CELL,
                                null,
                                "sum(event.amount) / days(window.start, window.end)"),
                months("per_day over last 28 days", "per_day"),
                "2026-01-01 | 1 | 4",
                "2026-02-01 | 2 | 2",
                "2026-03-01 | 0.5 | 3");
    }

    @Test
    default void without_an_axis_the_window_ends_with_the_range() {
        expect(
                amounts(),
                ask("(sum(event.amount) / days(window.start, window.end)) over last 28 days")
                        .between("2026-01-01", "2026-04-01"),
                "0.5");
    }

    @Test
    default void beneath_prior_and_next_edges_are_those_of_the_other_bucket() {
        // Of January 124 / 31, of February 56 / 28, of March 93 / 31.
        expect(
                amounts(),
                months(
                        "prior(sum(event.amount) / days(bucket.start, bucket.end))",
                        "next(sum(event.amount) / days(window.start, window.end))",
                        "prior((sum(event.amount) / days(window.start, window.end)) over last 28 days)"),
                "2026-01-01 | BEFORE_DATA | 2 | BEFORE_DATA",
                "2026-02-01 | 4 | 3 | 1",
                "2026-03-01 | 2 | NOT_YET | 2");
    }

    @Test
    default void a_comparison_has_the_edges_of_the_other_time() {
        expect(
                amounts(),
                ask("sum(event.amount) / days(bucket.start, bucket.end)")
                        .between("2026-02-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .comparedTo(new Comparison.Earlier(1, Grain.MONTH)),
                "2026-02-01 | 2 | 4",
                "2026-03-01 | 3 | 2");
    }

    @Test
    default void in_a_bucket_that_is_not_over_a_window_ends_at_as_of() {
        // 14 days have passed of February, in which there were 56.
        expect(
                amounts(),
                ask(
                                "(sum(event.amount) / days(window.start, window.end)) over month to date",
                                "sum(event.amount) over month to date / days(bucket.start, bucket.end)")
                        .between("2026-01-01", "2026-03-01")
                        .grain(Grain.MONTH)
                        .asOf("2026-02-15T00:00:00Z"),
                "2026-01-01 | 4 | 4",
                "2026-02-01 | 4 | 2");
    }

    @Test
    default void an_edge_beside_a_date_is_one_and_each_window_has_its_own() {
        // The windows begin on January 4, February 1 and March 4.
        expect(
                amounts(),
                months(
                        "(case when window.start >= @2026-02-01 then sum(event.amount) else 0 end) over last 28 days",
                        "(sum(event.amount) / days(window.start, window.end)) over last 28 days - sum(event.amount) / days(window.start, window.end)"),
                "2026-01-01 | 0 | -3",
                "2026-02-01 | 56 | 0",
                "2026-03-01 | 14 | -2.5");
    }

    @Test
    default void a_unit_of_time_has_edges_of_its_own() {
        // Each day is one long: 124 over 31, 56 over 28, 93 over 31.
        expect(
                amounts(),
                months("avg(day : sum(event.amount) / days(bucket.start, bucket.end))"),
                "2026-01-01 | 4",
                "2026-02-01 | 2",
                "2026-03-01 | 3");
    }
}
