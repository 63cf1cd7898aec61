package dev.cairn.testkit.opinion;

import dev.cairn.domain.time.Grain;
import dev.cairn.testkit.opinion.PlainCalendar.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stretches of time that windows and shifts make of a bucket. */
final class PlainWindows {
    private static final Sentence.Moment NOW = new Sentence.Moment("now", null);

    /** The window of what has no time for it. */
    static final Stretch NOTHING =
            stretch(Instant.EPOCH, Instant.EPOCH, LocalDate.EPOCH, LocalDate.EPOCH);

    private final Stretch whole;
    private final @Nullable Grain grain;
    private final ZoneId zone;
    private final Instant asOf;

    PlainWindows(Stretch whole, @Nullable Grain grain, ZoneId zone, Instant asOf) {
        this.whole = whole;
        this.grain = grain;
        this.zone = zone;
        this.asOf = asOf;
    }

    /** Of a bucket of the question, or of its range. */
    When of(Stretch bucket) {
        var length =
                bucket.equals(whole) || grain == null
                        ? lengthOfRange()
                        : new Sentence.Span(1, grain.name().toLowerCase(Locale.ROOT));
        return new When(bucket, null, length, asOf, bucket, false, null, null);
    }

    /** In units of the grain, where it is a whole number of them, else of the largest of year, month and day. */
    Sentence.Span lengthOfRange() {
        var units =
                grain == null
                        ? List.of("year", "month", "day")
                        : List.of(grain.name().toLowerCase(Locale.ROOT), "year", "month", "day");
        for (String unit : units) {
            for (int count = 1; !unit.equals("hour"); count++) {
                var end = edge(whole.start(), whole.startDate(), new Sentence.Span(count, unit));
                if (end.equals(whole.end())) {
                    return new Sentence.Span(count, unit);
                }
                if (end.isAfter(whole.end())) {
                    break;
                }
            }
        }
        return new Sentence.Span(0, "hour");
    }

    /** The time of what stands directly beneath. */
    When beneath(Sentence of, When when) {
        return switch (of) {
            case Sentence.Over(_, var window) -> when.over(window);
            case Sentence.Shift shift ->
                    when.moved(shifted(shift, when), shift.next() || when.mustBeOver());
            default -> when;
        };
    }

    private Stretch shifted(Sentence.Shift shift, When when) {
        var bucket = when.bucket();
        var length = when.length();
        int sign = shift.next() ? 1 : -1;
        if (length.unit().equals("hour")) {
            throw new Unsupported("a shift of hours");
        }
        if (shift.startOf() != null) {
            if (bucket.cut()) {
                throw new Unsupported("a shift of a bucket that is cut to the start of a grain");
            }
            var start = PlainTimes.beginning(bucket.startDate(), shift.startOf());
            if (shift.next()) {
                start = PlainTimes.moved(start, new Sentence.Span(1, shift.startOf()));
            }
            return between(PlainCalendar.startOf(start, zone), start, length, false);
        }
        var span = shift.by() == null ? length : shift.by();
        var by = new Sentence.Span(sign * span.count(), span.unit());
        var start = edge(bucket.start(), bucket.startDate(), by);
        var startDate = PlainTimes.moved(bucket.startDate(), by);
        return bucket.cut()
                ? new Stretch(
                        startDate,
                        start,
                        edge(bucket.end(), bucket.endDate(), by),
                        startDate,
                        PlainTimes.moved(bucket.endDate(), by),
                        true)
                : between(start, startDate, length, false);
    }

    private Stretch between(Instant start, LocalDate startDate, Sentence.Span length, boolean cut) {
        return new Stretch(
                startDate,
                start,
                edge(start, startDate, length),
                startDate,
                PlainTimes.moved(startDate, length),
                cut);
    }

