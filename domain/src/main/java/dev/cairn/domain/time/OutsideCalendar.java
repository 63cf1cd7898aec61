package dev.cairn.domain.time;

import java.time.LocalDate;

/** A question needs a day that a calendar of one row a day does not have. */
public final class OutsideCalendar extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    OutsideCalendar(RowPeriods periods, LocalDate date) {
        this(
                periods.starts().isEmpty()
                        ? "It is not known yet which days the calendar '%s' has; this question needs %s."
                                .formatted(periods.calendar(), date)
                        : "The calendar '%s' has the days from %s to %s; this question needs %s too."
                                .formatted(
                                        periods.calendar(),
                                        periods.starts().getFirst(),
                                        periods.until().minusDays(1),
                                        date));
    }

    private OutsideCalendar(String why) {
        super(why);
        this.why = why;
    }

    /** A sentence. */
    public String why() {
        return why;
    }
}
