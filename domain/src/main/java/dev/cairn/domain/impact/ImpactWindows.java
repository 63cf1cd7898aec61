package dev.cairn.domain.impact;

import java.time.LocalDate;

/**
 * The times that are compared, of as many days each: before the change, after it and the days in which it takes hold, and the one before the time before, as far from it as the time after is.
 *
 * @param changedOn the first day of the change
 */
public record ImpactWindows(LocalDate changedOn, Days prior, Days before, Days after) {
    /** Local days, half-open. */
    public record Days(LocalDate from, LocalDate until) {}

    public static ImpactWindows of(LocalDate changedOn, int windowDays, int gapDays) {
        var before = new Days(changedOn.minusDays(windowDays), changedOn);
        var after = changedOn.plusDays(gapDays);
        var prior = before.from().minusDays(gapDays);
        return new ImpactWindows(
                changedOn,
                new Days(prior.minusDays(windowDays), prior),
                before,
                new Days(after, after.plusDays(windowDays)));
    }
}
