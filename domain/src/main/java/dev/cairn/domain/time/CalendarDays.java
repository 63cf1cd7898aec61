package dev.cairn.domain.time;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The days of a calendar, as its rows say what period each is in. */
public sealed interface CalendarDays {
    /**
     * A row.
     *
     * @param values what is said of the day, in the order of the calendar's periods; null: nothing is said
     */
    record Day(LocalDate on, List<@Nullable String> values) {
        public Day {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }

    /** What the calendar is cut into. */
    record Known(List<RowPeriods> periods) implements CalendarDays {
        public Known {
            periods = List.copyOf(periods);
        }

        public Optional<RowPeriods> periods(String of) {
            return periods.stream().filter(found -> found.of().equals(of)).findFirst();
        }
    }

    /**
     * It is cut into nothing.
     *
     * @param why a sentence
     */
    record Broken(String why) implements CalendarDays {}

    /**
     * A period is an unbroken run of days of one value.
     *
     * @param periods their names, in the order of the values of a day
     */
    static CalendarDays of(String calendar, List<String> periods, List<Day> rows) {
        if (rows.isEmpty()) {
            return new Broken("it has no days; import the rows of its source");
        }
        var days = rows.stream().sorted(Comparator.comparing(Day::on)).toList();
        for (int at = 1; at < days.size(); at++) {
            var before = days.get(at - 1).on();
            var on = days.get(at).on();
            if (on.equals(before)) {
                return new Broken("it has several rows of %s".formatted(on));
            }
            if (!on.equals(before.plusDays(1))) {
                return new Broken(
                        "there is no row of %s, which is between %s and %s"
                                .formatted(
                                        before.plusDays(1),
                                        days.getFirst().on(),
                                        days.getLast().on()));
            }
        }
        var found = new ArrayList<RowPeriods>();
        for (int period = 0; period < periods.size(); period++) {
            switch (runs(calendar, periods.get(period), days, period)) {
                case Known(var runs) -> found.addAll(runs);
                case Broken broken -> {
                    return broken;
                }
            }
        }
        return new Known(found);
    }

    private static CalendarDays runs(String calendar, String of, List<Day> days, int period) {
        var starts = new ArrayList<LocalDate>();
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        for (var day : days) {
            var value = day.values().get(period);
            if (value == null) {
                return new Broken("the row of %s does not say its '%s'".formatted(day.on(), of));
            }
            if (names.isEmpty() || !Objects.equals(names.getLast(), value)) {
                if (!seen.add(value)) {
                    return new Broken(
                            "'%s' comes back as a '%s' on %s, after another; a period is an unbroken run of days of one value, so name the fields that tell the two apart"
                                    .formatted(value, of, day.on()));
                }
                starts.add(day.on());
                names.add(value);
            }
        }
        return new Known(
                List.of(
                        new RowPeriods(
                                calendar, of, starts, names, days.getLast().on().plusDays(1))));
    }
}
