package dev.cairn.domain.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Expected edges are read off a calendar. */
class WindowsTest {
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static final TimeContext PRIOR = shifted(false, null, null);
    private static final TimeContext NEXT = shifted(true, null, null);

    @Test
    void without_window_and_shift_each_bucket_is_read_for_itself() {
        assertThat(days(TimeContext.BUCKET, Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("2026-01-01 2026-02-01", "2026-02-01 2026-03-01");
    }

    @Test
    void last_days_end_with_the_bucket() {
        assertThat(days(last(28, Unit.DAY), Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("2026-01-04 2026-02-01", "2026-02-01 2026-03-01");
    }

    @Test
    void last_months_from_a_day_that_a_month_has_not_begin_with_its_last() {
        assertThat(days(last(1, Unit.MONTH), Grain.DAY, "2026-03-29", "2026-04-01"))
                .containsExactly(
                        "2026-02-28 2026-03-30", "2026-02-28 2026-03-31", "2026-03-01 2026-04-01");
    }

    @Test
    void leap_day_is_a_day_of_the_last_year() {
        assertThat(days(last(1, Unit.YEAR), Grain.DAY, "2028-02-28", "2028-03-01"))
                .containsExactly("2027-02-28 2028-02-29", "2027-03-01 2028-03-01");
    }

    @Test
    void to_date_begins_with_what_the_last_day_is_in() {
        assertThat(
                        days(
                                over(new Window.ToDate(Grain.MONTH)),
                                Grain.WEEK,
                                "2026-01-26",
                                "2026-02-09"))
                .containsExactly("2026-02-01 2026-02-02", "2026-02-01 2026-02-09");
        assertThat(
                        days(
                                over(new Window.ToDate(Grain.YEAR)),
                                Grain.MONTH,
                                "2026-02-01",
                                "2026-04-01"))
                .containsExactly("2026-01-01 2026-03-01", "2026-01-01 2026-04-01");
    }

    @Test
    void range_is_the_same_in_every_bucket_and_range_to_date_grows() {
        assertThat(days(over(new Window.Range(false)), Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("2026-01-01 2026-03-01", "2026-01-01 2026-03-01");
        assertThat(days(over(new Window.Range(true)), Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("2026-01-01 2026-02-01", "2026-01-01 2026-03-01");
    }

    @Test
    void all_begins_with_the_data() {
        assertThat(days(over(new Window.All(false)), Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("beginning 2026-02-01", "beginning 2026-03-01");
        assertThat(days(over(new Window.All(true)), Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("beginning 2026-01-01", "beginning 2026-02-01");
    }

    @Test
    void onward_and_ever_end_as_of_now() {
        var asOf = Instant.parse("2026-05-17T00:00:00Z");
        assertThat(days(over(new Window.Onward()), Grain.MONTH, "2026-01-01", "2026-03-01", asOf))
                .containsExactly("2026-01-01 2026-05-17", "2026-02-01 2026-05-17");
        assertThat(days(over(new Window.Ever()), Grain.MONTH, "2026-01-01", "2026-03-01", asOf))
                .containsExactly("beginning 2026-05-17", "beginning 2026-05-17");
    }

    @Test
    void in_a_bucket_that_is_not_over_a_window_ends_and_reaches_back_as_of_now() {
        var asOf = Instant.parse("2026-02-11T00:00:00Z");
        assertThat(days(last(7, Unit.DAY), Grain.MONTH, "2026-01-01", "2026-03-01", asOf))
                .containsExactly("2026-01-25 2026-02-01", "2026-02-04 2026-02-11");
        assertThat(days(over(new Window.All(true)), Grain.MONTH, "2026-02-01", "2026-03-01", asOf))
                .containsExactly("beginning 2026-02-01");
        assertThat(
                        days(
                                PRIOR.over(last(7, Unit.DAY).window()),
                                Grain.MONTH,
                                "2026-02-01",
                                "2026-04-01",
                                asOf))
                .containsExactly("2026-01-25 2026-02-01", "2026-02-04 2026-02-11");
    }

    @Test
    void as_of_within_a_day_reaches_back_by_the_local_clock_and_its_day_is_known() {
        // Clocks in Paris go forward on 2026-03-29: 24 local hours before noon of that day are 23.
        var stretch =
                stretches(
                                last(1, Unit.DAY),
                                Grain.MONTH,
                                "2026-03-01",
                                "2026-04-01",
                                "Europe/Paris",
                                Instant.parse("2026-03-29T10:00:00Z"))
                        .getFirst();
        assertThat(stretch.start()).isEqualTo("2026-03-28T11:00:00Z");
        assertThat(stretch.end()).isEqualTo("2026-03-29T10:00:00Z");
        assertThat(stretch.startDate()).isEqualTo("2026-03-29");
        assertThat(stretch.endDate()).isEqualTo("2026-03-30");
    }

    @Test
    void hours_are_elapsed() {
        var stretch =
                stretches(
                                last(24, Unit.HOUR),
                                Grain.DAY,
                                "2026-03-29",
                                "2026-03-30",
                                "Europe/Paris",
                                LATER)
                        .getFirst();
        // The day has 23 hours and ends at 22:00 UTC.
        assertThat(stretch.start()).isEqualTo("2026-03-28T22:00:00Z");
        assertThat(stretch.end()).isEqualTo("2026-03-29T22:00:00Z");
    }

    @Test
    void prior_is_the_bucket_before_with_its_own_length() {
        assertThat(days(PRIOR, Grain.MONTH, "2026-03-01", "2026-05-01"))
                .containsExactly("2026-02-01 2026-03-01", "2026-03-01 2026-04-01");
        assertThat(
                        days(
                                PRIOR.moved(PRIOR.shifts().getFirst()),
                                Grain.QUARTER,
                                "2026-01-01",
                                "2026-04-01"))
                .containsExactly("2025-07-01 2025-10-01");
        assertThat(days(NEXT, Grain.WEEK, "2026-01-05", "2026-01-12"))
                .containsExactly("2026-01-12 2026-01-19");
    }

    @Test
    void prior_by_a_span_moves_the_start_and_keeps_the_length_in_the_grain() {
        assertThat(
                        days(
                                shifted(false, new Length(1, Unit.YEAR), null),
                                Grain.MONTH,
                                "2024-02-01",
                                "2024-03-01"))
                .containsExactly("2023-02-01 2023-03-01");
        assertThat(
                        days(
                                shifted(false, new Length(1, Unit.MONTH), null),
                                Grain.WEEK,
                                "2026-03-30",
                                "2026-04-06"))
                .containsExactly("2026-02-28 2026-03-07");
    }

    @Test
    void start_of_is_the_bucket_that_a_year_begins_with() {
        assertThat(days(shifted(false, null, Grain.YEAR), Grain.MONTH, "2026-01-01", "2026-03-01"))
                .containsExactly("2026-01-01 2026-02-01", "2026-01-01 2026-02-01");
        assertThat(days(shifted(true, null, Grain.YEAR), Grain.MONTH, "2026-02-01", "2026-03-01"))
                .containsExactly("2027-01-01 2027-02-01");
    }

    @Test
    void bucket_that_the_range_cuts_is_moved_at_both_edges() {
        // A month to date meets the same part of the month before.
        assertThat(days(PRIOR, Grain.MONTH, "2026-03-01", "2026-03-18"))
                .containsExactly("2026-02-01 2026-02-18");
        assertThat(days(PRIOR, Grain.MONTH, "2026-03-10", "2026-03-31"))
                .containsExactly("2026-02-10 2026-03-01");
        assertThat(days(PRIOR, Grain.MONTH, "2026-03-01", "2026-03-29"))
                .containsExactly("2026-02-01 2026-03-01");
        assertThat(days(PRIOR, Grain.MONTH, "2026-03-10", "2026-04-01"))
                .containsExactly("2026-02-10 2026-03-01");
    }

    @Test
    void prior_of_a_bucket_that_is_not_over_is_the_whole_bucket_before() {
        assertThat(
                        days(
                                PRIOR,
                                Grain.MONTH,
                                "2026-03-01",
                                "2026-04-01",
                                Instant.parse("2026-03-10T00:00:00Z")))
                .containsExactly("2026-02-01 2026-03-01");
    }

    @Test
    void whole_range_moves_by_its_own_length() {
        assertThat(whole(PRIOR, null, "2026-01-01", "2026-04-01"))
                .isEqualTo("2025-10-01 2026-01-01");
        assertThat(whole(PRIOR, null, "2025-01-01", "2026-01-01"))
                .isEqualTo("2024-01-01 2025-01-01");
        assertThat(whole(PRIOR, null, "2026-01-10", "2026-02-20"))
                .isEqualTo("2025-11-30 2026-01-10");
        assertThat(whole(PRIOR, Grain.WEEK, "2026-01-05", "2026-01-19"))
                .isEqualTo("2025-12-22 2026-01-05");
        assertThat(whole(PRIOR, Grain.QUARTER, "2026-01-01", "2027-01-01"))
                .isEqualTo("2025-01-01 2026-01-01");
        assertThat(
                        whole(
                                shifted(false, new Length(1, Unit.YEAR), null),
                                Grain.MONTH,
                                "2026-01-01",
                                "2026-03-01"))
                .isEqualTo("2025-01-01 2025-03-01");
    }

    @Test
    void an_hour_moves_to_the_hour_that_a_day_begins_with() {
        var shift = shifted(false, null, Grain.DAY);
        assertThat(hours(shift, "Europe/Paris", 9))
                .isEqualTo("2026-03-28T23:00:00Z 2026-03-29T00:00:00Z");
        assertThat(hours(shifted(true, null, Grain.HOUR), "Europe/Paris", 9))
                .isEqualTo("2026-03-29T09:00:00Z 2026-03-29T10:00:00Z");
    }

    /** Of the buckets of a day by the hour. */
    private static String hours(TimeContext time, String zone, int bucket) {
        var stretch =
                stretches(time, Grain.HOUR, "2026-03-29", "2026-03-30", zone, LATER).get(bucket);
        return stretch.start() + " " + stretch.end();
    }

    @Test
    void dates_beside_hours_are_those_that_the_edges_are_in() {
        var prior = stretches(PRIOR, Grain.HOUR, "2026-01-05", "2026-01-06", "UTC", LATER);
        assertThat(prior.get(0).startDate()).isEqualTo("2026-01-04");
        assertThat(prior.get(0).endDate()).isEqualTo("2026-01-05");
        assertThat(prior.get(2).startDate()).isEqualTo("2026-01-05");
        assertThat(prior.get(2).endDate()).isEqualTo("2026-01-06");
        var toDate =
                stretches(
                        over(new Window.ToDate(Grain.DAY)),
                        Grain.HOUR,
                        "2026-01-05",
                        "2026-01-06",
                        "UTC",
                        LATER);
        assertThat(toDate.get(10).startDate()).isEqualTo("2026-01-05");
        var hours =
                stretches(last(3, Unit.HOUR), Grain.DAY, "2026-01-05", "2026-01-06", "UTC", LATER)
                        .getFirst();
        assertThat(hours.startDate()).isEqualTo("2026-01-05");
        assertThat(hours.endDate()).isEqualTo("2026-01-06");
    }

    @Test
    void next_must_be_over() {
        var next =
                stretches(NEXT, Grain.MONTH, "2026-01-01", "2026-02-01", "UTC", LATER).getFirst();
        assertThat(next.mustBeOver()).isTrue();
        assertThat(next.of().start()).isEqualTo("2026-02-01T00:00:00Z");
    }

    @Test
    void windows_never_reach_beyond_the_years() {
        assertThat(days(last(999_999_999, Unit.DAY), Grain.MONTH, "2026-01-01", "2026-02-01"))
                .containsExactly("0001-01-01 2026-02-01");
        assertThat(
                        days(
                                shifted(false, new Length(999_999_999, Unit.YEAR), null),
                                Grain.MONTH,
                                "2026-01-01",
                                "2026-02-01"))
                .containsExactly("0001-01-01 0001-01-01");
    }

    @Test
    void first_and_last_bucket_cut_by_the_range_may_break_the_order() {
        var reach =
                windows(Grain.WEEK, "2026-03-23", "2026-04-01", "UTC", LATER)
                        .reach(shifted(false, new Length(1, Unit.MONTH), null));
        assertThat(reach.ofBuckets().stream().map(WindowsTest::dates))
                .containsExactly("2026-02-23 2026-03-02", "2026-02-28 2026-03-01");
        assertThat(reach.isMonotone()).isFalse();
    }

    private static TimeContext last(long count, Unit unit) {
        return over(new Window.Last(new Length(count, unit)));
    }

    private static TimeContext over(Window window) {
        return TimeContext.BUCKET.over(window);
    }

    private static TimeContext shifted(
            boolean forward, @Nullable Length by, @Nullable Grain toStartOf) {
        return TimeContext.BUCKET.moved(new Shift(forward, by, toStartOf));
    }

    private static List<String> days(TimeContext time, Grain grain, String from, String to) {
        return days(time, grain, from, to, LATER);
    }

    private static List<String> days(
            TimeContext time, Grain grain, String from, String to, Instant asOf) {
        return stretches(time, grain, from, to, "UTC", asOf).stream()
                .map(WindowsTest::dates)
                .toList();
    }

    /** In UTC the instants are those of the dates. */
    private static String dates(Stretch stretch) {
        var utc = new BusinessCalendar(ZoneId.of("UTC"));
        assertThat(utc.startOf(stretch.endDate())).isEqualTo(stretch.end());
        if (stretch.startDate() == null) {
            return "beginning " + stretch.endDate();
        }
        assertThat(utc.startOf(stretch.startDate())).isEqualTo(stretch.start());
        return stretch.startDate() + " " + stretch.endDate();
    }

    private static String whole(TimeContext time, @Nullable Grain grain, String from, String to) {
        return dates(windows(grain, from, to, "UTC", LATER).reach(time).ofWhole());
    }

    private static List<Stretch> stretches(
            TimeContext time, Grain grain, String from, String to, String zone, Instant asOf) {
        return windows(grain, from, to, zone, asOf).reach(time).ofBuckets();
    }

    private static Windows windows(
            @Nullable Grain grain, String from, String to, String zone, Instant asOf) {
        var calendar = new BusinessCalendar(ZoneId.of(zone));
        Bucket whole = calendar.whole(LocalDate.parse(from), LocalDate.parse(to));
        var buckets = grain == null ? List.of(whole) : calendar.buckets(whole, grain);
        var edges = new Edges(calendar, new Edge(asOf, calendar.dateEndOf(asOf)));
        var frame = new TimeFrame(grain, buckets, whole, asOf, calendar.dateEndOf(asOf));
        return new Windows(
                edges,
                frame,
                new Cutting(
                        edges,
                        true,
                        problem -> {
                            throw new AssertionError(problem.message());
                        }));
    }
}
