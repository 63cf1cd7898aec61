package dev.cairn.adapters.graphql.analysis;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.CalendarGrain;
import dev.cairn.domain.time.Grain;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A grain of the language or, as text, of a calendar: at most one of the two. */
final class GrainInput {
    private static final Pattern OF_CALENDAR = Pattern.compile("([a-z]\\w*)\\.([a-z]\\w*)");

    private GrainInput() {}

    /**
     * Null where neither is given.
     *
     * @param place of the input that has both
     */
    static @Nullable AskedGrain read(
            @Nullable Grain grain, @Nullable String ofCalendar, Place place) {
        if (ofCalendar == null) {
            return grain;
        }
        var written = OF_CALENDAR.matcher(ofCalendar);
        if (grain != null) {
            throw rejected(
                    ProblemCode.CONFLICT,
                    place,
                    "Time is cut by 'grain' or by 'calendarGrain', not by both.");
        }
        if (!written.matches()) {
            throw rejected(
                    ProblemCode.BAD_VALUE,
                    place,
                    "'%s' is no grain of a calendar: write one such as fiscal.quarter.",
                    ofCalendar);
        }
        return new CalendarGrain(written.group(1), written.group(2));
    }

    /** The same, where one is needed. */
    static AskedGrain required(@Nullable Grain grain, @Nullable String ofCalendar, Place place) {
        var read = read(grain, ofCalendar, place);
        if (read == null) {
            throw rejected(ProblemCode.MISSING, place, "Of what: give 'grain' or 'calendarGrain'.");
        }
        return read;
    }

    private static RejectedException rejected(
            ProblemCode code, Place place, String message, Object... arguments) {
        return new RejectedException(
                ErrorCode.BAD_QUERY,
                List.of(Problem.of(code, place.then("calendarGrain"), message, arguments)));
    }
}
