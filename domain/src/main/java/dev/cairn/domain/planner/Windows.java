package dev.cairn.domain.planner;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.TimeContext;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.lowering.TimeContext.Window;
import dev.cairn.domain.plan.Reach;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the stretches of time that {@code over}, {@code prior} and {@code next} mean for the buckets of a question. */
final class Windows {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final BusinessCalendar calendar;
    private final TimeFrame frame;
    private final @Nullable Grain grain;
    private final Edge asOf;

    /** @param grain of the time axis; null where there is none */
    Windows(BusinessCalendar calendar, TimeFrame frame, @Nullable Grain grain) {
        this.calendar = calendar;
        this.frame = frame;
        this.grain = grain;
        this.asOf = new Edge(frame.asOf(), frame.asOfDate());
    }

    /** An edge of a stretch: as an instant, and for what is compared by dates. */
    private record Edge(Instant at, LocalDate on) {
        static Edge startOf(Bucket bucket) {
            return new Edge(bucket.start(), bucket.startDate());
        }

        static Edge endOf(Bucket bucket) {
            return new Edge(bucket.end(), bucket.endDate());
        }

        Edge orEarlier(Edge other) {
            return new Edge(
                    other.at().isBefore(at) ? other.at() : at,
                    other.on().isBefore(on) ? other.on() : on);
        }
    }

    /** The buckets so many of a unit earlier; null: earlier by the length of the range. */
    TimeFrame earlier(@Nullable Length by) {
        var span = by == null ? lengthOfRange().times(-1) : new Span(-by.count(), by.unit());
        var whole = wholeEarlier(by);
        return new TimeFrame(
                grain == null
                        ? List.of(whole)
                        : frame.buckets().stream()
                                .map(bucket -> earlier(bucket, span, null))
                                .toList(),
                whole,
                frame.asOf(),
                frame.asOfDate());
    }

    /** The range itself: with both its edges moved, unless they meet then, as those of two last days of a month may. */
    private Bucket wholeEarlier(@Nullable Length by) {
        var whole = frame.whole();
        if (by == null) {
            return earlier(whole, lengthOfRange().times(-1), lengthOfRange());
        }
        var span = new Span(-by.count(), by.unit());
        var moved = earlier(whole, span, lengthOfRange());
        if (moved.startDate().equals(FIRST)) {
            return moved;
        }
        var end = end(Edge.endOf(whole), span);
        return end.at().isAfter(moved.start())
                ? new Bucket(
                        moved.label(),
                        moved.start(),
                        end.at(),
                        moved.startDate(),
                        end.on(),
                        moved.cut())
                : moved;
    }

    private Bucket earlier(Bucket bucket, Span by, @Nullable Span range) {
        try {
            var moved = moved(bucket, by, range);
            return moved.startDate().isBefore(FIRST) ? beyond(bucket, false) : moved;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return beyond(bucket, false);
        }
    }

    Reach reach(TimeContext time) {
        if (time.equals(TimeContext.BUCKET)) {
            return Reach.ofBuckets(frame.buckets(), frame.whole());
        }
        return new Reach(
                frame.buckets().stream()
                        .map(bucket ->
                                stretch(time, bucket, grain == null ? lengthOfRange() : null))
                        .toList(),
                stretch(time, frame.whole(), lengthOfRange()));
    }

    /** @param range the length of the whole range, where the bucket is the range */
    private Stretch stretch(TimeContext time, Bucket bucket, @Nullable Span range) {
        boolean forward = time.shifts().stream().anyMatch(Shift::forward);
        var stretch = stretch(time.window(), moved(time.shifts(), bucket, range), forward);
        return grain == Grain.HOUR && range == null ? withDatesOfInstants(stretch) : stretch;
    }

    /** Facts of dates are not asked by the hour; whether a member exists by a date is decided by the instants of its edges. */
    private Stretch withDatesOfInstants(Stretch stretch) {
        return new Stretch(
                stretch.of(),
                stretch.start(),
                stretch.end(),
                stretch.start() == null ? null : calendar.dateOf(stretch.start()),
                calendar.dateEndOf(stretch.end()),
                stretch.mustBeOver());
    }

