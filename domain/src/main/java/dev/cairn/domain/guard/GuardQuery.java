package dev.cairn.domain.guard;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pairs to look at, as asked.
 *
 * @param metrics whose pairs are tested; empty: those of all published metrics
 * @param zone that days are cut in
 * @param asOf what counts as now; null: now
 * @param back how many cycles before the last that has ended; 0: that one
 */
public record GuardQuery(
        List<String> metrics, Cycle every, ZoneId zone, @Nullable Instant asOf, int back) {
    public GuardQuery {
        metrics = List.copyOf(metrics);
    }

    /** Of the last cycle that has ended. */
    public GuardQuery(List<String> metrics, Cycle every, ZoneId zone, @Nullable Instant asOf) {
        this(metrics, every, zone, asOf, 0);
    }

    /** How long a cycle is, and how often one looks in a year. */
    public enum Cycle {
        WEEK(52),
        MONTH(12),
        QUARTER(4);

        private static final int MONTHS = 3;

        private final int looks;

        Cycle(int looks) {
            this.looks = looks;
        }

        public int looks() {
            return looks;
        }

        /** First day of the cycle that a day is in. */
        public LocalDate start(LocalDate day) {
            return switch (this) {
                case WEEK -> day.with(DayOfWeek.MONDAY);
                case MONTH -> day.withDayOfMonth(1);
                case QUARTER ->
                        day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1L) % MONTHS);
            };
        }

        /** First day of the cycle before one that begins on a day. */
        public LocalDate before(LocalDate start) {
            return start(start.minusDays(1));
        }
    }
}
