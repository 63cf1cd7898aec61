package dev.cairn.domain.time;

import java.time.LocalDate;
import java.util.Optional;

/** What local calendar time is cut into: periods that follow each other without a gap. */
public sealed interface Periods permits Grain, FiscalPeriods, RowPeriods, Weeks {
    /** The first date of the period that {@code date} falls in; for an hour, the date itself. */
    LocalDate floor(LocalDate date);

    /** The first date of a period moved by {@code count} periods; an hour has none. */
    LocalDate plus(LocalDate start, long count);

    /** Whether a date is in one of them. */
    default boolean has(LocalDate date) {
        return true;
    }

    /** Whether every date is in one of them. */
    default boolean areEndless() {
        return true;
    }

    /** The place of a date's period among all of them. */
    default long number(LocalDate date) {
        return between(floor(LocalDate.EPOCH), floor(date));
    }

    /** How many periods lie from the first date of one to the first date of another. */
    long between(LocalDate start, LocalDate end);

    /** The grain of the language that is as long. */
    Grain length();

    /** As a formula has it. */
    String text();

    /** What people call the period that begins on a date; empty where the date says it. */
    Optional<String> name(LocalDate start);
}
