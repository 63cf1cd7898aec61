package dev.cairn.testkit.contract;

import static dev.cairn.testkit.contract.Question.ask;
import static dev.cairn.testkit.data.MemberBuilder.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.data.WorldBuilder;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code prior} and {@code next} read another bucket. */
public interface ShiftsContract extends ExecutorContract {
    private WorldBuilder logins(String... days) {
        var world = events();
        for (String day : days) {
            world.fact("event", day + "T12:00:00Z", "acme", "ann", "login", 1);
        }
        return world;
    }

    /** One in January, two in February, three in March. */
    private WorldBuilder quarter() {
        return logins(
                "2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01", "2026-03-17", "2026-03-31");
    }

    private static Question months(String from, String to, String... formulas) {
        return ask(formulas).grain(Grain.MONTH).between(from, to);
    }

    @Test
    default void prior_is_the_bucket_before() {
        expect(
                quarter(),
                months(
                        "2026-01-01",
                        "2026-04-01",
                        "count(event)",
                        "prior(count(event))",
                        "count(event) - prior(count(event))",
                        "prior(prior(count(event)))"),
                "2026-01-01 | 1 | BEFORE_DATA | BEFORE_DATA | BEFORE_DATA",
                "2026-02-01 | 2 | 1 | 1 | BEFORE_DATA",
                "2026-03-01 | 3 | 2 | 1 | 1");
    }

    @Test
    default void prior_by_a_span_keeps_the_length_of_the_bucket() {
        expect(
                quarter(),
                months(
                        "2026-03-01",
                        "2026-04-01",
                        "prior(count(event), 2 months)",
                        "prior(count(event), 1 quarter)",
                        "prior(count(event), 30 days)"),
                // 30 days before March 1 is January 30: until February 28 it is a month, and that
                // day is out.
                "2026-03-01 | 1 | BEFORE_DATA | 2");
    }

    @Test
    default void prior_to_the_start_of_a_grain_is_the_bucket_it_begins_with() {
        expect(
                quarter(),
                months(
                        "2026-02-01",
                        "2026-04-01",
                        "prior(count(event), start of year)",
                        "prior(count(event), start of month)"),
                "2026-02-01 | 1 | 2",
                "2026-03-01 | 1 | 3");
    }

    @Test
    default void next_is_not_yet_where_it_is_not_over() {
        expect(
                quarter(),
                months(
                        "2026-01-01",
                        "2026-04-01",
                        "next(count(event))",
                        "next(avg(event : amount))"),
                "2026-01-01 | 2 | 1",
                "2026-02-01 | 3 | 1",
                "2026-03-01 | NOT_YET | NOT_YET");
        expect(
                quarter(),
                months("2026-01-01", "2026-03-01", "next(count(event))", "count(event)")
                        .asOf("2026-03-20T00:00:00Z"),
                "2026-01-01 | 2 | 1",
                "2026-02-01 | NOT_YET | 2");
    }

    @Test
    default void window_of_a_shifted_bucket_ends_with_it() {
        expect(
                quarter(),
                months(
                        "2026-03-01",
                        "2026-04-01",
                        "prior(count(event) over last 28 days)",
                        "prior(count(event)) over last 28 days",
                        "prior(count(event) over last 2 months)",
                        "prior(count(event) over month to date)"),
                "2026-03-01 | 2 | 2 | 3 | 2");
    }

    @Test
    default void bucket_that_the_range_cuts_meets_the_same_part_of_the_one_before() {
        expect(
                quarter(),
                months("2026-03-01", "2026-03-18", "count(event)", "prior(count(event))"),
                "2026-03-01 | 2 | 1");
        assertThat(incomplete(quarter(), months("2026-03-01", "2026-03-18", "prior(count(event))")))
                .containsExactly(Set.of(Incomplete.CUT_BY_RANGE));
    }

    @Test
    default void prior_of_a_bucket_that_is_not_over_is_the_whole_one_before_and_complete() {
        var question =
                months("2026-03-01", "2026-04-01", "count(event)", "prior(count(event))")
                        .asOf("2026-03-10T00:00:00Z");
        expect(quarter(), question, "2026-03-01 | 1 | 2");
        assertThat(incomplete(quarter(), question))
                .containsExactly(Set.of(Incomplete.BUCKET_NOT_OVER), Set.of());
        var alone =
                months("2026-03-01", "2026-04-01", "prior(count(event))")
                        .asOf("2026-03-10T00:00:00Z");
        assertThat(incomplete(quarter(), alone)).containsExactly(Set.of());
        // March itself is not over, whatever is read in February.
        assertThat(result(quarter(), alone).rows().getFirst().cells().getFirst())
                .isInstanceOfSatisfying(
                        Cell.Time.class,
                        march ->
                                assertThat(march.incomplete())
                                        .containsExactly(Incomplete.BUCKET_NOT_OVER));
    }

    @Test
    default void whole_range_moves_by_its_own_length() {
        expect(
                quarter(),
                ask("prior(count(event))", "prior(count(event), 1 month)")
                        .between("2026-03-01", "2026-04-01"),
                "2 | 2");
        expect(
                quarter(),
                ask("prior(count(event))").between("2026-02-20", "2026-03-10"),
                // 18 days, from February 2.
                "0");
        expect(
                quarter(),
                months("2026-02-01", "2026-04-01", "prior(count(event))").totals(),
                "2026-02-01 | 1",
                "2026-03-01 | 2",
                // December and January.
                "all | 1");
    }

