package dev.cairn.domain.question;

import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time range: a period ({@code 2026}, {@code 2026-H1}, {@code 2026-Q1}, {@code 2026-03}, {@code 2026-W09}, {@code 2026-03-15}), all from one
 * period to another, which is in ({@code 2026-01..2026-06}) or out ({@code 2026-01..<2026-07}), from an instant to another, which is out
 * ({@code 2026-01-05T10:30Z..<2026-01-05T12:00Z}), or {@code last 6 months}.
 */
final class RangeText {
    static final Place PLACE = Place.of("timeRange");

    private static final Pattern PERIOD =
            Pattern.compile(
                    "(?<year>\\d{4})(?:-(?:H(?<half>[12])|Q(?<quarter>[1-4])|W(?<week>\\d{2})|(?<month>\\d{2})(?:-(?<day>\\d{2}))?))?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST =
            Pattern.compile(
                    "last(?:\\s+(?<count>\\d{1,9}))?\\s+(?<grain>" + GrainText.PATTERN + ")",
                    Pattern.CASE_INSENSITIVE);
    private static final String FORMS =
            "write 2026, 2026-H1, 2026-Q1, 2026-03, 2026-W09 or 2026-03-15, two of them with .. between (both are in) or ..< (the second is out), two instants with ..< between, or last 6 months";

    private final String text;
    private final Place place;
    private final Consumer<Problem> problems;

    private RangeText(String text, Place place, Consumer<Problem> problems) {
        this.text = text;
        this.place = place;
        this.problems = problems;
    }

    /** Empty where it cannot be read; the problem says why. */
    static Optional<AskedRange> read(String text, Consumer<Problem> problems) {
        return read(text, PLACE, problems);
    }

    /** The same, of another part of a question. */
    static Optional<AskedRange> read(String text, Place place, Consumer<Problem> problems) {
        return new RangeText(text, place, problems).range();
    }

    /** First day, in, and last, out. */
    private record Period(LocalDate from, LocalDate to) {}

    private Optional<AskedRange> range() {
        var last = LAST.matcher(text.strip());
        if (last.matches()) {
            int count = last.group("count") == null ? 1 : Integer.parseInt(last.group("count"));
            return grain(last.group("grain")).map(grain -> new AskedRange.Last(count, grain));
        }
        int dots = text.indexOf("..");
        if (dots < 0) {
            return period(0, text.length())
                    .map(period -> new AskedRange.Between(period.from(), period.to()));
        }
        boolean isOut = text.startsWith("<", dots + 2);
        if (text.indexOf('T') >= 0) {
            return isOut ? between(dots) : endsWithAnInstant(dots);
        }
        var from = period(0, dots);
        var to = period(dots + (isOut ? 3 : 2), text.length());
        return from.isPresent() && to.isPresent()
                ? Optional.of(
                        new AskedRange.Between(
                                from.get().from(), isOut ? to.get().from() : to.get().to()))
                : Optional.empty();
    }

    private Optional<AskedRange> between(int dots) {
        var from = instant(0, dots);
        var to = instant(dots + 3, text.length());
        return from.isPresent() && to.isPresent()
                ? Optional.of(new AskedRange.BetweenInstants(from.get(), to.get()))
                : Optional.empty();
    }

    /** Whether the second instant itself is meant nobody can say. */
    private Optional<AskedRange> endsWithAnInstant(int dots) {
        problems.accept(
                problem(
                        dots,
                        "A range between instants ends before the second: write ..<, as 2026-01-05T10:30Z..<2026-01-05T12:00Z."));
        return Optional.empty();
    }

    private Optional<Instant> instant(int start, int end) {
        var written = text.substring(start, end).strip();
        try {
            return Optional.of(OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException unreadable) {
            problems.accept(
                    problem(
                            start,
                            "'%s' is not an instant: write one with its offset, as 2026-01-05T10:30Z or 2026-01-05T10:30+01:00."
                                    .formatted(written)));
            return Optional.empty();
        }
    }

    private Optional<AskedGrain> grain(String word) {
        var found = GrainText.read(word);
        if (found.isEmpty()) {
            var words = GrainText.plurals();
            problems.accept(
                    problem(
                                    text.lastIndexOf(word),
                                    "'%s' is not a unit of time: %s."
                                            .formatted(word, String.join(", ", words)))
                            .suggesting(NearestNames.nearest(word, words)));
        }
        return found;
    }

    private Optional<Period> period(int start, int end) {
        var written = text.substring(start, end).strip();
        var parts = PERIOD.matcher(written);
        if (!parts.matches()) {
            problems.accept(
                    problem(start, "'%s' is not a time range: %s.".formatted(written, FORMS)));
            return Optional.empty();
        }
        try {
            return Optional.of(period(parts));
        } catch (DateTimeException nonexistent) {
            problems.accept(
                    problem(start, "'%s' does not exist in the calendar.".formatted(written)));
            return Optional.empty();
        }
    }

    private static Period period(Matcher parts) {
        int year = Integer.parseInt(parts.group("year"));
        if (parts.group("half") != null) {
            return months(LocalDate.of(year, 6 * number(parts, "half") - 5, 1), 6);
        }
        if (parts.group("quarter") != null) {
            return months(LocalDate.of(year, 3 * number(parts, "quarter") - 2, 1), 3);
        }
        if (parts.group("week") != null) {
            var monday =
                    LocalDate.parse(
                            parts.group().toUpperCase(Locale.ROOT) + "-1",
                            DateTimeFormatter.ISO_WEEK_DATE);
            return new Period(monday, monday.plusWeeks(1));
        }
        if (parts.group("day") != null) {
            var day = LocalDate.of(year, number(parts, "month"), number(parts, "day"));
            return new Period(day, day.plusDays(1));
        }
        return parts.group("month") == null
                ? months(LocalDate.of(year, 1, 1), 12)
                : months(LocalDate.of(year, number(parts, "month"), 1), 1);
    }

    private static int number(Matcher parts, String group) {
        return Integer.parseInt(parts.group(group));
    }

    private static Period months(LocalDate from, int count) {
        return new Period(from, from.plusMonths(count));
    }

    private Problem problem(int offset, String message) {
        int column = text.codePointCount(0, Math.max(0, offset)) + 1;
        return new Problem(ProblemCode.BAD_RANGE, message, place.at(1, column), List.of());
    }
}
