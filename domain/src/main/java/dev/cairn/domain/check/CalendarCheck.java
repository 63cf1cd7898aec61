package dev.cairn.domain.check;

import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.time.Month;
import java.util.List;

/** Checks when the year of a calendar begins. */
final class CalendarCheck {
    private CalendarCheck() {}

    /** @param place of the calendar */
    static List<Problem> of(Calendar calendar, Place place) {
        var part = place.then("year_begins");
        int month = calendar.beginsMonth();
        int day = calendar.beginsDay();
        if (month < 1 || month > 12 || day < 1 || day > Month.of(month).maxLength()) {
            return List.of(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            part,
                            "There is no month and day %02d-%02d; a year that begins in February has 02-01.",
                            month,
                            day));
        } else if (day > Calendar.LAST_DAY) {
            return List.of(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            part,
                            "A year begins on a day that each month has, from 1 to %d: its months begin on it too, and not each has a %d.",
                            Calendar.LAST_DAY,
                            day));
        }
        return List.of();
    }
}
