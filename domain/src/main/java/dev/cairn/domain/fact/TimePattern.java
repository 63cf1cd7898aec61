package dev.cairn.domain.fact;

import dev.cairn.domain.model.DataType;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A form as a pattern of java.time: {@code dd/MM/yyyy}, {@code d-MMM-yy}, {@code yyyy-MM-dd h:mm a}. One letter stands for one or two
 * digits, two for two, and the text must fit wholly and be a day and a time that exist. A literal {@code 'UTC'}, {@code 'GMT'} or
 * {@code 'Z'} says that the time is of UTC.
 *
 * @param formatters one per way in which names of months are written; mostly one
 */
record TimePattern(
        String text, List<DateTimeFormatter> formatters, Set<Character> letters, boolean ofUtc)
        implements TimeForm {
    private static final String KNOWN = "yuMLdEHhmsSaXxZV";
    private static final int NEW_CENTURY = 1900;
    private static final Set<String> UTC = Set.of("UTC", "GMT", "Z");

    TimePattern {
        formatters = List.copyOf(formatters);
        letters = Set.copyOf(letters);
    }

    static TimePattern of(String text, Locale locale, @Nullable Integer pivot) {
        var parts = parts(text);
        var letters = new LinkedHashSet<Character>();
        boolean ofUtc = false;
        int depth = 0;
        for (var part : parts) {
            switch (part) {
                case Part(var literal, var isLiteral) when isLiteral -> {
                    if (saysUtc(literal) && depth > 0) {
                        throw new IllegalArgumentException(
                                "'%s' stands in brackets, and times without it would be of UTC too: write two formats, one with it and one without"
                                        .formatted(literal));
                    }
                    ofUtc |= saysUtc(literal);
                }
                case Part(var sign, _) when sign.equals("[") -> depth++;
                case Part(var sign, _) when sign.equals("]") -> depth--;
                case Part(var run, _) -> letters.add(run.charAt(0));
            }
            if (depth < 0) {
                throw new IllegalArgumentException("a ']' has no '[' before it");
            }
        }
        check(text, letters);
        var formatters = new LinkedHashSet<Map<Long, String>>();
        formatters.add(Map.of());
        if (parts.stream().anyMatch(TimePattern::isMonthName)) {
            formatters.clear();
            boolean whole =
                    parts.stream().anyMatch(part -> part.text().length() == 4 && isMonthName(part));
            formatters.addAll(monthNames(locale, whole));
        }
        var built = new ArrayList<DateTimeFormatter>();
        for (var months : formatters) {
            built.add(formatter(parts, letters, months, locale, pivot));
        }
        return new TimePattern(text, built, letters, ofUtc);
    }

    /** A run of one letter, or text that stands as it is. */
    private record Part(String text, boolean literal) {}

    private static List<Part> parts(String text) {
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                end = text.indexOf('\'', at + 1) + 1;
                if (end == 0) {
                    throw new IllegalArgumentException("a quote is not closed");
                }
                parts.add(new Part(end == at + 2 ? "'" : text.substring(at + 1, end - 1), true));
            } else if (isLetter(c)) {
                while (end < text.length() && text.charAt(end) == c) {
                    end++;
                }
                parts.add(new Part(text.substring(at, end), false));
            } else {
                parts.add(new Part(String.valueOf(c), c != '[' && c != ']'));
            }
            at = end;
        }
        return parts;
    }

    private static boolean saysUtc(String literal) {
        return UTC.contains(literal.replaceAll("[\\s()]", ""));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isMonthName(Part part) {
        return !part.literal()
                && part.text().length() > 2
                && "ML".indexOf(part.text().charAt(0)) >= 0;
    }

    private static void check(String text, Set<Character> letters) {
        for (char letter : letters) {
            if (KNOWN.indexOf(letter) < 0) {
                throw new IllegalArgumentException(
                        "the letter '%s' is none of %s; other letters stand in quotes, as 'UTC' does"
                                .formatted(letter, KNOWN));
            }
        }
        boolean date =
                (letters.contains('y') || letters.contains('u'))
                        && (letters.contains('M') || letters.contains('L'))
                        && letters.contains('d');
        if (!date) {
            throw new IllegalArgumentException(
                    "'%s' is not a whole date: it needs a year, a month and a day, as dd/MM/yyyy has, or is one of epoch seconds, epoch millis, excel"
                            .formatted(text));
        }
        if (letters.contains('h') != letters.contains('a')) {
            throw new IllegalArgumentException(
                    "h, hours to 12, and a, for AM or PM, stand together; hours to 23 are H");
        }
        if (letters.contains('h') && letters.contains('H')) {
            throw new IllegalArgumentException("hours stand in it twice, as h and as H");
        }
        boolean hour = letters.contains('h') || letters.contains('H');
        if ((letters.contains('m') || letters.contains('s') || letters.contains('S')) && !hour) {
            throw new IllegalArgumentException(
                    "minutes or seconds without hours (m is minutes, M months)");
        }
    }

    private static Set<Map<Long, String>> monthNames(Locale locale, boolean whole) {
        var styles =
                whole
                        ? List.of(TextStyle.FULL, TextStyle.FULL_STANDALONE)
                        : List.of(TextStyle.SHORT, TextStyle.SHORT_STANDALONE);
        var names = new LinkedHashSet<Map<Long, String>>();
        for (var style : styles) {
            var plain = new HashMap<Long, String>();
            var undotted = new HashMap<Long, String>();
            for (var month : Month.values()) {
                var name = month.getDisplayName(style, locale);
                plain.put((long) month.getValue(), name);
                undotted.put((long) month.getValue(), name.replace(".", ""));
            }
            names.add(plain);
            names.add(undotted);
        }
        return names;
    }

    private static DateTimeFormatter formatter(
            List<Part> parts,
            Set<Character> letters,
            Map<Long, String> months,
            Locale locale,
            @Nullable Integer pivot) {
        var builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        for (var part : parts) {
            append(builder, part, months, pivot);
        }
        boolean hour = letters.contains('h') || letters.contains('H');
        if (hour && !letters.contains('m')) {
            builder.parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0);
        }
        if (hour && !letters.contains('s')) {
            builder.parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0);
        }
        return builder.toFormatter(locale).withResolverStyle(ResolverStyle.STRICT);
    }

    private static void append(
            DateTimeFormatterBuilder builder,
            Part part,
            Map<Long, String> months,
            @Nullable Integer pivot) {
        if (part.literal()) {
            builder.appendLiteral(part.text());
            return;
        }
        int count = part.text().length();
        switch (part.text().charAt(0)) {
            case '[' -> builder.optionalStart();
            case ']' -> builder.optionalEnd();
            case 'y', 'u' -> year(builder, count, pivot);
            case 'M', 'L' -> {
                if (count > 2) {
                    builder.appendText(ChronoField.MONTH_OF_YEAR, months);
                } else {
                    digits(builder, ChronoField.MONTH_OF_YEAR, count);
                }
            }
            case 'd' -> digits(builder, ChronoField.DAY_OF_MONTH, count);
            case 'H' -> digits(builder, ChronoField.HOUR_OF_DAY, count);
            case 'h' -> digits(builder, ChronoField.CLOCK_HOUR_OF_AMPM, count);
            case 'm' -> digits(builder, ChronoField.MINUTE_OF_HOUR, count);
            case 's' -> digits(builder, ChronoField.SECOND_OF_MINUTE, count);
            case 'S' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, count, count, false);
            default -> builder.appendPattern(part.text());
        }
    }

    private static void year(DateTimeFormatterBuilder builder, int count, @Nullable Integer pivot) {
        if (count == 4) {
            builder.appendValue(ChronoField.YEAR, 4);
        } else if (count == 2 && pivot != null) {
            builder.appendValueReduced(ChronoField.YEAR, 2, 2, NEW_CENTURY + pivot);
        } else if (count == 2) {
            throw new IllegalArgumentException(
                    "years of two digits need a pivot: with pivot: 70 they are 1970 to 2069");
        } else {
            throw new IllegalArgumentException("a year is yyyy, or yy with a pivot");
        }
    }

    private static void digits(DateTimeFormatterBuilder builder, ChronoField field, int count) {
        if (count == 1) {
            builder.appendValue(field, 1, 2, SignStyle.NOT_NEGATIVE);
        } else {
            builder.appendValue(field, count);
        }
    }

    private boolean hasTime() {
        return letters.contains('H') || letters.contains('h');
    }

    private boolean hasZone() {
        return ofUtc || "XxZV".chars().anyMatch(letter -> letters.contains((char) letter));
    }

    @Override
    public @Nullable String refusal(DataType type) {
        if (type == DataType.TIMESTAMP) {
            return hasTime()
                    ? null
                    : "'%s' has no time of day: the field is a date".formatted(text);
        }
        return hasTime() && hasZone()
                ? "'%s' is an instant, whose day depends on the zone: the field is a timestamp"
                        .formatted(text)
                : null;
    }

    @Override
    public Reading read(String written, DataType type, ZoneId zone) {
        var plain = Blanks.plain(written);
        boolean form = false;
        for (var formatter : formatters) {
            var at = new ParsePosition(0);
            var unresolved = formatter.parseUnresolved(plain, at);
            if (unresolved == null || at.getErrorIndex() >= 0 || at.getIndex() < plain.length()) {
                continue;
            }
            form = true;
            try {
                return value(formatter.parse(plain), type, zone);
            } catch (DateTimeException _) {
                // Of the form, and no day or no time of day: the next formatter differs in names of
                // months only.
            }
        }
        return new Reading.Wrong(
                form ? "there is no such day or time" : "not of the format %s".formatted(text));
    }

    private Reading value(TemporalAccessor parsed, DataType type, ZoneId zone) {
        var date = parsed.query(TemporalQueries.localDate());
        if (date == null || date.getYear() < 1) {
            return new Reading.Wrong("there is no such day");
        }
        if (type == DataType.DATE) {
            return new Reading.Value(date);
        }
        var time = parsed.query(TemporalQueries.localTime());
        return TimestampText.ofInstant(
                instant(date, time == null ? LocalTime.MIDNIGHT : time, parsed, zone));
    }

    private Instant instant(LocalDate date, LocalTime time, TemporalAccessor parsed, ZoneId zone) {
        var written = parsed.query(TemporalQueries.zone());
        ZoneId of = ofUtc ? ZoneOffset.UTC : zone;
        return date.atTime(time.truncatedTo(ChronoUnit.MICROS))
                .atZone(written == null ? of : written)
                .toInstant();
    }

    @Override
    public String write(LocalDateTime time) {
        return formatters.getFirst().format(time.atZone(ZoneOffset.UTC));
    }
}
