package dev.cairn.domain.formula;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads what stands after an {@code @}: a date, or an instant with its offset; what is finer than a microsecond is cut off, as in imports. */
final class InstantText {
    static final String FORM = "write @2026-01-31 or @2026-01-31T10:00Z";
    static final LocalDate ANY = LocalDate.of(2000, 1, 1);

    private static final Pattern PATTERN =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})(?:T(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(Z|[+-]\\d{2}:\\d{2})?)?");

    private InstantText() {}

    sealed interface Read {
        record Date(LocalDate value) implements Read {}

        record Point(Instant value) implements Read {}

        record Wrong(String message) implements Read {}
    }

    /** Where the well-formed part that begins at {@code from} ends; {@code from} itself where there is none. */
    static int endOf(String text, int from) {
        var matcher = PATTERN.matcher(text).region(from, text.length());
        return matcher.lookingAt() ? matcher.end() : from;
    }

    static Read read(String written) {
        var matcher = PATTERN.matcher(written);
        if (!matcher.matches()) {
            return new Read.Wrong("'@%s' is no date or time: %s.".formatted(written, FORM));
        }
        try {
            return read(matcher.toMatchResult());
        } catch (DateTimeException nonexistent) {
            return new Read.Wrong("There is no '%s' in the calendar.".formatted(written));
        }
    }

    private static Read read(MatchResult parts) {
        var date = LocalDate.parse(parts.group(1));
        if (date.getYear() < 1) {
            return new Read.Wrong("Years begin with 0001.");
        }
        var time = parts.group(2);
        if (time == null) {
            return new Read.Date(date);
        }
        var offset = parts.group(3);
        if (offset == null) {
            return new Read.Wrong(
                    "A time needs its offset: write @%sT%sZ or end it in one such as +01:00."
                            .formatted(date, time));
        }
        var instant =
                LocalTime.parse(time)
                        .truncatedTo(ChronoUnit.MICROS)
                        .atDate(date)
                        .toInstant(ZoneOffset.of(offset));
        var year = instant.atOffset(ZoneOffset.UTC).getYear();
        return year < 1 || year > 9999
                ? new Read.Wrong("Years go from 0001 to 9999.")
                : new Read.Point(instant);
    }
}
