package dev.cairn.domain.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cuts time into buckets, in one zone. The only place where bucket boundaries come from.
 *
 * <p>A day begins at its first instant, which is not midnight where the clock jumps over it, and is midnight's first
 * occurrence where there are two. An hour begins where the local clock begins to show another hour: an hour that comes
 * twice is two buckets, one that is jumped over is none.
 */
public record BusinessCalendar(ZoneId zone) {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    public Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The start of a day; of one that begins before the year 1 the start of that year, since no instant is before it. */
    public Instant startWithinEra(LocalDate date) {
        var start = startOf(date);
        return start.isBefore(FIRST) ? FIRST : start;
    }

    /** In a gap of the clock the instant after it, in an overlap the earlier. */
    public Instant instantOf(LocalDateTime local) {
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(local);
        return offsets.isEmpty()
                ? rules.getTransition(local).getInstant()
                : local.toInstant(offsets.getFirst());
    }

    /** The start of the hour that an instant is in. */
    public Instant startOfHour(Instant instant) {
        return hourStart(instant);
    }

    public LocalDate dateOf(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** The first local date that does not begin before {@code instant}: the end, out, of the dates known then. */
    public LocalDate dateEndOf(Instant instant) {
        var date = dateOf(instant);
        return startOf(date).equals(instant) ? date : date.plusDays(1);
    }

    public TimeRange between(LocalDate from, LocalDate to) {
        return new TimeRange(startOf(from), startOf(to));
    }

    /** The last {@code count} whole buckets that ended by {@code now}. */
    public TimeRange last(int count, Periods grain, Instant now) {
        var end = floor(now, grain);
        return new TimeRange(
                grain == Grain.HOUR ? hoursBefore(end, count) : datesBefore(end, grain, count),
                end);
    }

    private Instant hoursBefore(Instant end, int count) {
        var start = end;
        for (int hour = 0; hour < count; hour++) {
            start = hourStart(start.minusNanos(1));
        }
        return start;
    }

    private Instant datesBefore(Instant end, Periods grain, int count) {
        return startOf(grain.plus(grain.floor(dateOf(end)), -count));
    }

    /** The whole range as one bucket, never cut. */
    public Bucket whole(TimeRange range) {
        return whole(range, dateOf(range.start()), dateEndOf(range.end()));
    }

    /**
     * All from one local date, in, to another, out, as one bucket, never cut. Said by dates, since a day that never was begins with the next one:
     * the dates of that day are beside an edge as they are asked for.
     */
    public Bucket whole(LocalDate from, LocalDate to) {
        return whole(between(from, to), from, to);
    }

    private static Bucket whole(TimeRange range, LocalDate from, LocalDate to) {
        return new Bucket(range.start(), range.start(), range.end(), from, to, false);
    }

    /** How many buckets {@link #buckets} would give, without making them; a few more where the clock changed oddly. */
    public long count(TimeRange range, Periods grain) {
        var first = floor(range.start(), grain);
        var last = floor(range.end().minusNanos(1), grain);
        if (grain == Grain.HOUR) {
            long hours = Duration.between(first, last).plusHours(1).minusNanos(1).toHours();
            return hours + 1 + changesInsideAnHour(first, last);
        }
        return grain.between(grain.floor(dateOf(first)), grain.floor(dateOf(last))) + 1;
    }

    /** Each of these can cut an hour in two. */
    private long changesInsideAnHour(Instant from, Instant to) {
        var rules = zone.getRules();
        return Stream.iterate(
                        rules.nextTransition(from),
                        change -> change != null && change.getInstant().isBefore(to),
                        change -> rules.nextTransition(change.getInstant()))
                .filter(change ->
                        !change.getDateTimeBefore().equals(hour(change.getDateTimeBefore())))
                .count();
    }

    /** The buckets of {@code range} in order; together they are exactly the range. */
    public List<Bucket> buckets(TimeRange range, Periods grain) {
        return buckets(whole(range), grain);
    }

    /** The same, of a range of dates: together they hold all its dates too, those of days that never were with the day before. */
    public List<Bucket> buckets(Bucket whole, Periods grain) {
        var range = whole.range();
        var buckets = new ArrayList<Bucket>();
        var start = floor(range.start(), grain);
        var startDate = whole.startDate();
        while (start.isBefore(range.end())) {
            var next = next(start, grain);
            boolean last = !next.isBefore(range.end());
            var endDate = last ? whole.endDate() : dateOf(next);
            buckets.add(
                    grain == Grain.HOUR
                            ? bucket(start, next, range, dateOf(start), dateOf(start))
                            : bucket(start, next, range, startDate, endDate));
            start = next;
            startDate = endDate;
        }
        return List.copyOf(buckets);
    }

    /** The calendar's buckets that begin in a range, none of them cut. */
    public List<Bucket> beginningIn(TimeRange range, Periods grain) {
        var buckets = new ArrayList<Bucket>();
        var start = floor(range.start(), grain);
        if (start.isBefore(range.start())) {
            start = next(start, grain);
        }
        while (start.isBefore(range.end())) {
            var next = next(start, grain);
            var first = dateOf(start);
            var last = grain == Grain.HOUR ? first : dateOf(next);
            buckets.add(new Bucket(start, start, next, first, last, false));
            start = next;
        }
        return List.copyOf(buckets);
    }

    /** Whether a bucket of the calendar begins at an instant. */
    public boolean isStart(Instant instant, Periods grain) {
        return floor(instant, grain).equals(instant);
    }

    /** The part of a calendar bucket that is in the range. */
    private static Bucket bucket(
            Instant start, Instant next, TimeRange range, LocalDate startDate, LocalDate endDate) {
        var from = start.isBefore(range.start()) ? range.start() : start;
        var to = next.isAfter(range.end()) ? range.end() : next;
        boolean cut = !from.equals(start) || !to.equals(next);
        return new Bucket(start, from, to, startDate, endDate, cut);
    }

    /** The start of the calendar bucket that {@code instant} falls in. */
    private Instant floor(Instant instant, Periods grain) {
        if (grain == Grain.HOUR) {
            return hourStart(instant);
        }
        var start = grain.floor(dateOf(instant));
        var following = startOf(grain.plus(start, 1));
        return following.isAfter(instant) ? startOf(start) : following;
    }

    private Instant next(Instant start, Periods grain) {
        if (grain == Grain.HOUR) {
            return hourAfter(start);
        }
        return startOf(grain.plus(grain.floor(dateOf(start)), 1));
    }

    /** The latest instant up to this one at which the local clock begins to show its hour. */
    public Instant hourStart(Instant instant) {
        var local = instant.atZone(zone);
        var sharp =
                instant.minusNanos(
                        local.toLocalTime().toNanoOfDay() % Duration.ofHours(1).toNanos());
        var change = zone.getRules().previousTransition(instant.plusNanos(1));
        if (change == null || !sharp.isBefore(change.getInstant())) {
            return sharp;
        }
        boolean showsAnother =
                !hour(change.getDateTimeBefore().minusNanos(1))
                        .equals(hour(local.toLocalDateTime()));
        return showsAnother ? change.getInstant() : hourStart(change.getInstant().minusNanos(1));
    }

    private static LocalDateTime hour(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.HOURS);
    }

    private Instant hourAfter(Instant start) {
        var next = hourStart(start.plus(Duration.ofHours(1)));
        if (!next.isAfter(start)) {
            next = hourStart(start.plus(Duration.ofHours(2)));
        }
        for (var earlier = hourStart(next.minusNanos(1));
                earlier.isAfter(start);
                earlier = hourStart(next.minusNanos(1))) {
            next = earlier;
        }
        return next;
    }
}