    private Bucket moved(List<Shift> shifts, Bucket bucket, @Nullable Span range) {
        try {
            var moved = bucket;
            for (var shift : shifts) {
                moved = moved(moved, shift, range);
            }
            boolean isOurEra = !moved.startDate().isBefore(FIRST) && !moved.endDate().isAfter(LAST);
            return isOurEra ? moved : beyond(bucket, shifts.getFirst().forward());
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return beyond(bucket, shifts.getFirst().forward());
        }
    }

    /** Beyond the years that can be asked for there is one bucket, and nothing is in it. */
    private Bucket beyond(Bucket bucket, boolean forward) {
        var edge = forward ? LAST : FIRST;
        var at = calendar.startWithinEra(edge);
        return new Bucket(at, at, at, edge, edge, bucket.cut());
    }

    // ---- windows

    private Stretch stretch(@Nullable Window window, Bucket bucket, boolean mustBeOver) {
        var start = Edge.startOf(bucket);
        var end = mustBeOver ? Edge.endOf(bucket) : known(bucket);
        return switch (window) {
            case null -> between(bucket, start, Edge.endOf(bucket), mustBeOver);
            case Window.Last(var length) ->
                    between(bucket, movedInOurEra(end, length), end, mustBeOver);
            case Window.ToDate(var of) -> between(bucket, floor(end, of), end, mustBeOver);
            case Window.Range(boolean toDate) -> {
                var whole = frame.whole();
                yield between(bucket, Edge.startOf(whole), toDate ? end : known(whole), mustBeOver);
            }
            case Window.All(boolean before) ->
                    fromBeginning(bucket, before ? start : end, mustBeOver);
            case Window.Onward _ -> between(bucket, start, asOf, mustBeOver);
            case Window.Ever _ -> fromBeginning(bucket, asOf, mustBeOver);
            case Window.At(var moment) -> {
                var at = edge(moment);
                yield between(bucket, at, at, true);
            }
        };
    }

    private Edge edge(Expr.Literal moment) {
        return switch (moment.value()) {
            case LocalDate date -> new Edge(calendar.startWithinEra(date), date);
            case Instant instant -> new Edge(instant, calendar.dateOf(instant));
            case null, default -> throw new IllegalArgumentException("no time: " + moment);
        };
    }

    /** The bucket's end, or as-of where it is not over then. */
    private Edge known(Bucket bucket) {
        boolean isRunning = bucket.start().isBefore(asOf.at()) && bucket.end().isAfter(asOf.at());
        return isRunning ? Edge.endOf(bucket).orEarlier(asOf) : Edge.endOf(bucket);
    }

    private static Stretch between(Bucket bucket, Edge start, Edge end, boolean mustBeOver) {
        var from = start.orEarlier(end);
        return new Stretch(bucket, from.at(), end.at(), from.on(), end.on(), mustBeOver);
    }

    private static Stretch fromBeginning(Bucket bucket, Edge end, boolean mustBeOver) {
        return new Stretch(bucket, null, end.at(), null, end.on(), mustBeOver);
    }

    /** Windows that reach back beyond the first year begin with it. */
    private Edge movedInOurEra(Edge end, Length back) {
        var first = new Edge(calendar.startWithinEra(FIRST), FIRST);
        try {
            var start = before(end, new Span(-back.count(), back.unit()));
            return start.on().isBefore(FIRST) ? first : start;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return first;
        }
    }

    /** As of a time of day there are as many dates as units: the date of as-of is the last. */
    private Edge before(Edge end, Span back) {
        var start = start(end, back);
        return end.equals(asOf) && !back.isElapsed()
                ? new Edge(start.at(), plus(end.on(), back.count(), back.unit()))
                : start;
    }

