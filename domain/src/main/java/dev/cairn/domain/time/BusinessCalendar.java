package dev.cairn.domain.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Cuts time into buckets, in one zone. The only place where bucket boundaries come from. */
public record BusinessCalendar(ZoneId zone) {

    public Instant startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant();
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
    public TimeRange last(int count, Grain grain, Instant now) {
        var end = grain.floor(now.atZone(zone));
        return new TimeRange(grain.plus(end, -count).toInstant(), end.toInstant());
    }

    /** The whole range as one bucket, never cut. */
    public Bucket whole(TimeRange range) {
        return bucket(range.start(), range.start(), range.end(), false);
    }

    /** How many buckets {@link #buckets} would give, without making them. */
    public long count(TimeRange range, Grain grain) {
        var first = grain.floor(range.start().atZone(zone));
        var width = java.time.Duration.between(first, grain.plus(first, 1));
        return java.time.Duration.between(first, range.end()).dividedBy(width) + 1;
    }

    /** The buckets of {@code range} in order; together they are exactly the range. */
    public List<Bucket> buckets(TimeRange range, Grain grain) {
        var buckets = new ArrayList<Bucket>();
        ZonedDateTime start = grain.floor(range.start().atZone(zone));
        for (var next = nextAfter(start, grain);
                start.toInstant().isBefore(range.end());
                next = nextAfter(next, grain)) {
            var from = later(start.toInstant(), range.start());
            var to = next.toInstant().isAfter(range.end()) ? range.end() : next.toInstant();
            boolean cut = from.isAfter(start.toInstant()) || to.isBefore(next.toInstant());
            buckets.add(bucket(start.toInstant(), from, to, cut));
            start = next;
        }
        return List.copyOf(buckets);
    }

    /** Floored again, so that a midnight that a zone change moved does not shift all later days. */
    private static ZonedDateTime nextAfter(ZonedDateTime start, Grain grain) {
        var next = grain.plus(start, 1);
        return grain == Grain.HOUR ? next : next.toLocalDate().atStartOfDay(start.getZone());
    }

    private Bucket bucket(Instant label, Instant start, Instant end, boolean cut) {
        return new Bucket(label, start, end, dateOf(start), dateEndOf(end), cut);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
