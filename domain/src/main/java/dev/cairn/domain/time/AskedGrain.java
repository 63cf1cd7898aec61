package dev.cairn.domain.time;

/** A grain as it is written: of the language, or of a calendar, which only the catalogue knows. */
public sealed interface AskedGrain permits Grain, CalendarGrain {
    /** As a formula has it. */
    String text();
}
