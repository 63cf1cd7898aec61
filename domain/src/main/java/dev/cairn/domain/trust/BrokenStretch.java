package dev.cairn.domain.trust;

import java.time.LocalDate;

/**
 * Days of a source whose facts are known or found to be wrong.
 *
 * @param from first local day, in the source's zone
 * @param until the day after the last
 * @param declared whether the definition says so; else a check found it
 */
public record BrokenStretch(
        String source, LocalDate from, LocalDate until, String why, boolean declared) {
    /** Whether a time of local days, half-open, has one of its days. */
    public boolean touches(LocalDate start, LocalDate end) {
        return from.isBefore(end) && start.isBefore(until);
    }
}