    /** The start of the calendar's bucket that the last instant before an edge is in. */
    private Edge floor(Edge end, Grain of) {
        var last = end.at().minusNanos(1);
        if (of == Grain.HOUR) {
            var hour = calendar.startOfHour(last);
            return new Edge(hour, calendar.dateOf(hour));
        }
        var date = of.floor(isStartOfDay(end) ? end.on().minusDays(1) : calendar.dateOf(last));
        return new Edge(calendar.startOf(date), date);
    }

    // ---- shifts

    /** So many of a unit; of none: an elapsed time, in microseconds, which all edges are whole numbers of. */
    private record Span(long count, @Nullable Unit unit) {
        static Span of(Duration elapsed) {
            return new Span(TimeUnit.MICROSECONDS.convert(elapsed), null);
        }

        Span times(long factor) {
            return new Span(Math.multiplyExact(count, factor), unit);
        }

        boolean isElapsed() {
            return unit == null || unit == Unit.HOUR || unit == Unit.MINUTE;
        }

        Duration elapsed() {
            return unit == null
                    ? Duration.of(count, ChronoUnit.MICROS)
                    : unit == Unit.HOUR ? Duration.ofHours(count) : Duration.ofMinutes(count);
        }
    }

    /** A bucket keeps its length in units of the grain or of the range; one that the range cuts is moved at both edges. */
    private Bucket moved(Bucket bucket, Shift shift, @Nullable Span range) {
        return moved(bucket, by(bucket, shift, length(range)), range);
    }

    private Span length(@Nullable Span range) {
        return range != null ? range : new Span(1, unitOf(grain));
    }

    private Bucket moved(Bucket bucket, Span by, @Nullable Span range) {
        var length = length(range);
        var start = start(Edge.startOf(bucket), by);
        boolean keepsLength = range != null || !bucket.cut();
        var end = keepsLength ? end(start, length) : cutEnd(bucket, by);
        var label = start(new Edge(bucket.label(), calendar.dateOf(bucket.label())), by);
        boolean isHour = range == null && grain == Grain.HOUR;
        return new Bucket(
                label.at(),
                start.at(),
                end.at(),
                start.on(),
                isHour ? start.on() : end.on(),
                bucket.cut());
    }

    /** The last day that the range leaves of a bucket is the same of the other bucket, or its last: until 30 March becomes until 28 February. */
    private Edge cutEnd(Bucket bucket, Span by) {
        var end = Edge.endOf(bucket);
        boolean isCut =
                !by.isElapsed()
                        && isStartOfDay(end)
                        && grain != null
                        && !grain.floor(end.on()).equals(end.on());
        return isCut
                ? dayStart(plus(end.on().minusDays(1), by.count(), by.unit()).plusDays(1))
                : end(end, by);
    }

    private static Unit unitOf(@Nullable Grain grain) {
        return grain == null ? Unit.DAY : TimeSpan.unitOf(grain);
    }

    private Span by(Bucket bucket, Shift shift, Span length) {
        int sign = shift.forward() ? 1 : -1;
        var by = shift.by();
        if (by != null) {
            return new Span(by.count(), by.unit()).times(sign);
        }
        return shift.toStartOf() == null
                ? length.times(sign)
                : toStart(bucket, shift.toStartOf(), shift.forward());
    }

    /** From the bucket's start to the start of what it is in, or to the next of these starts. */
    private Span toStart(Bucket bucket, Grain of, boolean forward) {
        if (of == Grain.HOUR) {
            return new Span(forward ? 1 : 0, Unit.HOUR);
        }
        var label = calendar.dateOf(bucket.label());
        var start = forward ? of.plus(of.floor(label), 1) : of.floor(label);
        if (grain == Grain.HOUR) {
            var elapsed = Duration.between(bucket.label(), calendar.startOf(start));
            return Span.of(elapsed);
        }
        boolean byMonths = start.getDayOfMonth() == label.getDayOfMonth();
        return byMonths
                ? new Span(ChronoUnit.MONTHS.between(label, start), Unit.MONTH)
                : new Span(ChronoUnit.DAYS.between(label, start), Unit.DAY);
    }

