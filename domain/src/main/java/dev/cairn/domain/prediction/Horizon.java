package dev.cairn.domain.prediction;

import dev.cairn.domain.time.Grain;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How far ahead is predicted: {@code 39 weeks}, by the calendar. */
public record Horizon(int count, Grain unit) {
    private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,6})\\s*([a-z]+?)s?\\s*");

    /** Where nobody says how far. */
    public static final Horizon A_YEAR = new Horizon(1, Grain.YEAR);

    /** Empty where the text is no number of hours, days, weeks, months, quarters or years. */
    public static Optional<Horizon> parse(String text) {
        var read = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!read.matches()) {
            return Optional.empty();
        }
        return Arrays.stream(Grain.values())
                .filter(unit -> unit.name().toLowerCase(Locale.ROOT).equals(read.group(2)))
                .map(unit -> new Horizon(Integer.parseInt(read.group(1)), unit))
                .findFirst();
    }

    /**
     * The first day after it.
     *
     * @throws java.time.DateTimeException beyond all calendars
     */
    public LocalDate from(LocalDate day) {
        return unit.plus(day, count);
    }
}
