package dev.cairn.domain.time;

import java.util.Locale;

/** A part of local time, to group by: all Mondays together. */
public enum DatePart {
    /** 0 to 23. */
    HOUR_OF_DAY,
    /** 1 (Monday) to 7 (Sunday). */
    WEEKDAY,
    /** 1 to 31. */
    DAY_OF_MONTH,
    /** 1 to 366. */
    DAY_OF_YEAR,
    /** 1 to 12. */
    MONTH_OF_YEAR,
    /** 1 to 4. */
    QUARTER_OF_YEAR,
    /** The year as it is written. */
    CALENDAR_YEAR;

    /** As a dimension is written: {@code hour_of_day}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
