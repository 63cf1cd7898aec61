package dev.cairn.application.port.out;

import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.time.CalendarDays;
import java.util.List;

/** Reads the rows of calendars of one row a day. */
public interface CalendarRows {
    /** Where there are none. */
    CalendarRows NONE =
            new CalendarRows() {
                @Override
                public long dataVersion(Source source, Calendar.Rows rows) {
                    return 0;
                }

                @Override
                public List<CalendarDays.Day> days(Source source, Calendar.Rows rows) {
                    return List.of();
                }
            };

    /**
     * Another number after every committed change of the rows.
     *
     * @param source whose rows they are, in a table of its own ({@link Calendar.Rows#mapped}) or not
     * @throws dev.cairn.application.port.TableChanged where a table takes too long
     */
    long dataVersion(Source source, Calendar.Rows rows);

    /** The rows in force, in any order: the value of a period is those of its fields, with a blank between two; null where one of them is empty. */
    List<CalendarDays.Day> days(Source source, Calendar.Rows rows);
}