    @Test
    default void prior_of_days_is_local() {
        // Clocks in Paris go forward on 2026-03-29, which has 23 hours.
        expect(
                events().fact("event", "2026-03-28T22:59:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-03-28T23:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-03-29T21:59:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-03-29T22:00:00Z", "acme", "ann", "login", 1),
                ask("prior(count(event))", "count(event)")
                        .grain(Grain.DAY)
                        .zone("Europe/Paris")
                        .between("2026-03-29", "2026-03-31"),
                "2026-03-29 | 1 | 2",
                "2026-03-30 | 2 | 1");
    }

    @Test
    default void edges_of_the_bucket_are_those_of_the_shifted_one() {
        var world =
                events().member(account("acme").since("2026-01-10"))
                        .member(account("bolt").since("2026-02-10"))
                        .member(account("calm").since("2026-02-11"));
        expect(
                world,
                months(
                        "2026-02-01",
                        "2026-04-01",
                        "count(account where count(event) = 0)",
                        "prior(count(account))",
                        "prior(count(event where happened >= bucket.start + 30 days))"),
                "2026-02-01 | 3 | 1 | 0",
                "2026-03-01 | 3 | 3 | 0");
        expect(
                quarter(),
                months(
                        "2026-02-01",
                        "2026-04-01",
                        "prior(count(event where happened >= bucket.start + 30 days))"),
                "2026-02-01 | 1",
                "2026-03-01 | 0");
    }

    @Test
    default void member_may_be_compared_with_its_own_bucket_before() {
        var world =
                quarter()
                        .member(account("acme").since("2025-06-01"))
                        .member(account("bolt").since("2025-06-01"));
        expect(
                world,
                months(
                        "2026-02-01",
                        "2026-04-01",
                        "count(account where count(event) > prior(count(event)))",
                        "sum(account : prior(count(event)))",
                        "prior(sum(account : count(event)))"),
                "2026-02-01 | 1 | 1 | 1",
                "2026-03-01 | 1 | 2 | 2");
    }

    @Test
    default void groups_of_the_bucket_before_are_groups_too() {
        expect(
                events().fact("event", "2026-01-15T12:00:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-02-15T12:00:00Z", "bolt", "bob", "login", 1),
                months("2026-02-01", "2026-03-01", "count(event)", "prior(count(event))")
                        .by("account"),
                "2026-02-01 | acme | 0 | 1",
                "2026-02-01 | bolt | 1 | 0");
    }

    @Test
    default void first_and_last_bucket_that_the_range_cuts_are_read_exactly() {
        // Weeks of a month before, the last of two days: February 23 to March 2, and February 28 to
        // March 1.
        expect(
                logins("2026-02-22", "2026-02-23", "2026-02-28", "2026-03-01", "2026-03-02"),
                ask("prior(count(event), 1 month)", "prior(distinct(event : happened), 1 month)")
                        .grain(Grain.WEEK)
                        .between("2026-03-23", "2026-04-01"),
                "2026-03-23 | 3 | 3",
                "2026-03-30 | 1 | 1");
    }

    @Test
    default void
            a_bucket_that_ends_with_the_last_days_of_a_month_meets_all_days_of_the_one_before() {
        // Until 28 March: until 28 February, its last day. The whole range is 28 days.
        expect(
                quarter(),
                months("2026-03-01", "2026-03-29", "prior(count(event), 1 month)").totals(),
                "2026-03-01 | 2",
                "all | 2");
        expect(
                quarter(),
                months("2026-03-01", "2026-03-31", "prior(count(event))"),
                "2026-03-01 | 2");
    }

    @Test
    default void an_hour_moves_to_the_first_of_its_day() {
        var world =
                events().fact("event", "2026-01-05T00:30:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T02:30:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-05T02:40:00Z", "acme", "ann", "login", 1)
                        .fact("event", "2026-01-06T00:10:00Z", "acme", "ann", "login", 1);
        expect(
                world,
                ask(
                                "prior(count(event), start of day)",
                                "next(count(event), start of day)",
                                "next(count(event), start of hour)",
                                "prior(count(event), 1 day)")
                        .grain(Grain.HOUR)
                        .betweenInstants("2026-01-05T01:00:00Z", "2026-01-05T03:00:00Z"),
                "2026-01-05T01:00 | 1 | 1 | 2 | 0",
                "2026-01-05T02:00 | 1 | 1 | 0 | 0");
    }

    @Test
    default void members_of_the_hour_before_begin_and_end_with_their_dates() {
        var question =
                ask("prior(count(account))", "count(account)")
                        .grain(Grain.HOUR)
                        .betweenInstants("2026-01-05T02:00:00Z", "2026-01-05T03:00:00Z");
        expect(
                events().member(account("acme").sinceDate("2026-01-06")),
                question,
                "2026-01-05T02:00 | 0 | 0");
        expect(
                events().member(account("acme").since("2025-01-01").removedOn("2026-01-06")),
                question,
                "2026-01-05T02:00 | 1 | 1");
        expect(
                events().member(account("acme").sinceDate("2026-01-05")),
                ask("prior(count(account))", "count(account)")
                        .grain(Grain.HOUR)
                        .betweenInstants("2026-01-05T00:00:00Z", "2026-01-05T01:00:00Z"),
                "2026-01-05T00:00 | 0 | 1");
    }
}
