package dev.cairn.domain.question;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.analysis.AnalysisQuery.TopGroups;
import dev.cairn.domain.model.WrittenQuestion;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.AskedGrain;
import dev.cairn.domain.time.Grain;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question as it is written, and what was read from it.
 *
 * @param query what is asked; where there are problems, with a harmless stand-in for what could not be read, so that the rest can be checked
 * @param problems what could not be read, with places as {@code query} has them
 */
public record QuestionText(AnalysisQuery query, List<Problem> problems, WrittenQuestion written) {
    private static final Pattern ORDER =
            Pattern.compile(
                    "(?<column>.*?)(?:\\s+(?<way>asc|desc))?",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern TOP =
            Pattern.compile("(?<groups>[0-9]{1,6})(?:\\s+by\\s+(?<column>.+))?", Pattern.DOTALL);
    private static final AskedRange ANY_DAY =
            new AskedRange.Between(LocalDate.of(2000, 1, 1), LocalDate.of(2000, 1, 2));

    public QuestionText {
        problems = List.copyOf(problems);
    }

    /** Where a problem is, for people: in what was written behind which word, such as {@code week-starts}; empty for a metric. */
    public record Spot(String part, String text, int line, int column) {}

    public static QuestionText read(WrittenQuestion written) {
        var problems = new ArrayList<Problem>();
        var zone = zone(written.zone(), problems);
        var having = written.having() == null ? null : HavingText.read(written.having());
        if (having != null) {
            problems.addAll(having.problems());
        }
        var query =
                AnalysisQuery.of(
                                metrics(written),
                                RangeText.read(written.range(), problems::add).orElse(ANY_DAY),
                                zone)
                        .withGroupBy(written.by())
                        .withGrain(
                                written.grain() == null ? null : grain(written.grain(), problems))
                        .withWeekStarts(
                                written.weekStarts() == null
                                        ? null
                                        : day(written.weekStarts(), problems))
                        .withWhere(written.where())
                        .withCohort(cohort(written.cohort()))
                        .withCompareTo(
                                written.compareTo() == null
                                        ? null
                                        : ComparisonText.read(written.compareTo(), problems::add))
                        .withHaving(having == null ? null : having.filter())
                        .withAsOf(instant(written.asOf(), "asOf", zone, problems))
                        .withKnownAt(instant(written.knownAt(), "knownAt", zone, problems))
                        .withTotals(written.totals())
                        .withOrderBy(written.order().stream().map(QuestionText::order).toList())
                        .page(
                                written.first() == null ? AnalysisQuery.ROWS : written.first(),
                                written.after())
                        .withFillGaps(written.fill())
                        .withTop(
                                written.top() == null
                                        ? null
                                        : top(written.top(), written.other(), problems))
                        .withTargets(written.targets())
                        .withBaselines(written.baselines());
        return new QuestionText(query, problems, written);
    }

    /** A metric of the catalogue declares itself whether an empty count has a value. Where all are of the catalogue, the option is passed on all the same, so that it is rejected. */
    private static List<AskedMetric> metrics(WrittenQuestion written) {
        var metrics = written.metrics().stream().map(MetricText::read).toList();
        boolean allOfCatalog = metrics.stream().noneMatch(QuestionText::isFormula);
        return metrics.stream()
                .map(asked ->
                        written.emptyIsNone() && (allOfCatalog || isFormula(asked))
                                ? new AskedMetric(asked.metric(), asked.as(), true)
                                : asked)
                .toList();
    }

    private static boolean isFormula(AskedMetric asked) {
        return asked.metric() instanceof MetricReference.Inline;
    }

    private static @Nullable DayOfWeek day(String text, List<Problem> problems) {
        var days =
                Arrays.stream(DayOfWeek.values())
                        .map(day -> day.name().toLowerCase(Locale.ROOT))
                        .toList();
        int found = days.indexOf(text.toLowerCase(Locale.ROOT));
        if (found < 0) {
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    Place.of("weekStarts"),
                                    "'%s' is not a day of the week: write one such as sunday.",
                                    text)
                            .suggesting(NearestNames.nearest(text, days)));
            return null;
        }
        return DayOfWeek.of(found + 1);
    }

    /** A metric as it is written: its name, or a formula, with a name for its column before it or not. */
    public static AskedMetric metric(String text) {
        return MetricText.read(text);
    }

    public static ZoneId zone(String text, List<Problem> problems) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    Place.of("timeZone"),
                                    "'%s' is not a time zone: write one such as Europe/Paris.",
                                    text)
                            .suggesting(NearestNames.nearest(text, ZoneId.getAvailableZoneIds())));
            return ZoneOffset.UTC;
        }
    }

    private static AskedGrain grain(String text, List<Problem> problems) {
        var found = GrainText.read(text);
        if (found.isEmpty()) {
            var words = GrainText.words();
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    Place.of("grain"),
                                    "'%s' is not a grain: %s, or one of a calendar such as fiscal.quarter.",
                                    text,
                                    String.join(", ", words))
                            .suggesting(NearestNames.nearest(text, words)));
        }
        return found.orElse(Grain.YEAR);
    }

    /** A cohort by its name, else by its rule; null: none. */
    public static @Nullable CohortReference cohort(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return MetricText.isName(text)
                ? new CohortReference.ByKey(text)
                : new CohortReference.Rule(text);
    }

    private static OrderBy order(String text) {
        var parts = ORDER.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("any text is an order: " + text);
        }
        return new OrderBy(parts.group("column"), "desc".equalsIgnoreCase(parts.group("way")));
    }

    private static @Nullable TopGroups top(String text, boolean other, List<Problem> problems) {
        var parts = TOP.matcher(text);
        if (parts.matches()) {
            return new TopGroups(
                    Integer.parseInt(parts.group("groups")), parts.group("column"), other);
        }
        problems.add(
                Problem.of(
                        ProblemCode.BAD_VALUE,
                        Place.of("top"),
                        "'%s' is no number of groups: write 10, or 10 by revenue.",
                        text));
        return null;
    }

    public static @Nullable Instant instant(
            @Nullable String text, String part, ZoneId zone, List<Problem> problems) {
        if (text == null) {
            return null;
        }
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of(part),
                            "'%s' is not an instant: write 2026-01-31T10:00Z, or 2026-01-31 for the start of that day.",
                            text));
            return null;
        }
    }

    /** Where a problem is in what was written; empty where it is of none of the parts. */
    public Optional<Spot> spot(Problem problem) {
        var path = problem.place().path();
        return path.isEmpty() ? Optional.empty() : spot(path.getFirst(), problem.place());
    }

    /**
     * What could not be read, where it stands in a definition.
     *
     * @param definition its place
     */
    public List<Problem> inFile(Place definition) {
        return inFile(problems, definition);
    }

    /** Problems of the question, where they stand in its definition: parts have the words that they are written with in files. */
    public List<Problem> inFile(List<Problem> found, Place definition) {
        return found.stream().map(problem -> problem.in(inFile(problem, definition))).toList();
    }

    private Place inFile(Problem problem, Place definition) {
        var path = problem.place().path();
        if (path.isEmpty()) {
            return definition;
        }
        var spot = spot(problem);
        var word = spot.map(Spot::part).orElse(path.getFirst()).replace('-', '_');
        var place = definition.then(word.isEmpty() ? "metrics" : word);
        return switch (path.getFirst()) {
            case "metrics", "groupBy", "orderBy" ->
                    path.size() < 2 ? place : within(place.then(path.get(1)), spot);
            default -> within(place, spot);
        };
    }

    /** A formula that has a name before it begins behind that. */
    private Place within(Place place, Optional<Spot> spot) {
        if (spot.isEmpty() || spot.get().line() == 0) {
            return place;
        }
        var at = spot.get();
        if (!at.part().isEmpty() || at.line() > 1) {
            return place.at(at.line(), at.column());
        }
        var whole = written.metrics().get(Integer.parseInt(place.path().getLast()));
        int before = Math.max(0, whole.lastIndexOf(at.text()));
        return place.at(1, whole.codePointCount(0, before) + at.column());
    }

    private Optional<Spot> spot(String part, Place place) {
        return switch (part) {
            case "metrics" -> item(place, written.metrics()).map(text -> metric(text, place));
            case "groupBy" -> item(place, written.by()).map(text -> spot("by", text, place));
            case "orderBy" -> item(place, written.order()).map(text -> spot("order", text, place));
            case "grain" -> spotOf("grain", written.grain(), place);
            case "timeRange" -> spotOf("range", written.range(), place);
            case "timeZone" -> spotOf("zone", written.zone(), place);
            case "weekStarts" -> spotOf("week-starts", written.weekStarts(), place);
            case "where" -> spotOf("where", written.where(), place);
            case "compareTo" -> spotOf("compare", written.compareTo(), place);
            case "cohort" -> spotOf("cohort", written.cohort(), place);
            case "top" -> spotOf("top", written.top(), place);
            case "asOf" -> spotOf("as-of", written.asOf(), place);
            case "knownAt" -> spotOf("known-at", written.knownAt(), place);
            case "after" -> spotOf("after", written.after(), place);
            case "first" ->
                    spotOf(
                            "first",
                            written.first() == null ? null : written.first().toString(),
                            place);
            case "having" ->
                    Optional.ofNullable(written.having())
                            .map(text -> spot("having", text, HavingText.read(text).inText(place)));
            default -> Optional.empty();
        };
    }

    private static Optional<Spot> spotOf(String part, @Nullable String text, Place place) {
        return Optional.ofNullable(text).map(given -> spot(part, given, place));
    }

    private static Spot spot(String part, String text, Place place) {
        return new Spot(part, text, place.line(), place.column());
    }

    /** The column of a problem counts from the beginning of the formula, without the name before it. */
    private static Spot metric(String text, Place place) {
        return spot(
                "",
                MetricText.read(text).metric() instanceof MetricReference.Inline(var formula)
                        ? formula
                        : text,
                place);
    }

    private static Optional<String> item(Place place, List<String> items) {
        var path = place.path();
        return path.size() < 2
                ? Optional.empty()
                : Optional.of(items.get(Integer.parseInt(path.get(1))));
    }
}