    /** Moved on the local clock; the start of a day stays one. */
    private Instant edge(Instant edge, LocalDate date, Sentence.Span by) {
        return edge.equals(PlainCalendar.startOf(date, zone))
                ? PlainCalendar.startOf(PlainTimes.moved(date, by), zone)
                : (Instant) PlainTimes.moved(edge, by.count(), by.unit(), zone);
    }

    /** What is read: the window, or the bucket. A start of {@link Instant#MIN} is the beginning of what is known. */
    Stretch stretch(When when) {
        return stretch(when, !when.bucket().end().isAfter(when.asOf()));
    }

    /** The edge of what is read; one after as-of is as-of. */
    Stretch edge(Sentence.Moment at, When when) {
        if (when.window() != null && !when.bucket().start().isBefore(when.asOf())) {
            throw new Unsupported("an edge of a window of what has not begun");
        }
        var edge = edge(at, when, stretch(when));
        return edge.start().isAfter(when.asOf()) ? edge(NOW, when, edge) : edge;
    }

    /** The edge when the bucket is over. */
    Stretch edgeOnceOver(Sentence.Moment at, When when) {
        var read = stretchOnceOver(when);
        return switch (at.word()) {
            case "start" -> instant(read.start(), read.startDate());
            case "end" -> instant(read.end(), read.endDate());
            default -> edge(at, when, read);
        };
    }

    private Stretch edge(Sentence.Moment at, When when, Stretch read) {
        var known = known(when.asOf());
        return switch (at.word()) {
            case "start" -> instant(read.start(), read.startDate());
            case "end" -> instant(read.end(), read.endDate());
            case "now" -> instant(when.asOf(), known);
            case "at" ->
                    switch (at.at()) {
                        case LocalDate date -> instant(PlainCalendar.startOf(date, zone), date);
                        case Instant instant -> instant(instant, known(instant));
                        case null, default -> throw new Unsupported("the moment " + at);
                    };
            default -> throw new Unsupported("rows at " + at);
        };
    }

    private static Stretch instant(Instant instant, LocalDate date) {
        return stretch(instant, instant, date, date);
    }

    /** A range whose start and end are so much earlier. */
    Stretch bothEndsEarlier(Stretch range, Sentence.Span by) {
        var back = new Sentence.Span(-by.count(), by.unit());
        return new Stretch(
                PlainTimes.moved(range.startDate(), back),
                edge(range.start(), range.startDate(), back),
                edge(range.end(), range.endDate(), back),
                PlainTimes.moved(range.startDate(), back),
                PlainTimes.moved(range.endDate(), back),
                range.cut());
    }

    /** A stretch as much earlier as a question is compared with. */
    Stretch earlier(Stretch bucket, Sentence.@Nullable Span by) {
        return shifted(new Sentence.Shift(false, new Sentence.Literal(null), by, null), of(bucket));
    }

    /** What is read when the bucket is over. */
    Stretch stretchOnceOver(When when) {
        if (!isInstant(when.bucket())) {
            return stretch(when, true);
        }
        var settled = when.settled();
        var hand = when.hand();
        return stretch(
                settled == null
                        ? at(hand.end(), hand.endDate(), null, when)
                        : at(settled.start(), settled.startDate(), settled, when),
                true);
    }

    private static boolean isInstant(Stretch bucket) {
        return bucket.start().equals(bucket.end());
    }

    private static When at(Instant instant, LocalDate date, @Nullable Stretch settled, When when) {
        return new When(
                stretch(instant, instant, date, date),
                when.window(),
                when.length(),
                instant,
                when.hand(),
                when.mustBeOver(),
                when.currency(),
                settled);
    }

