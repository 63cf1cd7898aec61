package dev.cairn.testkit.opinion;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stretches of time that a question asks about.
 *
 * @param whole the range
 * @param stretches one per bucket; the whole range where there is no grain
 * @param grain of the buckets; null: none
 */
record PlainCalendar(Stretch whole, List<Stretch> stretches, @Nullable Grain grain) {
    /**
     * A bucket.
     *
     * @param label local date that the whole calendar unit begins with; for hours its instant
     * @param cut whether the range cuts the unit
     */
    record Stretch(
            Object label,
            Instant start,
            Instant end,
            LocalDate startDate,
            LocalDate endDate,
            boolean cut) {}

    private static Grain ofLanguage(AskedGrain grain) {
        return switch (grain) {
            case Grain known -> known;
            case CalendarGrain other -> throw new Unsupported(other.text());
        };
    }

    static PlainCalendar of(AnalysisQuery query, Instant asOf) {
        var zone = query.zone();
        var grain = query.grain() == null ? null : ofLanguage(query.grain());
        Instant from;
        Instant to;
        switch (query.range()) {
            case AskedRange.Between(var first, var last) -> {
                from = startOf(first, zone);
                to = startOf(last, zone);
            }
            case AskedRange.BetweenInstants(var first, var last) -> {
                from = first;
                to = last;
            }
            case AskedRange.Last(int count, var unit) -> {
                to = unitOf(asOf, ofLanguage(unit), zone);
                from = to;
                for (int i = 0; i < count; i++) {
                    from = unitOf(from.minusNanos(1), ofLanguage(unit), zone);
                }
            }
        }
        var whole = stretch(from, from, to, from, to, zone, false);
        return new PlainCalendar(
                whole, grain == null ? List.of(whole) : cut(from, to, grain, zone), grain);
    }

    private static List<Stretch> cut(Instant from, Instant to, Grain grain, ZoneId zone) {
        var stretches = new ArrayList<Stretch>();
        var start = unitOf(from, grain, zone);
        while (start.isBefore(to)) {
            var next = start;
            int hours = 0;
            while (!next.isAfter(start)) {
                next = unitOf(after(start, grain, ++hours, zone), grain, zone);
            }
            stretches.add(
                    stretch(
                            start,
                            start.isBefore(from) ? from : start,
                            next.isAfter(to) ? to : next,
                            start,
                            next,
                            zone,
                            grain == Grain.HOUR));
            start = next;
        }
        return stretches;
    }

    private static Stretch stretch(
            Instant label,
            Instant start,
            Instant end,
            Instant unitStart,
            Instant unitEnd,
            ZoneId zone,
            boolean byHour) {
        return new Stretch(
                byHour ? label : label.atZone(zone).toLocalDate(),
                start,
                end,
                start.atZone(zone).toLocalDate(),
                datesKnownAt(end, zone),
                !start.equals(unitStart) || !end.equals(unitEnd));
    }

    private static Instant after(Instant start, Grain grain, int hours, ZoneId zone) {
        return grain == Grain.HOUR
                ? start.plus(Duration.ofHours(hours))
                : startOf(plus(start.atZone(zone).toLocalDate(), grain), zone);
    }

    private static LocalDate plus(LocalDate date, Grain grain) {
        return switch (grain) {
            case HOUR -> throw new IllegalArgumentException("no date");
            case DAY -> date.plusDays(1);
            case WEEK -> date.plusWeeks(1);
            case MONTH -> date.plusMonths(1);
            case QUARTER -> date.plusMonths(3);
            case YEAR -> date.plusYears(1);
        };
    }

    /** The start of the calendar unit that an instant is in. */
    private static Instant unitOf(Instant instant, Grain grain, ZoneId zone) {
        var date = instant.atZone(zone).toLocalDate();
        return switch (grain) {
            case HOUR -> hourOf(instant, zone);
            case DAY -> startOf(date, zone);
            case WEEK ->
                    startOf(date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
            case MONTH -> startOf(date.withDayOfMonth(1), zone);
            case QUARTER ->
                    startOf(
                            LocalDate.of(date.getYear(), (date.getMonthValue() - 1) / 3 * 3 + 1, 1),
                            zone);
            case YEAR -> startOf(date.withDayOfYear(1), zone);
        };
    }

    /** By whole hours of the clock; of clocks that change within an hour there is no opinion. */
    static Instant hourOf(Instant instant, ZoneId zone) {
        var change = zone.getRules().previousTransition(instant.plusNanos(1));
        if (change != null
                && change.getInstant().isAfter(instant.minus(Duration.ofHours(2)))
                && change.getDuration().toMinutes() % 60 != 0) {
            throw new Unsupported("hours of a clock that changes by less than one");
        }
        var local = instant.atZone(zone);
        return instant.minus(Duration.between(local.truncatedTo(ChronoUnit.HOURS), local).abs());
    }

    static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The first local date that has not begun before an instant. */
    static LocalDate datesKnownAt(Instant instant, ZoneId zone) {
        var date = instant.atZone(zone).toLocalDate();
        return startOf(date, zone).isBefore(instant) ? date.plusDays(1) : date;
    }
}
