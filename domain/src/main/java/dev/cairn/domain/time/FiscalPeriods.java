package dev.cairn.domain.time;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Optional;

/**
 * Months, quarters or years of a calendar whose year begins on another day than January 1. A year has the number of the calendar year that it ends in.
 *
 * @param of months, quarters or years
 * @param begins the first day of a year, one that each month has
 */
public record FiscalPeriods(String calendar, Grain of, MonthDay begins) implements Periods {
    public FiscalPeriods {
        if (of != Grain.MONTH && of != Grain.QUARTER && of != Grain.YEAR) {
            throw new IllegalArgumentException("a fiscal year has months and quarters: " + of);
        }
        if (begins.getDayOfMonth() > 28) {
            throw new IllegalArgumentException("not each month has the day: " + begins);
        }
    }

    /** How many months after those of the language these begin. */
    public int months() {
        int months = begins.getMonthValue() - 1;
        return switch (of) {
            case YEAR -> months;
            case QUARTER -> months % 3;
            case MONTH, WEEK, DAY, HOUR -> 0;
        };
    }

    /** And how many days after these months. */
    public int days() {
        return begins.getDayOfMonth() - 1;
    }

    @Override
    public LocalDate floor(LocalDate date) {
        return of.floor(date.minusDays(days()).minusMonths(months()))
                .plusMonths(months())
                .plusDays(days());
    }

    @Override
    public LocalDate plus(LocalDate start, long count) {
        return of.plus(start, count);
    }

    @Override
    public long between(LocalDate start, LocalDate end) {
        return of.between(start, end);
    }

    @Override
    public Grain length() {
        return of;
    }

    @Override
    public String text() {
        return new CalendarGrain(calendar, Grain.word(of)).text();
    }

    @Override
    public Optional<String> name(LocalDate start) {
        var yearStart = new FiscalPeriods(calendar, Grain.YEAR, begins).floor(start);
        int year = yearStart.plusYears(1).minusDays(1).getYear();
        long inYear = of.between(yearStart, start) + 1;
        return Optional.of(
                switch (of) {
                    case QUARTER -> "FY%d Q%d".formatted(year, inYear);
                    case MONTH -> "FY%d M%02d".formatted(year, inYear);
                    case YEAR, WEEK, DAY, HOUR -> "FY%d".formatted(year);
                });
    }
}
