package dev.cairn.domain.formula;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Functions of one row, member or cell. All but {@code coalesce} are empty where an argument is. Arguments that belong to the question (its zone)
 * are added to those that are written.
 */
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
    /** Whether some part of the text matches the pattern (see {@link dev.cairn.domain.expression.TextPattern}). */
    MATCHES(2, 2),
    /** Elapsed hours from the first to the second. */
    HOURS(2, 2),
    /** Elapsed days from the first to the second; whole days between dates. */
    DAYS(2, 2),
    /** Elapsed minutes from the first to the second. */
    MINUTES(2, 2),
    /** Year, month, day; empty where there is no such day. Of an instant: {@link #LOCAL_DATE}. */
    DATE(1, 3),
    /** ISO day of the week of a date, Monday 1 to Sunday 7. */
    WEEKDAY(1, 1),
    /** Texts one after the other. */
    CONCAT(1, 20),
    /** Parts, texts, whole numbers, dates or conditions, as one text: see {@link dev.cairn.domain.model.CompositeKey}. */
    KEY(2, 20),
    /** Such a text and the number of a part, from 1: the part; empty where there are fewer. */
    KEY_PART(2, 2),
    /** Without the blanks (see {@link #BLANKS}) before and after. */
    TRIM(1, 1),
    /** Date and grain, as a text: the date that its bucket begins with. Weeks begin on Monday. */
    TRUNC(2, 2),
    /** Instant and zone: 0 to 23. */
    HOUR_OF_DAY(1, 1),
    /** 1 to 31. */
    DAY_OF_MONTH(1, 1),
    /** 1 to 366. */
    DAY_OF_YEAR(1, 1),
    /** 1 to 12. */
    MONTH_OF_YEAR(1, 1),
    /** 1 to 4. */
    QUARTER_OF_YEAR(1, 1),
    /** The year of a date. */
    CALENDAR_YEAR(1, 1),
    /** Instant and zone, as a text: the local date. */
    LOCAL_DATE,
    /** Instant and zone, as a text: the instant at which the hour began that the local clock shows. An hour that comes twice begins twice. */
    HOUR_START,
    /** Date and zone, as a text: the first instant of the day there. */
    DAY_START,
    /**
     * Date or instant, whole number, {@link TimeSpan.Unit} and zone, both as texts: so much later. Of an instant days, weeks,
     * months, quarters and years move the local clock, and where that time never was it is the instant after the gap, where it was twice the earlier
     * one; hours and minutes are elapsed. Where a month has no such day it is its last.
     */
    MOVED,
    /** Whether a number is above zero: a row that has such a weight counts for so much, any other is left out and counted. */
    HAS_WEIGHT,
    /** A value of a cell, observations and how many there must be: the value where there are as many. */
    IF_ENOUGH;

    /** What Unicode calls white space. */
    public static final String BLANKS =
            "\t\n\u000B\f\r \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private static final int NOT_WRITTEN = 0;

    /** What came after the first version: their words stay names where no arguments follow. */
    private static final Set<Function> NAMES_ELSEWHERE = EnumSet.range(CONCAT, CALENDAR_YEAR);

    private final int least;
    private final int most;

    Function(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /** Not written by its name. */
    Function() {
        this(NOT_WRITTEN, NOT_WRITTEN);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may be empty although no argument is. */
    public boolean mayFail() {
        return switch (this) {
            case SQRT, POWER, LN, DATE, KEY_PART, IF_ENOUGH -> true;
            case CONCAT,
                    KEY,
                    TRIM,
                    TRUNC,
                    HOUR_OF_DAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR,
                    LOCAL_DATE,
                    HOUR_START,
                    DAY_START,
                    MOVED,
                    HAS_WEIGHT,
                    COALESCE,
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
        boolean isHalfADate = this == DATE && arguments == 2;
        return least <= arguments && arguments <= most && !isHalfADate;
    }

    /** How many arguments it takes, in words. */
    public String arguments() {
        if (this == DATE) {
            return "1 or 3 arguments";
        }
        if (least == most) {
            return least == 1 ? "1 argument" : "%d arguments".formatted(least);
        }
        return "%d %s %d arguments".formatted(least, most == least + 1 ? "or" : "to", most);
    }

    public static Optional<Function> named(String word) {
        return written().filter(function -> function.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return written().map(Function::word).toList();
    }

    /** Those that are names only in quotes. */
    static List<String> reservedWords() {
        return written()
                .filter(function -> !NAMES_ELSEWHERE.contains(function))
                .map(Function::word)
                .toList();
    }

    private static Stream<Function> written() {
        return Arrays.stream(values()).filter(function -> function.most > NOT_WRITTEN);
    }
}
