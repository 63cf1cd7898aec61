package dev.cairn.domain.guard;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric and its counter-metric over one cycle, beside the cycle before.
 *
 * @param state whether the metric got better while its counter got worse, both beyond chance
 * @param from first day of the cycle
 * @param until first day after it
 * @param metricMove how the metric moved; null where it cannot be tested
 * @param counterMove how its counter moved; null where it cannot be tested
 * @param level each p has to be below it: 5 % through the looks of a year
 * @param reason for people; null where both were tested
 */
public record Guard(
        String metric,
        String counter,
        State state,
        LocalDate from,
        LocalDate until,
        @Nullable Move metricMove,
        @Nullable Move counterMove,
        double level,
        @Nullable String reason) {
    /** What came of it. */
    public enum State {
        TRIPPED,
        QUIET,
        NOT_ENOUGH_DATA,
        /** One of both is no number of accounts, or has no better direction. */
        NOT_TESTABLE,
        /** Not named, so not read. */
        NOT_ASKED
    }

    /**
     * From the cycle before to this one.
     *
     * @param change the mean change of accounts that have a value in both; of a ratio, that of all of them
     * @param better the chance of a change at least so good, were there none
     * @param worse the chance of a change at least so bad, were there none
     * @param accounts how many it is of
     */
    public record Move(double change, double better, double worse, int accounts) {}

    /** By both moves; the level is 5 % through the looks of a year, so that on noise one of 20 years at most has a false alarm, however both go together (Bonferroni). */
    static Guard of(
            String metric,
            String counter,
            LocalDate from,
            LocalDate until,
            Move metricMove,
            Move counterMove,
            double level) {
        boolean isTripped = metricMove.better() < level && counterMove.worse() < level;
        return new Guard(
                metric,
                counter,
                isTripped ? State.TRIPPED : State.QUIET,
                from,
                until,
                metricMove,
                counterMove,
                level,
                null);
    }

    /** Those that tripped first, then by name. */
    public static List<Guard> inOrder(List<Guard> guards) {
        return guards.stream()
                .sorted(Comparator.comparing(Guard::state).thenComparing(Guard::metric))
                .toList();
    }
}
