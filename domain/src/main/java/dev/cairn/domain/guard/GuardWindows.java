package dev.cairn.domain.guard;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.guard.GuardQuery.Cycle;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;

/**
 * A cycle and the one before.
 *
 * @param start first day of the cycle before
 * @param from first day of the cycle
 * @param until first day after it
 */
public record GuardWindows(LocalDate start, LocalDate from, LocalDate until) {
    /** The last whole cycle by a day. */
    public static GuardWindows by(Cycle cycle, LocalDate day) {
        var until = cycle.start(day);
        var from = cycle.before(until);
        return new GuardWindows(cycle.before(from), from, until);
    }

    /** As asked, when now is on a day. */
    public static GuardWindows of(GuardQuery query, LocalDate today) {
        var windows = by(query.every(), today);
        for (int back = 0; back < query.back(); back++) {
            windows = windows.earlier(query.every());
        }
        return windows;
    }

    /** Those of the cycle before. */
    public GuardWindows earlier(Cycle cycle) {
        return by(cycle, from);
    }

    public AskedRange.Between before() {
        return new AskedRange.Between(start, from);
    }

    public AskedRange.Between now() {
        return new AskedRange.Between(from, until);
    }

    /** How much more there would be in the cycle than in the one before from its length alone: of what happens once a cycle, each day, and each working day. */
    public List<Double> exposures() {
        return List.of(
                1.0,
                (double) days(from, until) / days(start, from),
                (double) workingDays(from, until) / workingDays(start, from));
    }

    private static long days(LocalDate from, LocalDate until) {
        return until.toEpochDay() - from.toEpochDay();
    }

    private static long workingDays(LocalDate from, LocalDate until) {
        return from.datesUntil(until)
                .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0)
                .count();
    }
}
