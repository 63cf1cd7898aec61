package dev.cairn.domain.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/** Width of a time bucket, in local calendar time; weeks start on Monday (ISO). */
public enum Grain implements AskedGrain, Periods {
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    @Override
    public LocalDate floor(LocalDate date) {
        return switch (this) {
            case HOUR, DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER ->
                    date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
            case YEAR -> date.withDayOfYear(1);
        };
    }

    @Override
    public LocalDate plus(LocalDate start, long count) {
        return switch (this) {
            case HOUR -> throw new IllegalArgumentException("an hour is no number of days");
            case DAY -> start.plusDays(count);
            case WEEK -> start.plusWeeks(count);
            case MONTH -> start.plusMonths(count);
            case QUARTER -> start.plusMonths(Math.multiplyExact(3, count));
            case YEAR -> start.plusYears(count);
        };
    }

    @Override
    public long between(LocalDate start, LocalDate end) {
        return switch (this) {
            case HOUR -> throw new IllegalArgumentException("an hour is no number of days");
            case DAY -> start.until(end, ChronoUnit.DAYS);
            case WEEK -> start.until(end, ChronoUnit.WEEKS);
            case MONTH -> start.until(end, ChronoUnit.MONTHS);
            case QUARTER -> start.until(end, ChronoUnit.MONTHS) / 3;
            case YEAR -> start.until(end, ChronoUnit.YEARS);
        };
    }

    @Override
    public Grain length() {
        return this;
    }

    @Override
    public String text() {
        return word(this);
    }

    static String word(Grain grain) {
        return grain.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> name(LocalDate start) {
        return Optional.empty();
    }
}
