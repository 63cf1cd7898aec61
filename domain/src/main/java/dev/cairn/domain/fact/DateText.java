package dev.cairn.domain.fact;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Reads dates: {@code 2026-01-31}, of the years 1 to 9999, and only days that exist. */
final class DateText {
    static final int LENGTH = 10;

    private DateText() {}

    static Reading read(String text) {
        if (text.length() != LENGTH || !hasForm(text)) {
            return new Reading.Wrong("not a date (2026-01-31); another form is declared by format");
        }
        var date = dateOf(text);
        return date == null ? new Reading.Wrong("there is no such day") : new Reading.Value(date);
    }

    /** Whether it begins as a date is written, existing or not. */
    static boolean hasForm(String text) {
        if (text.length() < LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (i != 4 && i != 7 && !isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The date that the text begins with; null where there is no such day. */
    static @Nullable LocalDate dateOf(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        if (year < 1 || month < 1 || month > 12 || day < 1) {
            return null;
        }
        var ofMonth = YearMonth.of(year, month);
        return ofMonth.isValidDay(day) ? ofMonth.atDay(day) : null;
    }

    static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
