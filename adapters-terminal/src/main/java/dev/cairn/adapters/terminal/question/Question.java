package dev.cairn.adapters.terminal.question;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.AskedRange;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.OrderBy;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.Grain;
import java.time.DateTimeException;
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
 * A question as it was read.
 *
 * @param query what is asked; where there are problems, with something harmless in the place of what could not be read, so that the rest can be looked at
 * @param problems what could not be read, with places as {@code query} has them
 */
public record Question(AnalysisQuery query, List<Problem> problems, Words words) {
    private static final Pattern ORDER =
            Pattern.compile(
                    "(?<column>.*?)(?:\\s+(?<way>asc|desc))?",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final AskedRange ANY_DAY =
            new AskedRange.Between(LocalDate.of(2000, 1, 1), LocalDate.of(2000, 1, 2));

    public Question {
        problems = List.copyOf(problems);
    }

    /** The words of a question: each as it was written, or null (an empty list) where nothing was. */
    public record Words(
            List<String> metrics,
            List<String> by,
            @Nullable String grain,
            String range,
            String zone,
            @Nullable String where,
            @Nullable String having,
            @Nullable String cohort,
            @Nullable String asOf,
            List<String> order,
            boolean totals,
            boolean fill,
            boolean emptyIsNone,
            int first,
            @Nullable String after) {
        public Words {
            metrics = List.copyOf(metrics);
            by = Pieces.of(by);
            order = Pieces.of(order);
        }
    }

    /** Where a problem is, for people: in what was written behind which option; empty for a metric. */
    public record Spot(String option, String text, int line, int column) {}

    public static Question read(Words words) {
        var problems = new ArrayList<Problem>();
        var zone = zone(words.zone(), problems);
        var having = words.having() == null ? null : HavingText.read(words.having());
        if (having != null) {
            problems.addAll(having.problems());
        }
        var query =
                AnalysisQuery.of(
                                metrics(words),
                                RangeText.read(words.range(), problems::add).orElse(ANY_DAY),
                                zone)
                        .withGroupBy(words.by())
                        .withGrain(words.grain() == null ? null : grain(words.grain(), problems))
                        .withWhere(words.where())
                        .withCohort(words.cohort() == null ? null : cohort(words.cohort()))
                        .withHaving(having == null ? null : having.filter())
                        .withAsOf(words.asOf() == null ? null : asOf(words.asOf(), zone, problems))
                        .withTotals(words.totals())
                        .withOrderBy(words.order().stream().map(Question::order).toList())
                        .page(words.first(), words.after())
                        .withFillGaps(words.fill());
        return new Question(query, problems, words);
    }

    /** A metric of the catalogue says itself whether nothing is no value; where all are of it, asking for that is told to be a mistake. */
    private static List<AskedMetric> metrics(Words words) {
        var metrics = words.metrics().stream().map(MetricText::read).toList();
        boolean allOfCatalog = metrics.stream().noneMatch(Question::isFormula);
        return metrics.stream()
                .map(asked ->
                        words.emptyIsNone() && (allOfCatalog || isFormula(asked))
                                ? new AskedMetric(asked.metric(), asked.as(), true)
                                : asked)
                .toList();
    }

    private static boolean isFormula(AskedMetric asked) {
        return asked.metric() instanceof MetricReference.Inline;
    }

    private static ZoneId zone(String text, List<Problem> problems) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    Place.of("timeZone"),
                                    "'%s' is no time zone: write one such as Europe/Paris.",
                                    text)
                            .suggesting(NearestNames.nearest(text, ZoneId.getAvailableZoneIds())));
            return ZoneOffset.UTC;
        }
    }

    private static Grain grain(String text, List<Problem> problems) {
        var found =
                Arrays.stream(Grain.values())
                        .filter(grain ->
                                RangeText.word(grain).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst();
        if (found.isEmpty()) {
            var words = Arrays.stream(Grain.values()).map(RangeText::word).toList();
            problems.add(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    Place.of("grain"),
                                    "'%s' is no grain: %s.",
                                    text,
                                    String.join(", ", words))
                            .suggesting(NearestNames.nearest(text, words)));
        }
        return found.orElse(Grain.YEAR);
    }

    private static CohortReference cohort(String text) {
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

    private static @Nullable Instant asOf(String text, ZoneId zone, List<Problem> problems) {
        try {
            return text.length() <= 10
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            problems.add(
                    Problem.of(
                            ProblemCode.BAD_VALUE,
                            Place.of("asOf"),
                            "'%s' is no instant: write 2026-01-31T10:00Z, or 2026-01-31 for the start of that day.",
                            text));
            return null;
        }
    }

    /** Where in the words a problem is; empty where it is in none of them. */
    public Optional<Spot> spot(Problem problem) {
        var path = problem.place().path();
        return path.isEmpty() ? Optional.empty() : spot(path.getFirst(), problem.place());
    }

    private Optional<Spot> spot(String part, Place place) {
        return switch (part) {
            case "metrics" -> item(place, words.metrics()).map(text -> metric(text, place));
            case "groupBy" -> item(place, words.by()).map(text -> spot("--by", text, place));
            case "orderBy" -> item(place, words.order()).map(text -> spot("--order", text, place));
            case "grain" -> spotOf("--grain", words.grain(), place);
            case "timeRange" -> spotOf("--range", words.range(), place);
            case "timeZone" -> spotOf("--zone", words.zone(), place);
            case "where" -> spotOf("--where", words.where(), place);
            case "cohort" -> spotOf("--cohort", words.cohort(), place);
            case "asOf" -> spotOf("--as-of", words.asOf(), place);
            case "after" -> spotOf("--after", words.after(), place);
            case "first" -> spotOf("--first", Integer.toString(words.first()), place);
            case "having" ->
                    Optional.ofNullable(words.having())
                            .map(text ->
                                    spot("--having", text, HavingText.read(text).inText(place)));
            default -> Optional.empty();
        };
    }

    private static Optional<Spot> spotOf(String option, @Nullable String text, Place place) {
        return Optional.ofNullable(text).map(written -> spot(option, written, place));
    }

    private static Spot spot(String option, String text, Place place) {
        return new Spot(option, text, place.line(), place.column());
    }

    /** Problems of a formula have their column in it, whatever stands before it. */
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
