package dev.cairn.domain.check;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Alert.Watched;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.question.QuestionText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with what an alert watches: it is not there, or could never be news. */
final class AlertCheck {
    private final Catalog catalog;
    private final Place place;

    private AlertCheck(Catalog catalog, Place place) {
        this.catalog = catalog;
        this.place = place;
    }

    static List<Problem> of(Alert alert, Catalog catalog, Place place) {
        var check = new AlertCheck(catalog, place);
        return switch (alert.watched()) {
            case Watched.Groups groups -> check.groups(groups);
            case Watched.Entered(var of, _) -> check.cohort(of);
            case Watched.BandLeft(var of, var band, _) -> check.band(of, band);
            case Watched.GuardTripped(var of, _) -> check.guard(of);
            case Watched.TrustLost(var of, _) -> check.trust(of);
        };
    }

    // ---- groups of an answer

    private List<Problem> groups(Watched.Groups groups) {
        var question = catalog.find(groups.of(), Question.class);
        if (question.isEmpty()) {
            return List.of(
                    problem(
                                    ProblemCode.BAD_VALUE,
                                    "question",
                                    "There is no saved question '%s'.",
                                    groups.of())
                            .suggesting(catalog.nearest(groups.of(), Question.class)));
        }
        var query = QuestionText.read(question.get().asked()).query();
        var problems = new ArrayList<Problem>();
        if (query.asOf() != null || query.knownAt() != null) {
            problems.add(
                    problem(
                            ProblemCode.INCOMPATIBLE,
                            "question",
                            "'%s' says what counts as now (as_of, known_at), and so would never have news. Save it without.",
                            groups.of()));
        }
        switch (groups.when()) {
            case THERE -> alwaysThere(groups, query).ifPresent(problems::add);
            case MISSED -> noTarget(groups, query).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Problem> alwaysThere(Watched.Groups groups, AnalysisQuery query) {
        boolean isOneRow =
                query.groupBy().isEmpty() && query.grain() == null && query.having() == null;
        return isOneRow
                ? Optional.of(
                        problem(
                                ProblemCode.INCOMPATIBLE,
                                "question",
                                "The answer to '%s' always has its one row, and so would be news once and never again. Say in the question from when on it is worth telling (having), or by which groups (by, grain), or watch for a missed target (when: missed).",
                                groups.of()))
                : Optional.empty();
    }

    private Optional<Problem> noTarget(Watched.Groups groups, AnalysisQuery query) {
        var metrics =
                query.metrics().stream()
                        .flatMap(metric -> name(metric.metric()).stream())
                        .distinct()
                        .toList();
        boolean hasTarget =
                catalog.all(Target.class).stream()
                        .anyMatch(target -> metrics.contains(target.metric()));
        if (hasTarget) {
            return Optional.empty();
        }
        return Optional.of(
                problem(
                        ProblemCode.MISSING,
                        "when",
                        metrics.isEmpty()
                                ? "'%s' asks for no metric of the catalogue, and only those have targets that can be missed."
                                : "No metric of '%s' has a target, so that none can be missed: %s. Define one (target: ...).",
                        groups.of(),
                        String.join(", ", metrics)));
    }

    private static Optional<String> name(MetricReference reference) {
        return switch (reference) {
            case MetricReference.ByKey(var key) -> Optional.of(key);
            case MetricReference.Pinned(var key, _) -> Optional.of(key);
            case MetricReference.Inline _ -> Optional.empty();
        };
    }

    // ---- the others

    private List<Problem> cohort(String of) {
        return catalog.find(of, Cohort.class).isPresent()
                ? List.of()
                : List.of(
                        problem(
                                        ProblemCode.UNKNOWN_COHORT,
                                        "cohort",
                                        "There is no cohort '%s'.",
                                        of)
                                .suggesting(catalog.nearest(of, Cohort.class)));
    }

    private List<Problem> band(String of, @Nullable String band) {
        var metric = catalog.metric(of);
        if (metric.isEmpty()) {
            return List.of(unknownMetric(of, "metric"));
        }
        var bands = metric.get().bands().stream().map(Band::name).toList();
        if (bands.isEmpty()) {
            return List.of(
                    problem(
                            ProblemCode.INCOMPATIBLE,
                            "metric",
                            "'%s' has no bands that an account could leave: say some in its definition (bands).",
                            of));
        }
        return band == null || bands.contains(band)
                ? List.of()
                : List.of(
                        problem(
                                        ProblemCode.BAD_VALUE,
                                        "band",
                                        "'%s' has no band '%s'; its bands are %s.",
                                        of,
                                        band,
                                        String.join(", ", bands))
                                .suggesting(NearestNames.nearest(band, bands)));
    }

    private List<Problem> guard(String of) {
        var metric = catalog.metric(of);
        if (metric.isEmpty()) {
            return List.of(unknownMetric(of, "guard"));
        }
        var counter = metric.get().counter();
        if (counter == null) {
            return List.of(
                    problem(
                            ProblemCode.MISSING,
                            "guard",
                            "'%s' names no counter-metric: say one in its definition (counter).",
                            of));
        }
        var neutral =
                Stream.of(of, counter)
                        .filter(name ->
                                catalog.metric(name)
                                        .filter(one -> one.direction() == Metric.Direction.NEUTRAL)
                                        .isPresent())
                        .collect(Collectors.joining("' and '"));
        return neutral.isEmpty()
                ? List.of()
                : List.of(
                        problem(
                                ProblemCode.INCOMPATIBLE,
                                "guard",
                                "'%s' can get neither better nor worse: say in its definition which way is better (direction).",
                                neutral));
    }

    private List<Problem> trust(String of) {
        var source = catalog.find(of, Source.class);
        if (source.isEmpty()) {
            return List.of(
                    problem(ProblemCode.UNKNOWN_SOURCE, "trust", "There is no source '%s'.", of)
                            .suggesting(catalog.nearest(of, Source.class)));
        }
        return source.get().expectations().isNone()
                ? List.of(
                        problem(
                                ProblemCode.MISSING,
                                "trust",
                                "Nothing is expected of '%s', so that it has no grade: say in its definition what is (expect).",
                                of))
                : List.of();
    }

    private Problem unknownMetric(String of, String part) {
        return problem(ProblemCode.UNKNOWN_METRIC, part, "There is no metric '%s'.", of)
                .suggesting(catalog.nearest(of, Metric.class));
    }

    private Problem problem(ProblemCode code, String part, String message, Object... arguments) {
        return Problem.of(code, place.then(part), message, arguments);
    }
}
