package dev.cairn.domain.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions of one row, member or cell. All but {@code coalesce} are empty where an argument is. */
public enum Function {
    COALESCE(1, 20),
    LEAST(1, 20),
    GREATEST(1, 20),
    ABS(1, 1),
    /**
     * To a whole number, or to the given number of decimal places: of the shortest decimal that reads back as the number, halves away from
     * zero.
     */
    ROUND(1, 2),
    /** Empty below zero. */
    SQRT(1, 1),
    /** A double; empty where the result is not a real number or larger than a double holds. */
    POWER(2, 2),
    /** Natural logarithm; empty at and below zero. */
    LN(1, 1),
    LOWER(1, 1),
    /** Whether the first text contains the second. */
    CONTAINS(2, 2),
    /** Whether the first text starts with the second. */
    STARTS(2, 2),
    /** Whether some part of the text matches the pattern (see {@link TextPattern}). */
    MATCHES(2, 2),
    /** Elapsed hours from the first to the second. */
    HOURS(2, 2),
    /** Elapsed days from the first to the second; whole days between dates. */
    DAYS(2, 2),
    /** Elapsed minutes from the first to the second. */
    MINUTES(2, 2),
    /** Year, month, day; empty where there is no such day. */
    DATE(3, 3),
    /** ISO day of the week of a date, Monday 1 to Sunday 7. */
    WEEKDAY(1, 1);

    private final int least;
    private final int most;

    Function(int least, int most) {
        this.least = least;
        this.most = most;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may be empty although no argument is. */
    public boolean mayFail() {
        return switch (this) {
            case SQRT, POWER, LN, DATE -> true;
            case COALESCE,
                    LEAST,
                    GREATEST,
                    ABS,
                    ROUND,
                    LOWER,
                    CONTAINS,
                    STARTS,
                    MATCHES,
                    HOURS,
                    DAYS,
                    MINUTES,
                    WEEKDAY ->
                    false;
        };
    }

    public boolean takes(int arguments) {
        return least <= arguments && arguments <= most;
    }

    public static Optional<Function> named(String word) {
        return Arrays.stream(values()).filter(function -> function.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Function::word).toList();
    }
}
