package dev.cairn.domain.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** Weeks that begin on another day than Monday. */
public record Weeks(DayOfWeek begins) implements Periods {
    /** The weeks that begin on a day. */
    public static Periods beginning(DayOfWeek day) {
        return day == DayOfWeek.MONDAY ? Grain.WEEK : new Weeks(day);
    }

    /** How many days before the weeks of the language, which begin on Mondays, these begin. */
    public int days() {
        return 8 - begins.getValue();
    }

    @Override
    public LocalDate floor(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(begins));
    }

    @Override
    public LocalDate plus(LocalDate start, long count) {
        return start.plusWeeks(count);
    }

    @Override
    public long between(LocalDate start, LocalDate end) {
        return start.until(end, ChronoUnit.WEEKS);
    }

    @Override
    public Grain length() {
        return Grain.WEEK;
    }

    @Override
    public String text() {
        return Grain.WEEK.text();
    }

    @Override
    public Optional<String> name(LocalDate start) {
        return Optional.empty();
    }
}
