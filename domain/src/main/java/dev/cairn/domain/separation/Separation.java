package dev.cairn.domain.separation;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.statistics.Auc;
import dev.cairn.domain.statistics.Distribution;
import dev.cairn.domain.statistics.KolmogorovSmirnov;
import dev.cairn.domain.statistics.Lift;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a metric separates, and what to make of it.
 *
 * @param metric key or formula
 * @param time when metric and success were read
 * @param whole over all accounts
 * @param undecided accounts of which it is not known whether they succeeded; they are in nothing else
 * @param without accounts that have no value, by the reason; they are in nothing else
 * @param trivial what tells as much without any metric, and what nothing is known of
 * @param leads metric read so many weeks earlier, the fewest weeks first
 * @param separatesAhead weeks ahead of which it still separates, and of all fewer asked for; null: none was asked for, or it does not
 * @param slices earlier times, the latest first
 */
public record Separation(
        String metric,
        String success,
        Time time,
        Strength whole,
        int undecided,
        List<Without> without,
        List<Trivial> trivial,
        List<Segment> segments,
        List<Lead> leads,
        @Nullable Integer separatesAhead,
        List<Slice> slices,
        Verdict verdict,
        List<Reason> reasons) {
    public Separation {
        without = List.copyOf(without);
        trivial = List.copyOf(trivial);
        segments = List.copyOf(segments);
        leads = List.copyOf(leads);
        slices = List.copyOf(slices);
        reasons = List.copyOf(reasons);
    }

    /**
     * Local days, half-open; null where they are counted from a date of each account.
     *
     * @param words both, as people read them
     */
    public record Time(
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable LocalDate decidedFrom,
            @Nullable LocalDate decidedUntil,
            String words,
            Instant asOf) {}

    /**
     * How well the values of both groups are told apart.
     *
     * @param detail null where there are fewer than two of a group
     */
    public record Strength(int successes, int others, @Nullable Detail detail) {
        /** The AUC; null where there are fewer than two of a group. */
        public @Nullable Auc auc() {
            return detail == null ? null : detail.auc();
        }
    }

    /** @param medianDifference of those who succeeded, less that of the others */
    public record Detail(
            Auc auc,
            KolmogorovSmirnov distance,
            List<Lift> lift,
            Distribution succeeded,
            Distribution others,
            List<Double> edges,
            double medianDifference) {
        public Detail {
            lift = List.copyOf(lift);
            edges = List.copyOf(edges);
        }
    }

    /** Accounts without a value. */
    public record Without(Absence absence, int accounts) {}

    /** What is known of an account without any metric. */
    public enum Baseline {
        /** How long it has been there. */
        TENURE,
        /** How large it is, as the success says. */
        SIZE
    }

    /**
     * What tells as much without any metric.
     *
     * @param auc null where there are fewer than two of a group, and where it is missing
     * @param missing why nothing is known of it, in words; null where something is
     */
    public record Trivial(
            Baseline baseline,
            int successes,
            int others,
            @Nullable Auc auc,
            @Nullable String missing) {
        static Trivial missing(Baseline baseline, String why) {
            return new Trivial(baseline, 0, 0, null, why);
        }
    }

    /**
     * Accounts of one value of the dimension.
     *
     * @param auc null where there are fewer than two of a group
     * @param turned whether the sign is surely another than that of all
     */
    public record Segment(
            String value, int successes, int others, @Nullable Auc auc, boolean turned) {}

    /**
     * The metric read earlier.
     *
     * @param auc null where there are fewer than two of a group, or the data of that time is broken or not complete
     * @param separates whether it is as much as is worth acting on, in the same direction
     */
    public record Lead(
            int weeks, int successes, int others, @Nullable Auc auc, boolean separates) {}

    /**
     * The same question of an earlier time.
     *
     * @param from first day of the time in which success was decided; where days are counted from a date of the account, first such date
     * @param to the day after the last
     * @param auc null where there are fewer than two of a group, or the data of that time is broken or not complete
     * @param stability how far the metric is spread otherwise than in the latest time: the population stability index; null of no values, and of such data
     * @param shifted whether that is another distribution, and not by chance alone
     */
    public record Slice(
            LocalDate from,
            LocalDate to,
            int successes,
            int others,
            @Nullable Auc auc,
            @Nullable Double stability,
            boolean shifted,
            boolean turned) {}

    /** What to make of it. */
    public enum Verdict {
        /** It tells who succeeds, before it is decided, and more than is known without it. */
        ACTIONABLE,
        /** It does not differ between those who succeed and the others. */
        VANITY,
        /** It differs, and too little, or not everywhere, or no more than something trivial does. */
        WEAK,
        /** Either may be. */
        NOT_ENOUGH_DATA,
        /** It is of the same time as success: which came first is not known. */
        DESCRIPTIVE
    }

    /** Why. */
    public record Reason(Code code, String message) {}

    /** Stable codes of reasons. */
    public enum Code {
        /** Fewer than 30 of a group. */
        FEW_ACCOUNTS,
        /** The interval holds both nothing and what is worth acting on. */
        WIDE_INTERVAL,
        /** Success may still be decided otherwise: the data is broken, or not complete until then. */
        LABEL_INCOMPLETE,
        /** In the time that the metric is read of data is broken, or not complete. */
        METRIC_INCOMPLETE,
        /** In some time data is broken, and which accounts' days lie in it is not known. */
        BROKEN_DATA,
        /** Metric and success are of one time. */
        CROSS_SECTIONAL,
        /** Attributes of an account without a history are as they are now, whatever time is asked about. */
        ATTRIBUTES_OF_NOW,
        /** The AUC is that of a useful metric. */
        SEPARATES,
        /** The AUC is surely too small. */
        NO_SIGNAL,
        /** All accounts have the same value. */
        CONSTANT,
        /** The AUC is between both. */
        SMALL_SIGNAL,
        /** So well that the metric may hold the outcome itself. */
        SUSPECT_LEAKAGE,
        /** Tenure or size tells as much. */
        NO_BETTER_THAN_TRIVIAL,
        /** Among so many metrics one like it is found by chance. */
        NOT_AFTER_CORRECTION,
        /** In some segment it is the other way around. */
        TURNS_BETWEEN_SEGMENTS,
        /** In some earlier time it was the other way around. */
        TURNS_OVER_TIME,
        /** It is spread otherwise than before. */
        SHIFTED
    }
}
