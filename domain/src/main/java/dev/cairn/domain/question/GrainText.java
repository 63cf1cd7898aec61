package dev.cairn.domain.question;

import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads grains: {@code month}, {@code months}, {@code fiscal.quarter}. */
final class GrainText {
    /** As they stand in other texts. */
    static final String PATTERN = "\\p{Alpha}\\w*(?:\\.\\w+)?";

    private static final Pattern OF_CALENDAR =
            Pattern.compile("(?<calendar>[a-z]\\w*)\\.(?<period>[a-z]\\w*)");

    private GrainText() {}

    /** Empty where it is none. */
    static Optional<AskedGrain> read(String text) {
        var wanted = text.toLowerCase(Locale.ROOT);
        var ofCalendar = OF_CALENDAR.matcher(wanted);
        if (ofCalendar.matches()) {
            return Optional.of(
                    new CalendarGrain(ofCalendar.group("calendar"), ofCalendar.group("period")));
        }
        return Arrays.stream(Grain.values())
                .filter(grain -> grain.text().equals(wanted) || plural(grain).equals(wanted))
                .findFirst()
                .map(AskedGrain.class::cast);
    }

    static List<String> words() {
        return Arrays.stream(Grain.values()).map(Grain::text).toList();
    }

    static List<String> plurals() {
        return Arrays.stream(Grain.values()).map(GrainText::plural).toList();
    }

    private static String plural(Grain grain) {
        return grain.text() + "s";
    }
}