    private boolean isStartOfDay(Edge edge) {
        return calendar.startOf(edge.on()).equals(edge.at());
    }

    private Edge dayStart(LocalDate date) {
        return new Edge(calendar.startOf(date), date);
    }

    /** An edge moved, as the start of something: its date is the one that it is in. */
    private Edge start(Edge edge, Span by) {
        var at = moved(edge, by);
        return at == null
                ? dayStart(plus(edge.on(), by.count(), by.unit()))
                : new Edge(at, calendar.dateOf(at));
    }

    /** An edge moved, as the end of something: its date is the first that has not begun. */
    private Edge end(Edge edge, Span by) {
        var at = moved(edge, by);
        return at == null
                ? dayStart(plus(edge.on(), by.count(), by.unit()))
                : new Edge(at, calendar.dateEndOf(at));
    }

    /** Null where a day moves by the calendar, to the start of another. */
    private @Nullable Instant moved(Edge edge, Span by) {
        if (by.isElapsed()) {
            return edge.at().plus(by.elapsed());
        }
        return isStartOfDay(edge) ? null : inZone(edge.at(), by);
    }

    /** The local time of an instant moved by the calendar; in a gap the instant after it, in an overlap the earlier. */
    private Instant inZone(Instant instant, Span by) {
        var local = instant.atZone(calendar.zone()).toLocalDateTime();
        var moved = plus(local.toLocalDate(), by.count(), by.unit()).atTime(local.toLocalTime());
        return calendar.instantOf(moved);
    }

    private static LocalDate plus(LocalDate date, long count, @Nullable Unit unit) {
        return switch (unit) {
            case DAY -> date.plusDays(count);
            case WEEK -> date.plusWeeks(count);
            case MONTH -> date.plusMonths(count);
            case QUARTER -> date.plusMonths(Math.multiplyExact(3, count));
            case YEAR -> date.plusYears(count);
            case HOUR, MINUTE -> throw new IllegalArgumentException("no number of days: " + unit);
            case null -> throw new IllegalArgumentException("no number of days");
        };
    }

    /** Of the grain if it is a whole number of it, else of the largest unit of the calendar that it is a whole number of. */
    private Span lengthOfRange() {
        var whole = frame.whole();
        var elapsed = Duration.between(whole.start(), whole.end());
        if (grain == Grain.HOUR
                && elapsed.toHours() > 0
                && elapsed.equals(Duration.ofHours(elapsed.toHours()))) {
            return new Span(elapsed.toHours(), Unit.HOUR);
        }
        boolean isOfDays =
                calendar.startOf(whole.startDate()).equals(whole.start())
                        && calendar.startOf(whole.endDate()).equals(whole.end());
        if (!isOfDays) {
            return Span.of(elapsed);
        }
        return Stream.concat(
                        Stream.ofNullable(grain)
                                .filter(of -> of != Grain.HOUR)
                                .map(Windows::unitOf),
                        Stream.of(Unit.YEAR, Unit.MONTH))
                .map(unit -> new Span(between(whole.startDate(), whole.endDate(), unit), unit))
                .filter(span ->
                        span.count() > 0
                                && plus(whole.startDate(), span.count(), span.unit())
                                        .equals(whole.endDate()))
                .findFirst()
                .orElseGet(() ->
                        new Span(between(whole.startDate(), whole.endDate(), Unit.DAY), Unit.DAY));
    }

    private static long between(LocalDate from, LocalDate to, Unit unit) {
        return switch (unit) {
            case DAY -> ChronoUnit.DAYS.between(from, to);
            case WEEK -> ChronoUnit.WEEKS.between(from, to);
            case MONTH -> ChronoUnit.MONTHS.between(from, to);
            case QUARTER -> ChronoUnit.MONTHS.between(from, to) / 3;
            case YEAR -> ChronoUnit.YEARS.between(from, to);
            case HOUR, MINUTE -> throw new IllegalArgumentException("no number of days: " + unit);
        };
    }
}
