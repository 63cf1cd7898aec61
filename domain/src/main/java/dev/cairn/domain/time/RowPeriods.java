package dev.cairn.domain.time;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Periods of a calendar of one row a day, which follow each other without a gap and are of any length.
 *
 * @param starts the first date of each, in order; none where it is not known which days there are
 * @param names what people call each
 * @param until the first date after the last of them
 */
public record RowPeriods(
        String calendar, String of, List<LocalDate> starts, List<String> names, LocalDate until)
        implements Periods {
    public RowPeriods {
        starts = List.copyOf(starts);
        names = List.copyOf(names);
        if (starts.size() != names.size()) {
            throw new IllegalArgumentException("each period has a name");
        }
    }

    /** Where it is not known which days there are: nothing is asked yet. */
    public static RowPeriods unknown(String calendar, String of) {
        return new RowPeriods(calendar, of, List.of(), List.of(), LocalDate.EPOCH);
    }

    @Override
    public boolean has(LocalDate date) {
        return !starts.isEmpty() && !date.isBefore(starts.getFirst()) && date.isBefore(until);
    }

    @Override
    public boolean areEndless() {
        return false;
    }

    /** The date after the last period begins the next one, of which nothing else is known. */
    @Override
    public LocalDate floor(LocalDate date) {
        return startOf(index(date));
    }

    @Override
    public LocalDate plus(LocalDate start, long count) {
        return moved(start, count);
    }

    /** The same day of another period, or its last where it has no such day. */
    public LocalDate moved(LocalDate date, long count) {
        int from = index(date);
        int to = Math.toIntExact(Math.addExact(from, count));
        if (to < 0 || to > starts.size()) {
            throw new OutsideCalendar(
                    this,
                    date.plusDays(
                            ChronoUnit.DAYS.between(starts.getFirst(), until)
                                    / starts.size()
                                    * count));
        }
        long day = ChronoUnit.DAYS.between(startOf(from), date);
        var start = startOf(to);
        if (to == starts.size()) {
            if (day > 0) {
                throw new OutsideCalendar(this, start.plusDays(day));
            }
            return start;
        }
        long last = ChronoUnit.DAYS.between(start, startOf(to + 1)) - 1;
        return start.plusDays(Math.min(day, last));
    }

    /** The first date of one of them by its place; that after the last begins where they end. */
    public LocalDate beginning(int place) {
        return startOf(place);
    }

    @Override
    public long between(LocalDate start, LocalDate end) {
        return (long) index(end) - index(start);
    }

    @Override
    public long number(LocalDate date) {
        return index(date);
    }

    private int index(LocalDate date) {
        if (!has(date) && !(date.equals(until) && !starts.isEmpty())) {
            throw new OutsideCalendar(this, date);
        }
        if (date.equals(until)) {
            return starts.size();
        }
        int found = Collections.binarySearch(starts, date);
        return found >= 0 ? found : -found - 2;
    }

    private LocalDate startOf(int index) {
        return index == starts.size() ? until : starts.get(index);
    }

    /** The grain of the language whose length is nearest below. */
    @Override
    public Grain length() {
        if (starts.isEmpty()) {
            return Grain.MONTH;
        }
        long days = ChronoUnit.DAYS.between(starts.getFirst(), until) / starts.size();
        return days >= 300
                ? Grain.YEAR
                : days >= 80
                        ? Grain.QUARTER
                        : days >= 25 ? Grain.MONTH : days >= 7 ? Grain.WEEK : Grain.DAY;
    }

    @Override
    public String text() {
        return new CalendarGrain(calendar, of).text();
    }

    @Override
    public Optional<String> name(LocalDate start) {
        return Optional.of(start).filter(this::has).map(date -> names.get(index(date)));
    }
}
