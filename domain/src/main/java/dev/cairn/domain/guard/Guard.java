package dev.cairn.domain.guard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
 * @param since first day of the first of the cycles in a row in which it tripped, this one the last of them; null where it did not trip
 * @param measuredAt null where nobody looked
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
        @Nullable String reason,
        @Nullable LocalDate since,
        @Nullable Instant measuredAt) {
    /** What came of it. */
    public enum State {
        TRIPPED,
        QUIET,
        NOT_ENOUGH_DATA,
        /** One of both is no number of accounts, or has no better direction. */
        NOT_TESTABLE,
        /** Nobody has looked yet, or not at the data and the definitions as they are. */
        NOT_MEASURED
    }

    /**
     * From the cycle before to this one.
     *
     * @param change the mean change of accounts that have a value in both; of a ratio, that of all of them
     * @param better the chance of a change at least so good, were there none
     * @param worse the chance of a change at least so bad, were there none
     * @param accounts how many it is of
     */
    public record Move(double change, double better, double worse, int accounts) {
        /** The same change, as sure as both are. */
        Move lessSure(Move other) {
            return new Move(
                    change, Math.max(better, other.better), Math.max(worse, other.worse), accounts);
        }
    }

    /** One that was not tested. */
    public static Guard untested(
            String metric,
            String counter,
            State state,
            GuardWindows windows,
            double level,
            String reason) {
        return new Guard(
                metric,
                counter,
                state,
                windows.from(),
                windows.until(),
                null,
                null,
                level,
                reason,
                null,
                null);
    }

    /**
     * The same, looked at at an instant.
     *
     * @param first day of the first of the cycles in a row in which it tripped; null: it did not
     */
    public Guard measured(@Nullable LocalDate first, Instant at) {
        return new Guard(
                metric,
                counter,
                state,
                from,
                until,
                metricMove,
                counterMove,
                level,
                reason,
                first,
                at);
    }

    /** The same, with more of the reason. */
    public Guard because(String more) {
        return new Guard(
                metric,
                counter,
                state,
                from,
                until,
                metricMove,
                counterMove,
                level,
                reason == null ? more : reason + " " + more,
                since,
                measuredAt);
    }

    /** Whether the metric got better while its counter-metric got worse. */
    public boolean isTripped() {
        return state == State.TRIPPED;
    }

    /** In a sentence, of one that tripped. */
    public String words() {
        return "'%s' got better (%s) and its counter-metric '%s' worse (%s), both beyond chance, from %s to %s beside the cycle before%s: see guards or 'cairn guards'."
                .formatted(
                        metric,
                        change(metricMove),
                        counter,
                        change(counterMove),
                        from,
                        until.minusDays(1),
                        since == null || since.equals(from) ? "" : ", as in each since " + since);
    }

    private static String change(@Nullable Move move) {
        return move == null
                ? "-"
                : String.format(
                        Locale.ROOT, "%+.3g of %d accounts", move.change(), move.accounts());
    }

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
                null,
                isTripped ? from : null,
                null);
    }

    /** Those that tripped first, then by name. */
    public static List<Guard> inOrder(List<Guard> guards) {
        return guards.stream()
                .sorted(Comparator.comparing(Guard::state).thenComparing(Guard::metric))
                .toList();
    }
}
