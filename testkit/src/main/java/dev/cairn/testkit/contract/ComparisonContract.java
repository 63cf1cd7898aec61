package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Each metric beside itself at another time, by hand arithmetic. */
public interface ComparisonContract extends ExecutorContract {
    private static Comparison with(String from, String to) {
        return new Comparison.Other(
                new AskedRange.Between(LocalDate.parse(from), LocalDate.parse(to)));
    }

    /** acme: 1 on January 5, 2 on January 31, 4 on February 10, 8 on March 2. bolt: 16 on February 28, 32 on March 31. */
    private WorldBuilder amounts() {
        return events().member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2026-02-01").with("plan", "free"))
                .fact("event", "2026-01-05T10:00:00Z", "acme", "ann", "a", 1)
                .fact("event", "2026-01-31T10:00:00Z", "acme", "ann", "a", 2)
                .fact("event", "2026-02-10T10:00:00Z", "acme", "ann", "b", 4)
                .fact("event", "2026-03-02T10:00:00Z", "acme", "ann", "a", 8)
                .fact("event", "2026-02-28T10:00:00Z", "bolt", "bob", "a", 16)
                .fact("event", "2026-03-31T10:00:00Z", "bolt", "bob", "b", 32);
    }

    @Test
    default void the_previous_range_has_the_same_length_in_months_where_it_is_of_months() {
        expect(
                amounts(),
                ask("sum(event.amount)")
                        .between("2026-02-01", "2026-03-01")
                        .comparedTo(new Comparison.Previous()),
                "20 | 3");
    }

    @Test
    default void buckets_are_compared_one_by_one() {
        expect(
                amounts(),
                ask("sum(event.amount)", "count(event)")
                        .between("2026-02-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .comparedTo(new Comparison.Earlier(1, Grain.MONTH)),
                "2026-02-01 | 20 | 3 | 2 | 2",
                "2026-03-01 | 40 | 20 | 2 | 2");
    }

    @Test
    default void totals_over_time_are_compared_with_the_whole_of_the_other_time() {
        expect(
                amounts(),
                ask("sum(event.amount)")
                        .between("2026-02-01", "2026-04-01")
                        .grain(Grain.MONTH)
                        .totals()
                        .comparedTo(new Comparison.Earlier(1, Grain.MONTH)),
                "2026-02-01 | 20 | 3",
                "2026-03-01 | 40 | 20",
                "all | 60 | 23");
    }

    @Test
    default void any_other_range_of_as_many_buckets_can_be_compared_with() {
        expect(
                amounts(),
                ask("sum(event.amount)")
                        .between("2026-03-01", "2026-03-03")
                        .grain(Grain.DAY)
                        .comparedTo(with("2026-01-30", "2026-02-01")),
                "2026-03-01 | 0 | 0",
                "2026-03-02 | 8 | 2");
    }

    @Test
    default void a_group_of_the_other_time_alone_is_a_group() {
        expect(
                amounts(),
                ask("sum(event.amount)")
                        .between("2026-01-01", "2026-02-01")
                        .by("account")
                        .comparedTo(with("2026-02-01", "2026-03-01")),
                "acme | 3 | 4",
                "bolt | 0 | 16");
    }

    @Test
    default void before_the_data_there_is_nothing_to_compare_with() {
        expect(
                amounts(),
                ask("sum(event.amount)").comparedTo(new Comparison.Earlier(1, Grain.YEAR)),
                "3 | BEFORE_DATA");
    }

    @Test
    default void windows_shifts_members_and_ranges_are_of_the_other_time() {
        // 28 days before February 1 are from January 4. December is before the data. In January
        // bolt is no account yet.
        expect(
                amounts(),
                ask(
                                "sum(event.amount) over last 28 days",
                                "prior(sum(event.amount))",
                                "count(account)",
                                "sum(event.amount) over range",
                                "count(account where exists(event where name = 'a'))",
                                "sum(event where happened >= bucket.start : amount)")
                        .between("2026-02-01", "2026-03-01")
                        .comparedTo(new Comparison.Previous()),
                "20 | 3 | 3 | BEFORE_DATA | 2 | 1 | 20 | 3 | 1 | 1 | 20 | 3");
    }

    @Test
    default void the_same_range_earlier_has_both_its_edges_earlier() {
        // March is compared with all of February, also where its days are compared one by one:
        // their last three with the last of February.
        expect(
                amounts(),
                ask("sum(event.amount)")
                        .between("2026-03-01", "2026-04-01")
                        .comparedTo(new Comparison.Earlier(1, Grain.MONTH)),
                "40 | 20");
        var rows =
                rows(
                        amounts(),
                        ask("sum(event.amount)")
                                .between("2026-03-01", "2026-04-01")
                                .grain(Grain.DAY)
                                .totals()
                                .comparedTo(new Comparison.Earlier(1, Grain.MONTH)));
        assertThat(rows)
                .contains(
                        "2026-03-10 | 0 | 4",
                        "2026-03-28 | 0 | 16",
                        "2026-03-31 | 32 | 16",
                        "all | 40 | 20");
    }

    @Test
    default void a_ratio_is_compared_with_its_parts() {
        var rows =
                rowsWithParts(
                        amounts(),
                        ask("sum(event.amount) / count(event)")
                                .between("2026-02-01", "2026-03-01")
                                .comparedTo(new Comparison.Previous()));
        assertThat(rows).containsExactly("10 (20/2, n 2) | 1.5 (3/2, n 2)");
    }
}
