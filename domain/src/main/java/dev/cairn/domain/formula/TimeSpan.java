package dev.cairn.domain.formula;

import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;

/**
 * A length of time such as {@code 28 days} or {@code window days}.
 *
 * @param count an integer, or the name of a parameter, as written
 */
public record TimeSpan(String count, Measure unit, Span span) {
    /** What a length is counted in. */
    public sealed interface Measure permits Unit, OfCalendar {}

    /** Periods of a calendar. */
    public record OfCalendar(CalendarGrain grain) implements Measure {}

    /** What the language has. */
    public enum Unit implements Measure {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    public static Unit unitOf(Grain grain) {
        return Unit.valueOf(grain.name());
    }
}
