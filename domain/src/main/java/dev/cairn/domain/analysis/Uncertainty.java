package dev.cairn.domain.analysis;

import org.jspecify.annotations.Nullable;

/**
 * How far a value may be from what it estimates, its rows taken as an independent sample.
 *
 * @param standardError null where there is none
 * @param effectiveN rows of equal weight that say as much as its rows do (Kish): where nothing is weighted their number; null where there is no one sample
 * @param interval of 95 %; null: noInterval says why
 */
public record Uncertainty(
        @Nullable Double standardError,
        @Nullable Double effectiveN,
        @Nullable Interval interval,
        @Nullable NoInterval noInterval) {
    public Uncertainty {
        if ((interval == null) == (noInterval == null)) {
            throw new IllegalArgumentException(
                    "an interval, or the reason for none: " + interval + ", " + noInterval);
        }
    }

    public static Uncertainty none(NoInterval why) {
        return new Uncertainty(null, null, null, why);
    }

    /** In the unit of the value. */
    public record Interval(double low, double high, Method method) {}

    /** How an interval was made; docs/statistics.md has the formulas and their sources. */
    public enum Method {
        /** Of a share: Wilson's score interval. */
        WILSON,
        /** Of a mean: by Student's distribution. */
        STUDENT
    }

    /** Why a value has no interval. */
    public enum NoInterval {
        /** It has no value. */
        NO_VALUE,
        /** It is neither a share nor an average, nor a sum of such with constant factors. */
        NOT_A_MEAN,
        /** Its shares and averages are of different rows or weights. */
        DIFFERENT_ROWS,
        /** Its rows are units of time, which are no sample. */
        UNITS_OF_TIME,
        /** It rests on too few rows to say how they differ. */
        TOO_FEW_ROWS
    }
}