    private Stretch stretch(When when, boolean isOver) {
        var bucket = when.bucket();
        var end = isOver ? bucket.end() : when.asOf();
        var endDate = isOver ? bucket.endDate() : known(when.asOf());
        return switch (when.window()) {
            case null -> bucket;
            case Sentence.Window.Last(var span) -> last(span, end, endDate);
            case Sentence.Window.ToDate(var unit) -> {
                if (unit.equals("hour")) {
                    throw new Unsupported("hour to date");
                }
                var first = PlainTimes.beginning(endDate.minusDays(1), unit);
                yield stretch(PlainCalendar.startOf(first, zone), end, first, endDate);
            }
            case Sentence.Window.Range(var toDate) -> {
                if (toDate && !whole.start().isBefore(end)) {
                    throw new Unsupported("a bucket before the range to date");
                }
                yield toDate ? stretch(whole.start(), end, whole.startDate(), endDate) : whole;
            }
            case Sentence.Window.All(var before) ->
                    before
                            ? fromBeginning(bucket.start(), bucket.startDate())
                            : fromBeginning(end, endDate);
            case Sentence.Window.OfEach _ -> throw new Unsupported("the window of each, of all");
            case Sentence.Window.Own(var own) -> own;
            case Sentence.Window.Ever _ -> fromBeginning(when.asOf(), known(when.asOf()));
            case Sentence.Window.Onward _ -> {
                if (!bucket.start().isBefore(when.asOf())) {
                    throw new Unsupported("onward from what has not begun");
                }
                yield stretch(bucket.start(), when.asOf(), bucket.startDate(), known(when.asOf()));
            }
        };
    }

    /** Of a member or row; without the time nothing is in it. */
    Stretch of(Sentence.Window.OfEach window, @Nullable Object time) {
        var start = PlainValues.settled(time);
        if (start == null) {
            return NOTHING;
        }
        var span = window.span();
        if (span.unit().equals("hour") && start instanceof LocalDate date) {
            start = PlainCalendar.startOf(date, zone);
        }
        long count = window.before() ? -span.count() : span.count();
        var other = PlainTimes.moved(start, count, span.unit(), zone);
        var from = window.before() ? other : start;
        var to = window.before() ? start : other;
        return stretch(
                instant(from), instant(to), PlainTimes.date(from, zone), PlainTimes.date(to, zone));
    }

    private Instant instant(Object time) {
        return time instanceof LocalDate date ? PlainCalendar.startOf(date, zone) : (Instant) time;
    }

    private Stretch last(Sentence.Span span, Instant end, LocalDate endDate) {
        var back = new Sentence.Span(-span.count(), span.unit());
        if (span.unit().equals("hour") || span.unit().equals("minute")) {
            throw new Unsupported("a window of hours");
        }
        return stretch(edge(end, endDate, back), end, PlainTimes.moved(endDate, back), endDate);
    }

    private LocalDate known(Instant instant) {
        return PlainCalendar.datesKnownAt(instant, zone);
    }

    private static Stretch fromBeginning(Instant end, LocalDate endDate) {
        return stretch(Instant.MIN, end, LocalDate.MIN, endDate);
    }

    private static Stretch stretch(
            Instant start, Instant end, LocalDate startDate, LocalDate endDate) {
        return new Stretch(startDate, start, end, startDate, endDate, false);
    }

    /**
     * An edge as the instant at which a cohort is read.
     *
     * @param onceOver the same when the bucket is over
     */
    static When instantOf(Stretch edge, Stretch onceOver, When when) {
        return at(edge.start(), edge.startDate(), onceOver, when.over(null));
    }

    /** The instant at which a cohort is read that is asked for as of a moment. */
    When instantOf(Sentence.Moment at, When when) {
        return instantOf(edge(at, when), edgeOnceOver(at, when), when);
    }

    /** The instant at which a cohort is read of what happened: the end of the bucket, as-of where it is not over. */
    When instantOf(When when) {
        var bucket = when.bucket();
        boolean isOver = !bucket.end().isAfter(when.asOf());
        return isOver
                ? at(bucket.end(), bucket.endDate(), null, when.over(null))
                : at(when.asOf(), known(when.asOf()), null, when.over(null));
    }
}
