package dev.cairn.domain.impact;

import dev.cairn.domain.impact.ImpactWindows.Days;
import dev.cairn.domain.model.Metric.Direction;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.statistics.ChanceToWin;
import dev.cairn.domain.statistics.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a change.
 *
 * @param change what was changed, in words of the marker; null: it was given by its day
 * @param windows that were compared
 * @param asOf what counted as now
 * @param treatedAccounts that the change concerned, as of its day
 * @param comparisonAccounts that it did not concern; null: none were named
 * @param sampleRatioP the chance of groups at least so far from what was to be drawn; null: nobody drew lots
 * @param metrics in the order asked for
 * @param warnings of the whole
 */
public record Impact(
        @Nullable String change,
        ImpactWindows windows,
        Instant asOf,
        int treatedAccounts,
        @Nullable Integer comparisonAccounts,
        @Nullable Double sampleRatioP,
        List<OfMetric> metrics,
        List<Reason> warnings) {
    public Impact {
        metrics = List.copyOf(metrics);
        warnings = List.copyOf(warnings);
    }

    /**
     * What came of one metric.
     *
     * @param unit null where the formula has none
     * @param currency ISO 4217, for money; null for others
     * @param comparison null: no accounts were named to compare with
     * @param effect null where nothing can be tested, and the reasons say why
     * @param reasons why the verdict is what it is, the first being the weightiest; never empty
     * @param course how it went, in order of time; empty where nobody asked, or it cannot be asked by weeks or days
     */
    public record OfMetric(
            String key,
            String label,
            @Nullable MetricUnit unit,
            @Nullable String currency,
            Direction direction,
            Estimand estimand,
            Side treated,
            @Nullable Side comparison,
            @Nullable Effect effect,
            Verdict verdict,
            List<Reason> reasons,
            List<Step> course) {
        public OfMetric {
            reasons = List.copyOf(reasons);
            course = List.copyOf(course);
        }
    }

    /**
     * What a metric was in a short time, a week or a day: of counts and sums, what an account had of them.
     *
     * @param treated of those that the change concerned; null: there is no value
     * @param comparison of those to compare with; null: there is no value, or nothing to compare with
     * @param incomplete whether one of both may still change, or is of broken or missing data
     */
    public record Step(
            Days days, @Nullable Double treated, @Nullable Double comparison, boolean incomplete) {}

    /** What is compared. */
    public enum Estimand {
        /** The mean of the values of accounts, each counting once: of counts and sums, what an account has of them. */
        MEAN_OF_ACCOUNTS,
        /** The value of all rows together, accounts counting by how many they have; its error is of accounts. */
        RATIO_OF_SUMS,
        /** The median of the values of accounts. */
        MEDIAN_OF_ACCOUNTS,
        /** The value of all rows together; its error is of rows. */
        ROWS
    }

    /**
     * One group before and after.
     *
     * @param before null: there is no value
     * @param after null: there is no value
     * @param unitsBefore accounts (or rows) with a value
     * @param unitsAfter accounts (or rows) with a value
     */
    public record Side(
            @Nullable Double before, @Nullable Double after, long unitsBefore, long unitsAfter) {}

    /**
     * What the change made of a metric, as far as the data says.
     *
     * @param value after less before; with accounts to compare with, less theirs, and where lots were drawn less what is known of accounts from before
     * @param interval of 95 % of the value, of this metric alone
     * @param relative the value as a part of what was before without its sign; null where that is 0
     * @param relativeInterval the interval as such a part, what was before being taken as it is; null where relative is
     * @param p the chance of a value at least so far from zero, were there no effect
     * @param adjustedP the same for several metrics at once, by Holm
     * @param detectable the smallest effect that four of five such samples would have shown
     * @param unadjusted without what is known of the accounts from before; null where nothing was taken off
     * @param explained the part of the variance that what is known from before takes off, 0 to 1; null where nothing was taken off
     * @param sequential the interval for those who look every day; null: one looks once
     * @param trend the same difference a window earlier, when there was no change; null: it was not looked at, or is not known
     * @param placebos moves at earlier days, when there was no change; null: they were not looked at, or are not known
     * @param chance that it is for the better; null where the metric does not say which way is good
     */
    public record Effect(
            double value,
            Interval interval,
            @Nullable Double relative,
            @Nullable Interval relativeInterval,
            double p,
            double adjustedP,
            double detectable,
            @Nullable Double unadjusted,
            @Nullable Double explained,
            @Nullable Interval sequential,
            @Nullable Trend trend,
            @Nullable Placebos placebos,
            @Nullable ChanceToWin chance) {}

    /** A difference where there should be none. */
    public record Trend(double value, Interval interval, double p) {}

    /**
     * Moves of the metric at days before the change.
     *
     * @param dates how many days were looked at
     * @param asLarge at how many of them it moved at least as far as at the change
     * @param p the chance of a move as large as at the change, were it like those days: (1 + as large) / (1 + dates), or that of its size in theirs, which overlap, whichever is greater
     */
    public record Placebos(int dates, int asLarge, double p) {}

    /** What is to be said of it. */
    public enum Verdict {
        /** Better, by chance alone in fewer than 1 of 200 such comparisons, and nothing else that was looked at explains it. */
        IMPROVED,
        /** Worse, by chance alone in fewer than 1 of 200 such comparisons, and nothing else that was looked at explains it. */
        WORSENED,
        /** Other than before beyond chance; whether by the change is not known, or not which way is good, or chance would do it in 1 of 200 such comparisons or more. */
        MOVED,
        /** What was seen may be chance; what would have been seen is {@link Effect#detectable}. */
        NO_EVIDENCE,
        /** Too little is known to say anything. */
        NOT_ENOUGH_DATA
    }

    /** Why, for people and for programs. */
    public record Reason(Code code, String message) {
        static Reason of(Code code, String message, Object... arguments) {
            return new Reason(code, String.format(Locale.ROOT, message, arguments));
        }

        /** Stable. */
        public enum Code {
            BEYOND_CHANCE,
            SUGGESTIVE,
            WITHIN_CHANCE,
            INCOMPLETE_DATA,
            TOO_FEW_UNITS,
            NOTHING_VARIES,
            NO_TEST,
            NO_COMPARISON,
            NO_PLACEBOS,
            PLACEBOS_MOVE,
            PLACEBOS_DO_NOT_MOVE,
            TRENDS_DIFFER,
            TRENDS_ALIKE,
            TREND_UNKNOWN,
            SAMPLE_RATIO,
            UNEQUAL_LOSS,
            NO_DIRECTION,
            NOT_OVER,
            NOT_WHOLE_WEEKS,
            OF_BOTH_GROUPS
        }
    }
}
