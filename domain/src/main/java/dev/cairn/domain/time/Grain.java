package dev.cairn.domain.time;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** Width of a time bucket, in local calendar time; weeks start on Monday (ISO). */
public enum Grain {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    /** The start of the bucket that {@code time} falls in. */
    public ZonedDateTime floor(ZonedDateTime time) {
        var day = time.truncatedTo(ChronoUnit.DAYS);
        return switch (this) {
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
            case QUARTER -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
            case YEAR -> day.withDayOfYear(1);
        };
    }

    /** {@code time} moved by {@code count} buckets; hours are elapsed time, the rest local calendar time. */
    public ZonedDateTime plus(ZonedDateTime time, long count) {
        return switch (this) {
            case HOUR -> time.plusHours(count);
            case DAY -> time.plusDays(count);
            case WEEK -> time.plusWeeks(count);
            case MONTH -> time.plusMonths(count);
            case QUARTER -> time.plusMonths(Math.multiplyExact(3, count));
            case YEAR -> time.plusYears(count);
        };
    }
}
