package dev.cairn.domain.planner;

import dev.cairn.domain.formula.TimeSpan.Unit;
import dev.cairn.domain.lowering.TimeContext.Length;
import dev.cairn.domain.time.RowPeriods;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * So many of a unit; of none: an elapsed time, in microseconds, which all edges are whole numbers of.
 *
 * @param periods of a calendar of rows, which are counted in place of the unit; null: it is
 */
record Span(long count, @Nullable Unit unit, @Nullable RowPeriods periods) {
    Span(long count, @Nullable Unit unit) {
        this(count, unit, null);
    }

    static Span of(Duration elapsed) {
        return new Span(TimeUnit.MICROSECONDS.convert(elapsed), null);
    }

    static Span of(Length length) {
        return new Span(length.count(), length.unit(), length.periods());
    }

    Span times(long factor) {
        return new Span(Math.multiplyExact(count, factor), unit, periods);
    }

    boolean isElapsed() {
        return unit == null || unit == Unit.HOUR || unit == Unit.MINUTE;
    }

    Duration elapsed() {
        return unit == null
                ? Duration.of(count, ChronoUnit.MICROS)
                : unit == Unit.HOUR ? Duration.ofHours(count) : Duration.ofMinutes(count);
    }

    /** The date so many units after another. */
    LocalDate from(LocalDate date) {
        if (periods != null) {
            return periods.moved(date, count);
        }
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

    /** How many whole units lie between two dates. */
    static long between(LocalDate from, LocalDate to, Unit unit) {
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
