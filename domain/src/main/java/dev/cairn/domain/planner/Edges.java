package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.plan.Stretch;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Moves edges of time by the calendar.
 *
 * @param asOf where what is known of a question ends
 */
record Edges(BusinessCalendar calendar, Edge asOf) {
    static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    static Edges of(AnalysisQuery query, TimeFrame frame) {
        return new Edges(
                new BusinessCalendar(query.zone()), new Edge(frame.asOf(), frame.asOfDate()));
    }

    Edge of(Expr.Literal moment) {
        return switch (moment.value()) {
            case LocalDate date -> new Edge(calendar.startWithinEra(date), date);
            case Instant instant -> new Edge(instant, calendar.dateOf(instant));
            case null, default -> throw new IllegalArgumentException("no time: " + moment);
        };
    }

    /** As the end of something: its date is the first that has not begun. */
    Edge endOf(Expr.Literal moment) {
        return moment.value() instanceof Instant instant
                ? new Edge(instant, calendar.dateEndOf(instant))
                : of(moment);
    }

    /** What is read from the beginning starts with the first year. */
    Edge startOf(Stretch stretch) {
        return stretch.start() == null || stretch.startDate() == null
                ? new Edge(calendar.startWithinEra(FIRST), FIRST)
                : new Edge(stretch.start(), stretch.startDate());
    }

    /** Windows that reach back beyond the first year begin with it. */
    Edge movedInOurEra(Edge end, Length back) {
        var first = new Edge(calendar.startWithinEra(FIRST), FIRST);
        try {
            var start = before(end, Span.of(back).times(-1));
            return start.on().isBefore(FIRST) ? first : start;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return first;
        }
    }

    /** What reaches on beyond the last year ends with it. */
    Edge movedOnInOurEra(Edge end, Length on) {
        var last = new Edge(calendar.startOf(LAST), LAST);
        try {
            var moved = end(end, Span.of(on));
            return moved.on().isAfter(LAST) ? last : moved;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return last;
        }
    }

    /** As of a time of day there are as many dates as units: the date of as-of is the last. */
    Edge before(Edge end, Span back) {
        var start = start(end, back);
        return end.equals(asOf) && !back.isElapsed()
                ? new Edge(start.at(), back.from(end.on()))
                : start;
    }

    /** The start of the calendar's bucket that the last instant before an edge is in. */
    Edge floor(Edge end, Periods of) {
        var last = end.at().minusNanos(1);
        if (of == Grain.HOUR) {
            var hour = calendar.startOfHour(last);
            return new Edge(hour, calendar.dateOf(hour));
        }
        var date = of.floor(isStartOfDay(end) ? end.on().minusDays(1) : calendar.dateOf(last));
        return new Edge(calendar.startOf(date), date);
    }

    boolean isStartOfDay(Edge edge) {
        return calendar.startOf(edge.on()).equals(edge.at());
    }

    Edge dayStart(LocalDate date) {
        return new Edge(calendar.startOf(date), date);
    }

    /** An edge moved, as the start of something: its date is the one that it is in. */
    Edge start(Edge edge, Span by) {
        var at = moved(edge, by);
        return at == null ? dayStart(by.from(edge.on())) : new Edge(at, calendar.dateOf(at));
    }

    /** An edge moved, as the end of something: its date is the first that has not begun. */
    Edge end(Edge edge, Span by) {
        var at = moved(edge, by);
        return at == null ? dayStart(by.from(edge.on())) : new Edge(at, calendar.dateEndOf(at));
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
        var moved = by.from(local.toLocalDate()).atTime(local.toLocalTime());
        return calendar.instantOf(moved);
    }

    /** The bucket's end, or as-of where it is not over then. */
    Edge known(Bucket bucket) {
        boolean isRunning = bucket.start().isBefore(asOf.at()) && bucket.end().isAfter(asOf.at());
        return isRunning ? Edge.endOf(bucket).orEarlier(asOf) : Edge.endOf(bucket);
    }
}
