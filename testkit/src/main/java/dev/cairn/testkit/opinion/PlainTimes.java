package dev.cairn.testkit.opinion;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/** Functions of dates and instants: LocalDate, Instant, the edge of a bucket. */
final class PlainTimes {
    private PlainTimes() {}

    /** The local date. */
    static LocalDate date(Object time, ZoneId zone) {
        return switch (PlainValues.settled(time)) {
            case LocalDate date -> date;
            case Instant instant -> LocalDate.ofInstant(instant, zone);
            case null, default -> throw new Unsupported("the date of " + time);
        };
    }

    /** The day with which a week, a month, ... begins. */
    static LocalDate beginning(LocalDate date, String grain) {
        return switch (grain) {
            case "day" -> date;
            case "week" -> date.minusDays(date.getDayOfWeek().getValue() - 1L);
            case "month" -> date.minusDays(date.getDayOfMonth() - 1L);
            case "quarter" -> LocalDate.of(date.getYear(), quarter(date) * 3 - 2, 1);
            case "year" -> LocalDate.of(date.getYear(), 1, 1);
            default -> throw new Unsupported("the grain " + grain);
        };
    }

    private static int quarter(LocalDate date) {
        return (date.getMonthValue() + 2) / 3;
    }

    /** How many units one date is after another, by the units that they are in. */
    static long units(LocalDate from, LocalDate to, String grain) {
        return switch (grain) {
            case "day" -> to.toEpochDay() - from.toEpochDay();
            case "week" -> weeks(to) - weeks(from);
            case "month" -> months(to) - months(from);
            case "quarter" -> Math.floorDiv(months(to), 3) - Math.floorDiv(months(from), 3);
            case "year" -> to.getYear() - from.getYear();
            default -> throw new Unsupported("the age in " + grain);
        };
    }

    /** From one that began on a Monday. */
    private static long weeks(LocalDate date) {
        return Math.floorDiv(date.toEpochDay() + 3, 7);
    }

    private static long months(LocalDate date) {
        return date.getYear() * 12L + date.getMonthValue() - 1;
    }

    static int part(String part, Object time, ZoneId zone) {
        if (part.equals("hour_of_day") && PlainValues.settled(time) instanceof Instant instant) {
            return instant.atZone(zone).getHour();
        }
        var date = date(time, zone);
        return switch (part) {
            case "weekday" -> date.getDayOfWeek().getValue();
            case "day_of_month" -> date.getDayOfMonth();
            case "day_of_year" -> date.getDayOfYear();
            case "month_of_year" -> date.getMonthValue();
            case "quarter_of_year" -> quarter(date);
            case "calendar_year" -> date.getYear();
            default -> throw new Unsupported(part);
        };
    }

    /** Moves the local clock; hours and minutes are elapsed. */
    static Object moved(Object time, long count, String unit, ZoneId zone) {
        return switch (PlainValues.settled(time)) {
            case LocalDate date -> moved(date.atStartOfDay(), count, unit).toLocalDate();
            case Instant instant ->
                    switch (unit) {
                        case "hour" -> instant.plus(Duration.ofHours(count));
                        case "minute" -> instant.plus(Duration.ofMinutes(count));
                        default ->
                                instant(
                                        moved(LocalDateTime.ofInstant(instant, zone), count, unit),
                                        zone);
                    };
            case null, default -> throw new Unsupported("the time " + time);
        };
    }

    static LocalDate moved(LocalDate date, Sentence.Span by) {
        return moved(date.atStartOfDay(), by.count(), by.unit()).toLocalDate();
    }

    private static LocalDateTime moved(LocalDateTime local, long count, String unit) {
        return switch (unit) {
            case "day" -> local.plusDays(count);
            case "week" -> local.plusDays(7 * count);
            case "month" -> local.plusMonths(count);
            case "quarter" -> local.plusMonths(3 * count);
            case "year" -> local.plusYears(count);
            default -> throw new Unsupported("the unit " + unit);
        };
    }

    /** A time that never was is the instant after it, one that was twice the earlier. */
    private static Instant instant(LocalDateTime local, ZoneId zone) {
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.toInstant(zone.getRules().getValidOffsets(local).getFirst());
    }
}
