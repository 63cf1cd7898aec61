package dev.cairn.domain.calibration;

import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score to hold against what happened afterwards, as asked: nothing in it has been looked up.
 *
 * @param score a metric of account, or a formula of one account, of which more is better
 * @param instead another one, measured on the same cases; null: none
 * @param alarm what is below it is an alarm, in place of the bands of the metric; null: by its bands
 * @param thresholds to count alarms by; empty: the edges of the bands and tenths of the accounts
 * @param where only accounts that meet it when the score is read; null: all
 * @param cohort only accounts of it then; null: all
 * @param zone that days are cut in
 * @param asOf what counts as now; null: now
 * @param knownThen whether scores are of what had been recorded by then, rather than of what is known now to have happened until then
 */
public record CalibrationQuery(
        String score,
        @Nullable String instead,
        @Nullable Double alarm,
        List<Double> thresholds,
        Outcomes outcomes,
        @Nullable String where,
        @Nullable CohortReference cohort,
        ZoneId zone,
        @Nullable Instant asOf,
        boolean knownThen) {
    public CalibrationQuery {
        thresholds = List.copyOf(thresholds);
    }

    /** What the score is held against. */
    public sealed interface Outcomes {
        /**
         * What holds of accounts over so many days from a day on.
         *
         * @param outcome condition of one account over these days, such as {@code mrr > 0}; where it is empty, the account is left out
         * @param isGood whether that is the good outcome; else the bad one
         * @param dates first days: scores are those just before
         */
        record Within(String outcome, boolean isGood, List<LocalDate> dates, int days)
                implements Outcomes {
            public Within {
                dates = List.copyOf(dates);
            }
        }

        /**
         * Whether accounts succeeded, in the time in which that is decided.
         *
         * @param success by name
         * @param every where days are counted from a date of each account, scores are read once in such a time at most, before rather than after
         */
        record Succeeded(String success, Grid every) implements Outcomes {}

        /**
         * Whether contracts were renewed.
         *
         * @param days before a term is due, at which the score is read
         * @param from first day that terms are due on
         * @param until first day that they are not
         * @param every scores are read once in such a time at most, before rather than after
         */
        record Renewals(
                Contracts contracts,
                List<Integer> days,
                LocalDate from,
                LocalDate until,
                Grid every)
                implements Outcomes {
            public Renewals {
                days = List.copyOf(days);
            }
        }
    }

    /** On which days scores are read: it is at the beginning of the last such period that has begun by then. */
    public enum Grid {
        DAY,
        /** Mondays. */
        WEEK,
        /** Firsts of months. */
        MONTH;

        public LocalDate before(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
                case MONTH -> day.withDayOfMonth(1);
            };
        }
    }
}
