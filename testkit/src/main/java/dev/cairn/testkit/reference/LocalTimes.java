package dev.cairn.testkit.reference;

import dev.cairn.domain.formula.Function;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Dates and instants in a zone. */
final class LocalTimes {
    private LocalTimes() {}

    /** @param grain of {@code trunc} */
    static Object part(Function function, LocalDate date, Object grain) {
        int quarter = (date.getMonthValue() + 2) / 3;
        return switch (function) {
            case TRUNC -> start(date, (String) grain, quarter);
            case WEEKDAY -> BigDecimal.valueOf(date.getDayOfWeek().getValue());
            case DAY_OF_MONTH -> BigDecimal.valueOf(date.getDayOfMonth());
            case DAY_OF_YEAR -> BigDecimal.valueOf(date.getDayOfYear());
            case MONTH_OF_YEAR -> BigDecimal.valueOf(date.getMonthValue());
            case QUARTER_OF_YEAR -> BigDecimal.valueOf(quarter);
            case CALENDAR_YEAR -> BigDecimal.valueOf(date.getYear());
            default -> throw new IllegalArgumentException("not a part of a date: " + function);
        };
    }

    private static LocalDate start(LocalDate date, String grain, int quarter) {
        return switch (grain) {
            case "DAY" -> date;
            case "WEEK" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "MONTH" -> LocalDate.of(date.getYear(), date.getMonth(), 1);
            case "QUARTER" -> LocalDate.of(date.getYear(), 3 * quarter - 2, 1);
            case "YEAR" -> LocalDate.of(date.getYear(), 1, 1);
            default -> throw new IllegalArgumentException("not of dates: " + grain);
        };
    }

    /** The first instant of those that lead here without another hour on the local clock. */
    static Instant hourStart(Instant instant, ZoneId zone) {
        var shown = instant.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.HOURS);
        var first = instant;
        while (true) {
            var local = first.atZone(zone).toLocalDateTime();
            var sharp = first.minus(Duration.between(shown, local));
            var change = zone.getRules().previousTransition(first.plusNanos(1));
            if (change == null || !change.getInstant().isAfter(sharp)) {
                return sharp;
            }
            var before = change.getDateTimeBefore().minusNanos(1).truncatedTo(ChronoUnit.HOURS);
            if (!before.equals(shown)) {
                return change.getInstant();
            }
            first = change.getInstant().minusNanos(1);
        }
    }

    static Object moved(Object time, long count, Object unit, ZoneId zone) {
        int much = Math.toIntExact(count);
        boolean elapsed = unit.equals("MINUTE") || unit.equals("HOUR");
        if (elapsed) {
            return ((Instant) time).plusSeconds(count * (unit.equals("HOUR") ? 3600 : 60));
        }
        var period =
                switch ((String) unit) {
                    case "DAY" -> Period.ofDays(much);
                    case "WEEK" -> Period.ofWeeks(much);
                    case "MONTH" -> Period.ofMonths(much);
                    case "QUARTER" -> Period.ofMonths(3 * much);
                    default -> Period.ofYears(much);
                };
        if (time instanceof LocalDate date) {
            return date.plus(period);
        }
        var rules = zone.getRules();
        var local = ((Instant) time).atZone(zone).toLocalDateTime().plus(period);
        var offsets = rules.getValidOffsets(local);
        return offsets.isEmpty()
                ? rules.getTransition(local).getInstant()
                : local.toInstant(offsets.getFirst());
    }
}
