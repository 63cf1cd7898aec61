package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.calibration.CalibrationQuery.Grid;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is asked about scores, and keeps what is wrong with it. */
public final class ScoreText {
    private static final Map<String, String> OPTIONS =
            Map.ofEntries(
                    Map.entry("score", "SCORE"),
                    Map.entry("outcome", "--outcome"),
                    Map.entry("dates", "--date"),
                    Map.entry("days", "--days"),
                    Map.entry("from", "--due"),
                    Map.entry("until", "--due"),
                    Map.entry("every", "--every"),
                    Map.entry("thresholds", "--threshold"),
                    Map.entry("timeZone", "--zone"),
                    Map.entry("asOf", "--as-of"),
                    Map.entry("rows", "--contracts"),
                    Map.entry("due", "--due-field"),
                    Map.entry("decidedOn", "--decided-field"));

    private final List<Problem> problems = new ArrayList<>();

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public ZoneId zone(String text) {
        return QuestionText.zone(text, problems);
    }

    public @Nullable Instant instant(@Nullable String text, ZoneId zone) {
        return QuestionText.instant(text, "asOf", zone, problems);
    }

    /** Some day, with a problem, where it is none. */
    public LocalDate day(String text, String part) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of(part),
                            "'%s' is not a day: write one such as 2026-01-31.",
                            text));
            return LocalDate.EPOCH;
        }
    }

    /** From and until, as {@code 2026-01-01/2026-07-01}. */
    public LocalDate[] days(@Nullable String text, String part) {
        var ends = text == null ? new String[0] : text.split("/", -1);
        if (ends.length != 2) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of(part),
                            "'%s' is not from a day until another: write 2026-01-01/2026-07-01, the last day being out.",
                            text == null ? "" : text));
            return new LocalDate[] {LocalDate.EPOCH, LocalDate.EPOCH.plusDays(1)};
        }
        return new LocalDate[] {day(ends[0], part), day(ends[1], part)};
    }

    public Grid grid(String text) {
        try {
            return Grid.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("every"),
                            "Scores are read every day, week or month, not '%s'.",
                            text));
            return Grid.WEEK;
        }
    }

    /** The same problem, at the option that was typed. */
    public static Problem typed(Problem problem) {
        var place = problem.place();
        if (place.path().isEmpty()) {
            return problem;
        }
        var part = place.path().getLast();
        var option =
                place.path().equals(List.of("within", "days"))
                        ? "--within"
                        : place.path().equals(List.of("success", "key"))
                                ? "--success"
                                : OPTIONS.getOrDefault(part, "--" + part);
        return problem.in(Place.of(option).at(place.line(), place.column()));
    }
}
