package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.formula.TimeSpan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Local time in a zone. Its changes of offset are bound as arrays, so that the rules are those of this Java and never those of the engine's own time
 * zones. What happens each year is followed until {@link #LAST_YEAR}; from then on the last offset holds.
 */
final class LocalTimes {
    static final int LAST_YEAR = 2200;

    private static final Instant END =
            LocalDate.of(LAST_YEAR + 1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

    private final ZoneOffset first;
    private final List<ZoneOffsetTransition> changes;

    private LocalTimes(ZoneOffset first, List<ZoneOffsetTransition> changes) {
        this.first = first;
        this.changes = changes;
    }

    static LocalTimes in(ZoneId zone) {
        var rules = zone.getRules();
        var changes = new ArrayList<>(rules.getTransitions());
        var last = changes.isEmpty() ? Instant.EPOCH : changes.getLast().getInstant();
        for (var change = rules.nextTransition(last);
                change != null && change.getInstant().isBefore(END);
                change = rules.nextTransition(change.getInstant())) {
            changes.add(change);
        }
        var first =
                changes.isEmpty()
                        ? rules.getOffset(Instant.EPOCH)
                        : changes.getFirst().getOffsetBefore();
        return new LocalTimes(first, changes);
    }

    Field<LocalDate> date(Field<Instant> instant) {
        return local(instant).cast(LocalDates.TYPE);
    }

    Field<BigDecimal> hour(Field<Instant> instant) {
        return DSL.extract(local(instant), DatePart.HOUR, SQLDataType.NUMERIC);
    }

    private Field<LocalDateTime> local(Field<Instant> instant) {
        var utc =
                function(systemName("timezone"), SQLDataType.LOCALDATETIME, inline("UTC"), instant);
        var place =
                place(
                        instant,
                        SqlTypes.instants(
                                changes.stream().map(ZoneOffsetTransition::getInstant).toList()));
        return later(utc, offset(place));
    }

    /** How many of the edges, which ascend, are not after a time. */
    private static Field<Integer> place(Field<?> time, Field<?> edges) {
        return function(systemName("width_bucket"), SQLDataType.INTEGER, time, edges);
    }

    /** In seconds, after so many changes. */
    private Field<Integer> offset(Field<Integer> place) {
        var offsets = new ArrayList<>(List.of(first.getTotalSeconds()));
        changes.forEach(change -> offsets.add(change.getOffsetAfter().getTotalSeconds()));
        return DSL.arrayGet(
                DSL.val(offsets.toArray(Integer[]::new), SQLDataType.INTEGER.array()),
                place.add(inline(1)));
    }

    /** The local clock moved; where that time never was the instant after the gap, where it was twice the earlier one. */
    Field<Instant> moved(Field<Instant> instant, int count, TimeSpan.Unit unit) {
        var local =
                function(
                        systemName("timestamp_pl_interval"),
                        SQLDataType.LOCALDATETIME,
                        local(instant),
                        span(count, unit));
        return instant(local);
    }

    /** The first instant of a day. */
    Field<Instant> dayStart(Field<LocalDate> date) {
        return instant(date.cast(SQLDataType.LOCALDATETIME));
    }

    private Field<Instant> instant(Field<LocalDateTime> local) {
        var place = place(local, times(ends()));
        var change = DSL.arrayGet(times(starts()), place);
        var utc = DSL.greatest(later(local, offset(place).neg()), change);
        return function(systemName("timezone"), SQLDataType.INSTANT, inline("UTC"), utc);
    }

    /** Where the local clock stood at the end of each stretch of one offset; it goes on from the latest so far. */
    private List<LocalDateTime> ends() {
        var ends = new ArrayList<LocalDateTime>();
        for (var change : changes) {
            var end = change.getDateTimeBefore();
            ends.add(ends.isEmpty() || ends.getLast().isBefore(end) ? end : ends.getLast());
        }
        return ends;
    }

    /** The changes by the clock of UTC. */
    private List<LocalDateTime> starts() {
        return changes.stream()
                .map(change -> LocalDateTime.ofInstant(change.getInstant(), ZoneOffset.UTC))
                .toList();
    }

    private static Field<LocalDateTime[]> times(List<LocalDateTime> values) {
        return DSL.val(values.toArray(LocalDateTime[]::new), SQLDataType.LOCALDATETIME.array());
    }

    private static Field<LocalDateTime> later(Field<LocalDateTime> time, Field<Integer> seconds) {
        return function(
                systemName("timestamp_pl_interval"),
                SQLDataType.LOCALDATETIME,
                time,
                interval(0, 0, seconds));
    }

    static Field<Instant> elapsed(Field<Instant> instant, int count, TimeSpan.Unit unit) {
        long seconds = (long) count * (unit == TimeSpan.Unit.HOUR ? 3_600 : 60);
        return function(
                systemName("timestamptz_pl_interval"),
                SQLDataType.INSTANT,
                instant,
                interval(0, 0, inline(seconds)));
    }

    /** Of the calendar that all years are reckoned by; the last day of a month stands for those it has not. */
    static Field<LocalDate> movedDate(Field<LocalDate> date, int count, TimeSpan.Unit unit) {
        return function(
                        systemName("date_pl_interval"),
                        SQLDataType.LOCALDATETIME,
                        date,
                        span(count, unit))
                .cast(LocalDates.TYPE);
    }

    private static Field<?> span(int count, TimeSpan.Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR -> throw new IllegalArgumentException("not of the calendar: " + unit);
            case DAY -> interval(0, count, inline(0));
            case WEEK -> interval(0, 7 * count, inline(0));
            case MONTH -> interval(count, 0, inline(0));
            case QUARTER -> interval(3 * count, 0, inline(0));
            case YEAR -> interval(12 * count, 0, inline(0));
        };
    }

    private static Field<?> interval(int months, int days, Field<? extends Number> seconds) {
        return function(
                systemName("make_interval"),
                SQLDataType.INTERVAL,
                inline(0),
                inline(months),
                inline(0),
                inline(days),
                inline(0),
                inline(0),
                seconds.cast(SQLDataType.DOUBLE));
    }
}
