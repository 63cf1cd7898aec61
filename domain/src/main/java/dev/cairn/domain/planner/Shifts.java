package dev.cairn.domain.planner;

import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.lowering.TimeContext.Shift;
import dev.cairn.domain.time.Bucket;
import dev.cairn.domain.time.BusinessCalendar;
import dev.cairn.domain.time.Grain;
import dev.cairn.domain.time.Periods;
import dev.cairn.domain.time.RowPeriods;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Moves buckets by the calendar, as {@code prior}, {@code next} and comparisons say. */
final class Shifts {
    private final Edges edges;
    private final BusinessCalendar calendar;
    private final TimeFrame frame;
    private final @Nullable Periods grain;

    Shifts(Edges edges, TimeFrame frame) {
        this.edges = edges;
        this.calendar = edges.calendar();
        this.frame = frame;
        this.grain = frame.grain();
    }

    /** The buckets so many of a unit earlier; null: earlier by the length of the range. */
    TimeFrame earlier(@Nullable Length by) {
        var span = by == null ? lengthOfRange().times(-1) : Span.of(by).times(-1);
        var whole = wholeEarlier(by);
        return new TimeFrame(
                grain,
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
        var span = Span.of(by).times(-1);
        var moved = earlier(whole, span, lengthOfRange());
        if (moved.startDate().equals(Edges.FIRST)) {
            return moved;
        }
        var end = edges.end(Edge.endOf(whole), span);
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
            return moved.startDate().isBefore(Edges.FIRST) ? beyond(bucket, false) : moved;
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return beyond(bucket, false);
        }
    }

    /** @param range the length of the whole range, where the bucket is the range */
    Bucket moved(List<Shift> shifts, Bucket bucket, @Nullable Span range) {
        try {
            var moved = bucket;
            for (var shift : shifts) {
                moved = moved(moved, shift, range);
            }
            boolean isOurEra =
                    !moved.startDate().isBefore(Edges.FIRST)
                            && !moved.endDate().isAfter(Edges.LAST);
            return isOurEra ? moved : beyond(bucket, shifts.getFirst().forward());
        } catch (DateTimeException | ArithmeticException outOfCalendar) {
            return beyond(bucket, shifts.getFirst().forward());
        }
    }

    /** Beyond the years that can be asked for there is one bucket, and nothing is in it. */
    private Bucket beyond(Bucket bucket, boolean forward) {
        var edge = forward ? Edges.LAST : Edges.FIRST;
        var at = calendar.startWithinEra(edge);
        return new Bucket(at, at, at, edge, edge, bucket.cut());
    }

    /** A bucket keeps its length in units of the grain or of the range; one that the range cuts is moved at both edges. */
    private Bucket moved(Bucket bucket, Shift shift, @Nullable Span range) {
        return moved(bucket, by(bucket, shift, length(range)), range);
    }

    private Span length(@Nullable Span range) {
        return range != null ? range : lengthOf(grain);
    }

    private Bucket moved(Bucket bucket, Span by, @Nullable Span range) {
        var length = length(range);
        var start = edges.start(Edge.startOf(bucket), by);
        boolean keepsLength = range != null || !bucket.cut();
        var end = keepsLength ? edges.end(start, length) : cutEnd(bucket, by);
        var label = edges.start(new Edge(bucket.label(), calendar.dateOf(bucket.label())), by);
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
                        && edges.isStartOfDay(end)
                        && grain != null
                        && !grain.floor(end.on()).equals(end.on());
        return isCut
                ? edges.dayStart(by.from(end.on().minusDays(1)).plusDays(1))
                : edges.end(end, by);
    }

    private static Span lengthOf(@Nullable Periods grain) {
        return grain == null ? new Span(1, Unit.DAY) : Span.of(Length.of(1, grain));
    }

    /** So many periods of a calendar of rows; empty where the range begins or ends inside of one. */
    private static Optional<Span> rowsIn(Bucket whole, @Nullable Periods grain) {
        return grain instanceof RowPeriods rows
                        && rows.floor(whole.startDate()).equals(whole.startDate())
                        && rows.floor(whole.endDate()).equals(whole.endDate())
                ? Optional.of(
                        Span.of(Length.of(rows.between(whole.startDate(), whole.endDate()), rows)))
                : Optional.empty();
    }

    private Span by(Bucket bucket, Shift shift, Span length) {
        int sign = shift.forward() ? 1 : -1;
        var by = shift.by();
        if (by != null) {
            return Span.of(by).times(sign);
        }
        return shift.toStartOf() == null
                ? length.times(sign)
                : toStart(bucket, shift.toStartOf(), shift.forward());
    }

    /** From the bucket's start to the start of what it is in, or to the next of these starts. */
    private Span toStart(Bucket bucket, Periods of, boolean forward) {
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

    /** Of the grain if it is a whole number of it, else of the largest unit of the calendar that it is a whole number of. */
    Span lengthOfRange() {
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
        var ofRows = rowsIn(whole, grain);
        if (ofRows.isPresent()) {
            return ofRows.get();
        }
        return Stream.concat(
                        Stream.ofNullable(grain)
                                .filter(of -> of != Grain.HOUR && !(of instanceof RowPeriods))
                                .map(of -> TimeSpan.unitOf(of.length())),
                        Stream.of(Unit.YEAR, Unit.MONTH))
                .map(unit -> new Span(Span.between(whole.startDate(), whole.endDate(), unit), unit))
                .filter(span ->
                        span.count() > 0 && span.from(whole.startDate()).equals(whole.endDate()))
                .findFirst()
                .orElseGet(() ->
                        new Span(
                                Span.between(whole.startDate(), whole.endDate(), Unit.DAY),
                                Unit.DAY));
    }
}
