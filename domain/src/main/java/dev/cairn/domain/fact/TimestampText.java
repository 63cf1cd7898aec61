package dev.cairn.domain.fact;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads instants: a date, {@code T} or a blank, hours and minutes, then seconds and their fraction where there are any, then {@code Z}, {@code UTC}
 * or an offset where there is one: {@code 2026-01-31 08:26}, {@code 2026-01-31T08:26:00.5+02:00}. What is finer than a microsecond is cut off.
 *
 * <p>Without an offset it is local time of the zone. A local time that occurs twice, where clocks are put back, is the first of the two;
 * one that is skipped, where they are put forward, is taken by the offset before the change and so comes out later by the gap.
 */
final class TimestampText {
    private static final Pattern TIME =
            Pattern.compile(
                    "([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
                            + " ?(?:([Zz]|UTC)|([+-])([0-9]{2})(?::?([0-9]{2}))?)?");
    private static final String NOT_ONE =
            "not a timestamp (2026-01-31 08:26:00); another form is declared by format";
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    static final Reading BEYOND = new Reading.Wrong("beyond the years 1 to 9999");
    private static final int NANOS_OF_MICRO = 1000;

    private TimestampText() {}

    static Reading read(String text, ZoneId zone) {
        if (!DateText.hasForm(text)) {
            return new Reading.Wrong(NOT_ONE);
        }
        if (text.length() == DateText.LENGTH) {
            return new Reading.Wrong("a date without a time of day");
        }
        char between = text.charAt(DateText.LENGTH);
        var time = TIME.matcher(text).region(DateText.LENGTH + 1, text.length());
        if ((between != 'T' && between != 't' && between != ' ') || !time.matches()) {
            return new Reading.Wrong(NOT_ONE);
        }
        var date = DateText.dateOf(text);
        if (date == null) {
            return new Reading.Wrong("there is no such day");
        }
        int hours = number(time, 1);
        int minutes = number(time, 2);
        int seconds = number(time, 3);
        if (hours > 23 || minutes > 59 || seconds > 59) {
            return new Reading.Wrong("there is no such time of day");
        }
        var local = date.atTime(LocalTime.of(hours, minutes, seconds, nanos(time.group(4))));
        if (time.group(5) != null) {
            return ofInstant(local.toInstant(ZoneOffset.UTC));
        }
        return time.group(6) == null
                ? ofInstant(local.atZone(zone).toInstant())
                : withOffset(local, time);
    }

    private static Reading withOffset(LocalDateTime local, Matcher time) {
        int hours = number(time, 7);
        int minutes = number(time, 8);
        if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0)) {
            return new Reading.Wrong("an offset is at most 18 hours");
        }
        int seconds = (hours * 60 + minutes) * 60;
        boolean west = "-".equals(time.group(6));
        return ofInstant(local.toInstant(ZoneOffset.ofTotalSeconds(west ? -seconds : seconds)));
    }

    /** The number of a group; 0 where it is not there. */
    private static int number(Matcher time, int group) {
        var digits = time.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanos(@Nullable String fraction) {
        if (fraction == null) {
            return 0;
        }
        int nanos = Integer.parseInt((fraction + "00000000").substring(0, 9));
        return nanos / NANOS_OF_MICRO * NANOS_OF_MICRO;
    }

    static Reading ofInstant(Instant instant) {
        return instant.isBefore(FIRST) || !instant.isBefore(END)
                ? BEYOND
                : new Reading.Value(instant);
    }
}
