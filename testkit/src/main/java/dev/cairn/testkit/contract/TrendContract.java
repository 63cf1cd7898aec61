package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.frame;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Comparison;
import dev.cairn.domain.shape.Trend;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Metrics beside another time, by hand arithmetic. Columns: compared with, value, compared, difference, change. */
public interface TrendContract extends ExecutorContract {
    private static Trend trend(Question frame, String formula, @Nullable Comparison with) {
        return new Trend(
                frame.query(),
                List.of(new AskedMetric(new MetricReference.Inline(formula), "x")),
                with);
    }

    private static Question months(String from, String to) {
        return frame().between(from, to).grain(Grain.MONTH);
    }

    /** acme: 1 on January 5, 2 on January 31, 4 on February 10, 8 on March 2. bolt: 16 on February 28, 32 on March 31. So 3, 20 and 40 a month, two events each. */
    private WorldBuilder spent() {
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
    default void each_period_stands_beside_the_one_before_it() {
        expect(
                spent(),
                trend(months("2026-01-01", "2026-04-01"), "sum(event.amount)", null),
                "2026-01-01 | 2025-12-01 | 3 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2026-01-01 | 20 | 3 | 17 | 17/3",
                "2026-03-01 | 2026-02-01 | 40 | 20 | 20 | 20/20");
    }

    @Test
    default void a_total_is_the_whole_range_beside_the_whole_of_the_other() {
        // 20 + 40 beside 3 + 20.
        expect(
                spent(),
                trend(months("2026-02-01", "2026-04-01").totals(), "sum(event.amount)", null),
                "2026-02-01 | 2026-01-01 | 20 | 3 | 17 | 17/3",
                "2026-03-01 | 2026-02-01 | 40 | 20 | 20 | 20/20",
                "all | 2026-01-01 | 60 | 23 | 37 | 37/23");
    }

    @Test
    default void a_range_stands_beside_the_one_before_it_in_each_group() {
        expect(
                spent(),
                trend(
                        frame().between("2026-02-01", "2026-03-01").by("account").totals(),
                        "sum(event.amount)",
                        null),
                "acme | 2026-01-01 | 4 | 3 | 1 | 1/3",
                "bolt | 2026-01-01 | 16 | 0 | 16 | ZERO_BASE",
                "all | 2026-01-01 | 20 | 3 | 17 | 17/3");
    }

    @Test
    default void so_many_weeks_earlier_are_the_same_days_of_the_week() {
        // March 2 and February 2 are Mondays.
        expect(
                spent(),
                trend(
                        frame().between("2026-03-02", "2026-03-04").grain(Grain.DAY),
                        "sum(event.amount)",
                        new Comparison.Earlier(3, Grain.WEEK)),
                "2026-03-02 | 2026-02-09 | 8 | 0 | 8 | ZERO_BASE",
                "2026-03-03 | 2026-02-10 | 0 | 4 | -4 | -4/4");
    }

    @Test
    default void another_range_is_compared_with_bucket_by_bucket() {
        expect(
                spent(),
                trend(
                        frame().between("2026-03-01", "2026-03-03").grain(Grain.DAY),
                        "sum(event.amount)",
                        new Comparison.Other(
                                new AskedRange.Between(
                                        LocalDate.parse("2026-01-30"),
                                        LocalDate.parse("2026-02-01")))),
                "2026-03-01 | 2026-01-30 | 0 | 0 | 0 | ZERO_BASE",
                "2026-03-02 | 2026-01-31 | 8 | 2 | 6 | 6/2");
    }

    @Test
    default void a_change_is_by_the_size_of_what_was_below_zero() {
        // From -7 to 10 it rises, by 17 of 7.
        expect(
                spent(),
                trend(months("2026-02-01", "2026-03-01"), "sum(event.amount) - 10", null),
                "2026-02-01 | 2026-01-01 | 10 | -7 | 17 | 17/7");
    }

    @Test
    default void ratios_differ_by_their_values() {
        // 20 of 2 events beside 3 of 2: 10 beside 1.5.
        expect(
                spent(),
                trend(months("2026-02-01", "2026-03-01"), "sum(event.amount) / count(event)", null),
                "2026-02-01 | 2026-01-01 | 20/2 | 3/2 | 8.5 | 8.5/1.5");
    }

    @Test
    default void a_period_that_is_not_over_makes_its_difference_incomplete() {
        // By March 10 there are 8 beside the 20 of all February.
        expect(
                spent(),
                trend(
                        months("2026-02-01", "2026-04-01").asOf("2026-03-10T00:00:00Z"),
                        "sum(event.amount)",
                        null),
                "2026-02-01 | 2026-01-01 | 20 | 3 | 17 | 17/3",
                "2026-03-01 | 2026-02-01 | 8* | 20 | -12* | -12/20*");
    }

    @Test
    default void by_the_hour_what_is_compared_with_begins_at_an_instant() {
        expect(
                spent(),
                trend(
                        frame().betweenInstants("2026-03-02T10:00:00Z", "2026-03-02T11:00:00Z")
                                .grain(Grain.HOUR),
                        "sum(event.amount)",
                        new Comparison.Earlier(20, Grain.DAY)),
                "2026-03-02T10:00:00Z | 2026-02-10T10:00:00Z | 8 | 4 | 4 | 4/4");
    }
}
