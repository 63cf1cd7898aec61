package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.systemName;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.time.BusinessCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Local time in a zone. Its changes of offset are bound as arrays, so that the rules are those of this Java and never those of the engine's own time
 * zones. What happens each year is followed until {@link #LAST_YEAR}; from then on the last offset holds.
 */
final class LocalTimes {
    private static final Field<Integer> NONE = inline(0);

    static final int LAST_YEAR = 2200;

    private static final Instant END =
            LocalDate.of(LAST_YEAR + 1, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant();

    private final BusinessCalendar calendar;
    private final ZoneOffset first;
    private final List<ZoneOffsetTransition> changes;

    private LocalTimes(ZoneId zone, ZoneOffset first, List<ZoneOffsetTransition> changes) {
        this.calendar = new BusinessCalendar(zone);
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
        return new LocalTimes(zone, first, changes);
    }

    Field<LocalDate> date(Field<Instant> instant) {
        return local(instant).cast(LocalDates.TYPE);
    }

    Field<Long> hour(Field<Instant> instant) {
        return part("hour", local(instant));
    }

    /** As a whole number, which is reckoned with more quickly than the decimal that PostgreSQL extracts. */
    static Field<Long> part(String part, Field<?> of) {
        return function(systemName("date_part"), SQLDataType.DOUBLE, inline(part), of)
                .cast(SQLDataType.BIGINT);
    }

    /** When the hour began that the local clock shows: at the sharp hour, unless the clock changed since, within an hour. */
    Field<Instant> hourStart(Field<Instant> instant) {
        var hour =
                function(
                        systemName("date_trunc"),
                        SQLDataType.LOCALDATETIME,
                        inline("hour"),
                        local(instant));
        var sharp = ofUtc(later(hour, offset(place(instant)).neg()));
        var within =
                changes.stream()
                        .filter(change -> !isSharp(change.getDateTimeAfter()))
                        .map(ZoneOffsetTransition::getInstant)
                        .toList();
        if (within.isEmpty()) {
            return sharp;
        }
        var place = place(instant, SqlTypes.instants(within));
        var starts = within.stream().map(calendar::hourStart).toList();
        return DSL.when(
                        sharp.lt(DSL.arrayGet(SqlTypes.instants(within), place)),
                        DSL.arrayGet(SqlTypes.instants(starts), place))
                .otherwise(sharp);
    }

    private static boolean isSharp(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.HOURS).equals(time);
    }

    private Field<LocalDateTime> local(Field<Instant> instant) {
        var utc =
                function(systemName("timezone"), SQLDataType.LOCALDATETIME, inline("UTC"), instant);
        return changes.isEmpty()
                ? laterBy(first.getTotalSeconds(), utc)
                : later(utc, offset(place(instant)));
    }

    /** How many changes are not after an instant. */
    private Field<Integer> place(Field<Instant> instant) {
        return place(
                instant,
                SqlTypes.instants(changes.stream().map(ZoneOffsetTransition::getInstant).toList()));
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
    Field<Instant> moved(Field<Instant> instant, Field<Integer> count, TimeSpan.Unit unit) {
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

    /** The instant at which the local clock shows a time; where it never does the end of the gap, where it does twice the earlier. */
    Field<Instant> instant(Field<LocalDateTime> local) {
        return ofUtc(utc(local));
    }

    private Field<LocalDateTime> utc(Field<LocalDateTime> local) {
        if (changes.isEmpty()) {
            return laterBy(-first.getTotalSeconds(), local);
        }
        var place = place(local, times(ends()));
        var change = DSL.arrayGet(times(starts()), place);
        return DSL.greatest(later(local, offset(place).neg()), change);
    }

    /** By the one offset of a zone that never changes its own. */
    private static Field<LocalDateTime> laterBy(int seconds, Field<LocalDateTime> time) {
        return seconds == 0 ? time : later(time, inline(seconds));
    }

    private static Field<Instant> ofUtc(Field<LocalDateTime> utc) {
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
                interval(NONE, NONE, seconds));
    }

    static Field<Instant> elapsed(
            Field<Instant> instant, Field<Integer> count, TimeSpan.Unit unit) {
        long seconds = unit == TimeSpan.Unit.HOUR ? 3_600 : 60;
        return function(
                systemName("timestamptz_pl_interval"),
                SQLDataType.INSTANT,
                instant,
                interval(NONE, NONE, count.cast(SQLDataType.BIGINT).mul(inline(seconds))));
    }

    /** Of the calendar that all years are reckoned by; the last day of a month stands for those it has not. */
    static Field<LocalDate> movedDate(
            Field<LocalDate> date, Field<Integer> count, TimeSpan.Unit unit) {
        return function(
                        systemName("date_pl_interval"),
                        SQLDataType.LOCALDATETIME,
                        date,
                        span(count, unit))
                .cast(LocalDates.TYPE);
    }

    private static Field<?> span(Field<Integer> count, TimeSpan.Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR -> throw new IllegalArgumentException("not of the calendar: " + unit);
            case DAY -> interval(NONE, count, NONE);
            case WEEK -> interval(NONE, count.mul(inline(7)), NONE);
            case MONTH -> interval(count, NONE, NONE);
            case QUARTER -> interval(count.mul(inline(3)), NONE, NONE);
            case YEAR -> interval(count.mul(inline(12)), NONE, NONE);
        };
    }

    private static Field<?> interval(
            Field<Integer> months, Field<Integer> days, Field<? extends Number> seconds) {
        return function(
                systemName("make_interval"),
                SQLDataType.INTERVAL,
                NONE,
                months,
                NONE,
                days,
                NONE,
                NONE,
                seconds.cast(SQLDataType.DOUBLE));
    }
}
