package dev.cairn.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessCalendarTest {
    private static final long SEED = 5_202_601L;

    @Test
    void weeks_start_on_monday() {
        assertThat(starts("Europe/London", "2026-01-01", "2026-01-13", Grain.WEEK))
                .containsExactly("2026-01-01T00:00Z", "2026-01-05T00:00Z", "2026-01-12T00:00Z");
        assertThat(
                        buckets("Europe/London", "2026-01-01", "2026-01-13", Grain.WEEK)
                                .getFirst()
                                .label())
                .isEqualTo("2025-12-29T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/London, 2026-03-29, 23",
        "Europe/London, 2026-10-25, 25",
        "Europe/London, 2026-06-01, 24",
        "America/Los_Angeles, 2026-03-08, 23",
        "America/Los_Angeles, 2026-11-01, 25",
        "America/Sao_Paulo, 2017-10-15, 23",
        "America/Sao_Paulo, 2018-02-17, 25",
        "Asia/Beirut, 2022-03-27, 23",
        "Asia/Beirut, 2022-10-29, 25",
        "America/Havana, 2017-11-05, 25",
        "Atlantic/Azores, 2022-10-30, 25",
        "Asia/Kolkata, 2026-03-29, 24"
    })
    void a_day_and_its_hours_are_as_long_as_the_clock_makes_them(
            String zone, LocalDate day, int hours) {
        var whole = new BusinessCalendar(ZoneId.of(zone)).between(day, day.plusDays(1));
        assertThat(Duration.between(whole.start(), whole.end())).isEqualTo(Duration.ofHours(hours));
        var cut = new BusinessCalendar(ZoneId.of(zone)).buckets(whole, Grain.HOUR);
        assertThat(cut).hasSize(hours).noneMatch(Bucket::cut);
        assertThat(cut)
                .allSatisfy(hour ->
                        assertThat(Duration.between(hour.start(), hour.end()))
                                .isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void a_day_without_midnight_begins_at_its_first_instant_and_the_next_at_midnight() {
        assertThat(starts("America/Sao_Paulo", "2017-10-14", "2017-10-18", Grain.DAY))
                .containsExactly(
                        "2017-10-14T00:00-03:00",
                        "2017-10-15T01:00-02:00",
                        "2017-10-16T00:00-02:00",
                        "2017-10-17T00:00-02:00");
        assertThat(starts("Asia/Beirut", "2022-03-26", "2022-03-29", Grain.DAY))
                .containsExactly(
                        "2022-03-26T00:00+02:00",
                        "2022-03-27T01:00+03:00",
                        "2022-03-28T00:00+03:00");
    }

    @Test
    void the_week_of_a_day_without_midnight_begins_at_midnight() {
        var calendar = new BusinessCalendar(ZoneId.of("America/Sao_Paulo"));
        var sunday = calendar.between(LocalDate.parse("2017-10-15"), LocalDate.parse("2017-10-16"));
        assertThat(calendar.buckets(sunday, Grain.WEEK))
                .singleElement()
                .satisfies(week -> {
                    assertThat(week.label()).isEqualTo("2017-10-09T03:00:00Z");
                    assertThat(week.cut()).isTrue();
                });
    }

    @Test
    void a_day_with_two_midnights_begins_at_the_first() {
        assertThat(starts("America/Havana", "2017-11-05", "2017-11-07", Grain.DAY))
                .containsExactly("2017-11-05T00:00-04:00", "2017-11-06T00:00-05:00");
        var calendar = new BusinessCalendar(ZoneId.of("America/Havana"));
        assertThat(calendar.last(1, Grain.DAY, Instant.parse("2017-11-05T05:30:00Z")))
                .isEqualTo(
                        new TimeRange(
                                Instant.parse("2017-11-04T04:00:00Z"),
                                Instant.parse("2017-11-05T04:00:00Z")));
    }

    @Test
    void a_day_that_never_was_has_no_bucket() {
        assertThat(starts("Pacific/Apia", "2011-12-28", "2012-01-02", Grain.DAY))
                .containsExactly(
                        "2011-12-28T00:00-10:00",
                        "2011-12-29T00:00-10:00",
                        "2011-12-31T00:00+14:00",
                        "2012-01-01T00:00+14:00");
    }

    @Test
    void an_hour_that_comes_twice_is_two_buckets() {
        assertThat(starts("Europe/London", "2026-10-25", "2026-10-26", Grain.HOUR))
                .startsWith(
                        "2026-10-25T00:00+01:00",
                        "2026-10-25T01:00+01:00",
                        "2026-10-25T01:00Z",
                        "2026-10-25T02:00Z");
    }

    @Test
    void an_hour_that_is_jumped_over_is_no_bucket() {
        assertThat(starts("America/Los_Angeles", "2026-03-08", "2026-03-09", Grain.HOUR))
                .startsWith(
                        "2026-03-08T00:00-08:00",
                        "2026-03-08T01:00-08:00",
                        "2026-03-08T03:00-07:00",
                        "2026-03-08T04:00-07:00");
    }

    @Test
    void hours_in_a_half_hour_zone_begin_on_the_local_hour() {
        assertThat(starts("Asia/Kolkata", "2026-01-01", "2026-01-02", Grain.HOUR))
                .startsWith("2026-01-01T00:00+05:30", "2026-01-01T01:00+05:30")
                .hasSize(24);
    }

    @Test
    void hours_around_a_change_of_half_an_hour_begin_on_the_local_hour() {
        assertThat(starts("Australia/Lord_Howe", "2026-10-04", "2026-10-05", Grain.HOUR))
                .startsWith(
                        "2026-10-04T00:00+10:30",
                        "2026-10-04T01:00+10:30",
                        "2026-10-04T02:30+11:00",
                        "2026-10-04T03:00+11:00");
        assertThat(starts("Australia/Lord_Howe", "2026-04-05", "2026-04-06", Grain.HOUR))
                .startsWith(
                        "2026-04-05T00:00+11:00",
                        "2026-04-05T01:00+11:00",
                        "2026-04-05T02:00+10:30");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/London", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Beirut",
                        "America/Havana", "Asia/Kolkata",
                "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia", "Asia/Pyongyang",
                        "America/Caracas", "UTC"
            })
    void hours_begin_wherever_the_local_clock_begins_to_show_an_hour(String name) {
        var zone = ZoneId.of(name);
        var calendar = new BusinessCalendar(zone);
        for (var day = LocalDate.of(2007, 1, 1); day.getYear() < 2019; day = day.plusDays(1)) {
            var range =
                    calendar.between(
                            day,
                            day.plusDays(1).isBefore(LocalDate.of(2019, 1, 1))
                                    ? day.plusDays(2)
                                    : day.plusDays(1));
            boolean changes =
                    !zone.getRules()
                            .getOffset(range.start())
                            .equals(zone.getRules().getOffset(range.end()));
            if (changes) {
                assertThat(calendar.buckets(range, Grain.HOUR))
                        .extracting(Bucket::start)
                        .isEqualTo(hoursByTheMinute(zone, range));
            }
        }
    }

    /** The slow and obvious way. */
    private static List<Instant> hoursByTheMinute(ZoneId zone, TimeRange range) {
        var starts = new ArrayList<Instant>();
        for (var at = range.start();
                at.isBefore(range.end());
                at = at.plus(1, ChronoUnit.MINUTES)) {
            var local = at.atZone(zone).toLocalDateTime();
            var before = at.minus(1, ChronoUnit.MINUTES).atZone(zone).toLocalDateTime();
            if (local.getMinute() == 0
                    || !local.truncatedTo(ChronoUnit.HOURS)
                            .equals(before.truncatedTo(ChronoUnit.HOURS))) {
                starts.add(at);
            }
        }
        return starts;
    }

    @Test
    void a_leap_day_is_a_day_of_its_month() {
        assertThat(starts("UTC", "2024-02-28", "2024-03-02", Grain.DAY))
                .containsExactly("2024-02-28T00:00Z", "2024-02-29T00:00Z", "2024-03-01T00:00Z");
        assertThat(buckets("UTC", "2024-02-01", "2024-03-01", Grain.MONTH))
                .singleElement()
                .satisfies(month ->
                        assertThat(Duration.between(month.start(), month.end()))
                                .isEqualTo(Duration.ofDays(29)));
        assertThat(buckets("UTC", "2024-01-01", "2025-01-01", Grain.YEAR))
                .singleElement()
                .matches(year -> !year.cut());
    }

    @Test
    void the_ends_of_the_range_cut_the_first_and_the_last_bucket() {
        var months = buckets("America/Los_Angeles", "2026-01-15", "2026-04-10", Grain.MONTH);
        assertThat(months).extracting(Bucket::cut).containsExactly(true, false, false, true);
        assertThat(months)
                .extracting(Bucket::startDate)
                .extracting(LocalDate::toString)
                .containsExactly("2026-01-15", "2026-02-01", "2026-03-01", "2026-04-01");
        assertThat(months)
                .extracting(Bucket::endDate)
                .extracting(LocalDate::toString)
                .containsExactly("2026-02-01", "2026-03-01", "2026-04-01", "2026-04-10");
        assertThat(months.getFirst().label()).isEqualTo("2026-01-01T08:00:00Z");
        assertThat(months.getFirst().start()).isEqualTo("2026-01-15T08:00:00Z");
        assertThat(months.getLast().end()).isEqualTo("2026-04-10T07:00:00Z");
    }

    @Test
    void a_range_inside_one_bucket_is_that_bucket_cut() {
        assertThat(buckets("UTC", "2026-02-10", "2026-02-12", Grain.QUARTER))
                .singleElement()
                .satisfies(quarter -> {
                    assertThat(quarter.label()).isEqualTo("2026-01-01T00:00:00Z");
                    assertThat(quarter.range())
                            .isEqualTo(
                                    new TimeRange(
                                            Instant.parse("2026-02-10T00:00:00Z"),
                                            Instant.parse("2026-02-12T00:00:00Z")));
                    assertThat(quarter.cut()).isTrue();
                });
    }

    @Test
    void the_whole_range_is_never_cut() {
        var calendar = new BusinessCalendar(ZoneId.of("Europe/London"));
        var range = calendar.between(LocalDate.parse("2026-03-15"), LocalDate.parse("2026-04-02"));
        assertThat(calendar.whole(range))
                .isEqualTo(
                        new Bucket(
                                range.start(),
                                range.start(),
                                range.end(),
                                LocalDate.parse("2026-03-15"),
                                LocalDate.parse("2026-04-02"),
                                false));
    }

    @Test
    void a_date_falls_in_no_hour() {
        assertThat(buckets("UTC", "2026-01-01", "2026-01-02", Grain.HOUR))
                .allMatch(hour -> hour.startDate().equals(hour.endDate()));
    }

    @Test
    void dates_of_a_day_that_is_not_over_are_known() {
        var calendar = new BusinessCalendar(ZoneId.of("America/Los_Angeles"));
        assertThat(calendar.dateEndOf(Instant.parse("2026-01-01T08:00:00Z")))
                .isEqualTo("2026-01-01");
        assertThat(calendar.dateEndOf(Instant.parse("2026-01-01T08:00:00.000000001Z")))
                .isEqualTo("2026-01-02");
        assertThat(calendar.dateEndOf(Instant.parse("2026-01-01T07:59:59Z")))
                .isEqualTo("2026-01-01");
        assertThat(
                        new BusinessCalendar(ZoneId.of("America/Sao_Paulo"))
                                .dateEndOf(Instant.parse("2017-10-15T03:00:00Z")))
                .isEqualTo("2017-10-15");
    }

    @ParameterizedTest
    @CsvSource({
        "HOUR, 3, 2026-03-29T02:30:00Z, 2026-03-28T23:00:00Z, 2026-03-29T02:00:00Z",
        "DAY, 1, 2026-03-30T05:00:00Z, 2026-03-29T00:00:00Z, 2026-03-29T23:00:00Z",
        "DAY, 28, 2026-04-01T00:00:00Z, 2026-03-04T00:00:00Z, 2026-03-31T23:00:00Z",
        "WEEK, 2, 2026-01-11T23:59:59Z, 2025-12-22T00:00:00Z, 2026-01-05T00:00:00Z",
        "WEEK, 1, 2026-01-12T00:00:00Z, 2026-01-05T00:00:00Z, 2026-01-12T00:00:00Z",
        "MONTH, 1, 2024-03-15T12:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "MONTH, 12, 2026-06-30T23:00:00Z, 2025-06-30T23:00:00Z, 2026-06-30T23:00:00Z",
        "QUARTER, 5, 2026-02-01T00:00:00Z, 2024-09-30T23:00:00Z, 2026-01-01T00:00:00Z",
        "YEAR, 2, 2026-02-01T00:00:00Z, 2024-01-01T00:00:00Z, 2026-01-01T00:00:00Z"
    })
    void the_last_buckets_are_whole_and_over(
            Grain grain, int count, Instant now, Instant start, Instant end) {
        var calendar = new BusinessCalendar(ZoneId.of("Europe/London"));
        var last = calendar.last(count, grain, now);
        assertThat(last).isEqualTo(new TimeRange(start, end));
        assertThat(calendar.buckets(last, grain)).hasSize(count).noneMatch(Bucket::cut);
    }

    @ParameterizedTest
    @EnumSource
    void buckets_are_exactly_the_range_and_counted_about_right(Grain grain) {
        var zones =
                List.of(
                        "UTC",
                        "Europe/London",
                        "America/Los_Angeles",
                        "America/Sao_Paulo",
                        "Asia/Beirut",
                        "America/Havana",
                        "Asia/Kolkata",
                        "Australia/Lord_Howe",
                        "America/St_Johns",
                        "Pacific/Apia",
                        "Africa/Monrovia");
        for (int round = 0; round < 300; round++) {
            long seed = SEED + round;
            var random = new Random(seed);
            var calendar = new BusinessCalendar(ZoneId.of(zones.get(random.nextInt(zones.size()))));
            var start = Instant.ofEpochSecond(random.nextInt(1_900_000_000), random.nextInt(2));
            long longest = grain == Grain.HOUR ? 40_000_000L : 400_000_000L;
            var range = new TimeRange(start, start.plusSeconds(1 + random.nextLong(longest)));
            var buckets = calendar.buckets(range, grain);
            assertThat(buckets.getFirst().start()).as("seed %d", seed).isEqualTo(range.start());
            assertThat(buckets.getLast().end()).as("seed %d", seed).isEqualTo(range.end());
            for (int index = 1; index < buckets.size(); index++) {
                assertThat(buckets.get(index).start())
                        .as("seed %d", seed)
                        .isEqualTo(buckets.get(index - 1).end());
                assertThat(buckets.get(index).label())
                        .as("seed %d", seed)
                        .isEqualTo(buckets.get(index).start());
            }
            assertThat(buckets.stream().skip(1).limit(Math.max(0, buckets.size() - 2)))
                    .as("seed %d", seed)
                    .noneMatch(Bucket::cut);
            assertThat(calendar.count(range, grain))
                    .as("seed %d", seed)
                    .isBetween((long) buckets.size(), buckets.size() + 6L);
        }
    }

    @ParameterizedTest
    @CsvSource({"HOUR, 87672", "DAY, 3653", "WEEK, 523", "MONTH, 120", "QUARTER, 40", "YEAR, 10"})
    void ten_years_are_counted_exactly(Grain grain, int expected) {
        var calendar = new BusinessCalendar(ZoneId.of("Europe/London"));
        var range = calendar.between(LocalDate.parse("2015-01-01"), LocalDate.parse("2025-01-01"));
        assertThat(calendar.count(range, grain)).isEqualTo(expected);
        assertThat(calendar.buckets(range, grain)).hasSize(expected);
    }

    private static List<Bucket> buckets(String zone, String from, String to, Grain grain) {
        var calendar = new BusinessCalendar(ZoneId.of(zone));
        return calendar.buckets(
                calendar.between(LocalDate.parse(from), LocalDate.parse(to)), grain);
    }

    private static List<String> starts(String zone, String from, String to, Grain grain) {
        return buckets(zone, from, to, grain).stream()
                .map(bucket -> OffsetDateTime.ofInstant(bucket.start(), ZoneId.of(zone)).toString())
                .toList();
    }
}
