package dev.cairn.domain.analysis;

import dev.cairn.domain.statistics.Student;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a value may be from what it estimates, its rows taken as an independent sample.
 *
 * @param estimate the value before it is rounded; null where there is no error of it
 * @param standardError null where there is none
 * @param effectiveN rows of equal weight that say as much as its rows do (Kish): where nothing is weighted their number; null where there is no one sample
 * @param interval of 95 %; null: noInterval says why
 * @param change how sure it is that the value differs from that of the time which it is compared with; null where it is not compared, or one of both has no error
 * @param curve of a time of survival, with or without a value: what is left when; null for others, and where there are no rows
 */
public record Uncertainty(
        @Nullable Double estimate,
        @Nullable Double standardError,
        @Nullable Double effectiveN,
        @Nullable Interval interval,
        @Nullable NoInterval noInterval,
        @Nullable Change change,
        @Nullable SurvivalCurve curve) {
    public Uncertainty {
        if ((interval == null) == (noInterval == null)) {
            throw new IllegalArgumentException(
                    "an interval, or the reason for none: " + interval + ", " + noInterval);
        }
    }

    /** Compared with nothing. */
    public Uncertainty(
            @Nullable Double estimate,
            @Nullable Double standardError,
            @Nullable Double effectiveN,
            @Nullable Interval interval,
            @Nullable NoInterval noInterval) {
        this(estimate, standardError, effectiveN, interval, noInterval, null, null);
    }

    public static Uncertainty none(NoInterval why) {
        return new Uncertainty(null, null, null, null, why);
    }

    public Uncertainty with(Change other) {
        return new Uncertainty(
                estimate, standardError, effectiveN, interval, noInterval, other, curve);
    }

    /** The same, of a time of survival. */
    public Uncertainty with(@Nullable SurvivalCurve other) {
        return new Uncertainty(
                estimate, standardError, effectiveN, interval, noInterval, change, other);
    }

    /**
     * Degrees of freedom of its error: of rows that vary together by account those of its accounts, one less than there are, which is what its interval was made with; else one less than the effective
     * number of rows, and infinite where that is not known.
     */
    public double freedom() {
        if (interval != null
                && interval.method() == Method.CLUSTERED
                && estimate != null
                && standardError != null) {
            // Of a share one end may be cut off at 0 or 1; the other is not, unless it is as unsure
            // as can be.
            double reach = Math.max(interval.high() - estimate, estimate - interval.low());
            return Student.freedomOf(reach / standardError);
        }
        return effectiveN == null ? Double.POSITIVE_INFINITY : Math.max(1, effectiveN - 1);
    }

    /** Whether it is of a share, or of one with a factor and a constant. */
    public boolean isOfShare() {
        return interval != null && interval.method() == Method.WILSON;
    }

    /**
     * The standard error of the difference of two shares, were there none: by the share of the rows of both together. With these p (1 - p) is that within each, and what their difference adds; so a
     * factor of the share need not be known.
     */
    public double pooledError(Uncertainty other) {
        double n = number(effectiveN);
        double m = number(other.effectiveN);
        double both = n + m;
        double within = square(n * number(standardError)) + square(m * number(other.standardError));
        double difference = number(estimate) - number(other.estimate);
        double variance = within / both + n * m * square(difference / both);
        return Math.sqrt(variance * (1 / n + 1 / m));
    }

    private static double number(@Nullable Double number) {
        return Objects.requireNonNull(number);
    }

    private static double square(double number) {
        return number * number;
    }

    /**
     * A difference of two values.
     *
     * @param z the difference in its standard errors
     * @param p the chance of one at least so far from zero, were there none
     */
    public record Change(double z, double p) {}

    /** In the unit of the value. */
    public record Interval(double low, double high, Method method) {}

    /** How an interval was made; docs/statistics.md has the formulas and their sources. */
    public enum Method {
        /** Of a share: Wilson's score interval. */
        WILSON,
        /** Of a mean: by Student's distribution. */
        STUDENT,
        /** Of a mean or a share whose rows vary together by account: by Student's distribution, of accounts. */
        CLUSTERED,
        /** Of a median or percentile: two values of its rows, by their ranks. */
        ORDER_STATISTICS,
        /** Of a time of survival: by the interval of what is left. */
        BROOKMEYER_CROWLEY
    }

    /** Why a value has no interval. */
    public enum NoInterval {
        /** It has no value. */
        NO_VALUE,
        /** It is neither a share nor an average, nor a sum of such with constant factors, nor a percentile. */
        NOT_A_MEAN,
        /** It is a time of survival, and so many have not ended that it may be of any length. */
        OPEN_END,
        /** It is a percentile or a time of survival of rows that have weights, whose ranks say too little. */
        WEIGHTED_RANKS,
        /** Its rows vary together by account, and it is a percentile, a time of survival, or of different rows. */
        CLUSTERED,
        /** Its rows vary together by account, and are of fewer than two, or of accounts that do not differ. */
        TOO_FEW_CLUSTERS,
        /** Its shares and averages are of different rows or weights. */
        DIFFERENT_ROWS,
        /** Its rows are units of time, which are no sample. */
        UNITS_OF_TIME,
        /** It rests on too few rows to say how they differ; a percentile, on too few for two of them to be around it. */
        TOO_FEW_ROWS
    }
}
