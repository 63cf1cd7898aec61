package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Funnels.funnel;
import static dev.cairn.testkit.contract.Question.frame;
import static dev.cairn.testkit.data.MemberBuilder.account;

import dev.cairn.domain.shape.Happening;
import dev.cairn.domain.shape.Happening.Condition;
import dev.cairn.domain.shape.Happening.Facts;
import dev.cairn.domain.shape.Stickiness;
import dev.cairn.domain.shape.Stickiness.Count;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On how many days of a period its active members are active, by hand arithmetic. Columns: active, mean, median, once, twice, three times and more. */
public interface StickinessContract extends ExecutorContract {
    private static Question weeks() {
        return frame().between("2026-01-05", "2026-01-19").grain(Grain.WEEK);
    }

    private static Stickiness of(Question frame, Happening active, String unit) {
        return new Stickiness(
                frame.query(),
                "account",
                active,
                unit,
                List.of(Count.of(1), Count.of(2), new Count(3, null)));
    }

    private static Stickiness of(Question frame) {
        return of(frame, new Facts("event"), "day");
    }

    /** In the week of January 5 acme comes on two days, on one of them twice, and bolt on three; in that of January 12 acme and cyd on one. */
    private WorldBuilder visits() {
        return funnel(
                        "01-05 acme a - ann",
                        "01-05 acme a - abe",
                        "01-07 acme a - ann",
                        "01-13 acme a - ann",
                        "01-06 bolt a - bob",
                        "01-08 bolt a - bob",
                        "01-11 bolt b - bob",
                        "01-12 cyd a - cat")
                .member(account("acme").since("2025-01-01").with("plan", "pro"))
                .member(account("bolt").since("2025-01-01").with("plan", "free"));
    }

    @Test
    default void each_counts_once_by_the_days_it_was_active_on() {
        // January 5: 2 and 3 days of two. January 12: a day each of two.
        expect(
                visits(),
                of(weeks()),
                "2026-01-05 | 2 | 2.5 | 2.5 | 0/2 | 1/2 | 1/2",
                "2026-01-12 | 2 | 1 | 1 | 2/2 | 0/2 | 0/2");
    }

    @Test
    default void a_total_counts_the_days_of_the_whole_range() {
        // acme 3 days, bolt 3, cyd 1: 7 of three.
        expect(
                visits(),
                of(weeks().totals()),
                "2026-01-05 | 2 | 2.5 | 2.5 | 0/2 | 1/2 | 1/2",
                "2026-01-12 | 2 | 1 | 1 | 2/2 | 0/2 | 0/2",
                "all | 3 | 2.333333333 | 3 | 1/3 | 0/3 | 2/3");
    }

    @Test
    default void a_condition_is_asked_of_each_day() {
        // Two events on one day: acme on January 5 alone.
        expect(
                visits(),
                of(weeks(), new Condition("count(event) >= 2"), "day"),
                "2026-01-05 | 1 | 1 | 1 | 1/1 | 0/1 | 0/1",
                "2026-01-12 | 0 | NO_DATA | NO_DATA | NO_DATA | NO_DATA | NO_DATA");
    }

    @Test
    default void users_are_counted_by_their_own_days() {
        // January 5: ann 2 days, abe 1, bob 3. January 12: ann and cat 1.
        expect(
                visits(),
                new Stickiness(
                        weeks().query(),
                        "user",
                        new Facts("event"),
                        "day",
                        List.of(Count.of(1), new Count(2, 3), new Count(1, null))),
                "2026-01-05 | 3 | 2 | 2 | 1/3 | 2/3 | 3/3",
                "2026-01-12 | 2 | 1 | 1 | 2/2 | 0/2 | 2/2");
    }

    @Test
    default void groups_are_those_of_the_start() {
        expect(
                visits(),
                of(frame().between("2026-01-05", "2026-01-12").by("account.plan")),
                "free | 1 | 3 | 3 | 0/1 | 0/1 | 1/1",
                "pro | 1 | 2 | 2 | 0/1 | 1/1 | 0/1");
    }

    @Test
    default void days_of_activity_are_those_of_the_zone() {
        // In New York all is the evening before: of that week are acme's January 6, bolt's 5, 7 and
        // 10, and cyd's 11.
        expect(
                visits(),
                of(frame().between("2026-01-05", "2026-01-12").zone("America/New_York")),
                "3 | 1.666666667 | 1 | 2/3 | 0/3 | 1/3");
    }

    @Test
    default void other_units_are_counted_in_other_periods() {
        // Weeks of four: acme came in two, bolt and cyd in one.
        expect(
                visits(),
                of(frame().between("2026-01-05", "2026-02-02"), new Facts("event"), "week"),
                "3 | 1.333333333 | 1 | 2/3 | 1/3 | 0/3");
        // January 4 and 5, 6 and 7, 8 and 9, 10 and 11: acme came in the first two, bolt in the
        // others
        // and the second.
        expect(
                visits(),
                of(frame().between("2026-01-04", "2026-01-12"), new Facts("event"), "every 2 days"),
                "2 | 2.5 | 2.5 | 0/2 | 1/2 | 1/2");
    }

    @Test
    default void a_period_that_is_not_over_is_incomplete() {
        // Until noon of January 7: acme on two days, bolt on one.
        expect(
                visits(),
                of(
                        frame().between("2026-01-05", "2026-01-12")
                                .grain(Grain.WEEK)
                                .asOf("2026-01-07T12:00:00Z")),
                "2026-01-05 | 2* | 1.5* | 1.5* | 1/2* | 1/2* | 0/2*");
    }
}
