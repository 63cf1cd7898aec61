package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.problem.ErrorCode;
import dev.cairn.adapters.graphql.problem.RejectedException;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What goes with all of several things; a name that is not known is said, not taken for something that goes with nothing. */
final class Common {
    private static final int MOST_NAMES = 200;

    private Common() {}

    /** Dimensions of all the metrics, in the order of the first. */
    static List<Dimension> dimensions(List<String> metrics, BrowseCatalogUseCase catalogs) {
        if (metrics.isEmpty()) {
            throw rejected(
                    List.of(
                            Problem.of(
                                    ProblemCode.MISSING,
                                    Place.of("metrics"),
                                    "Name at least one metric.")));
        }
        refuseTooMany("metrics", metrics);
        var known = catalogs.dimensions(metrics);
        var problems = new Problems();
        for (int i = 0; i < metrics.size(); i++) {
            var name = metrics.get(i);
            if (!known.containsKey(name)) {
                problems.add(
                        Problem.of(
                                ProblemCode.UNKNOWN_METRIC,
                                Place.of("metrics", String.valueOf(i)),
                                "No metric '%s'.",
                                name),
                        name,
                        () -> catalogs.catalog().names(Metric.class));
            }
        }
        if (!problems.isEmpty()) {
            throw rejected(problems.all());
        }
        var common = new ArrayList<>(known.getOrDefault(metrics.getFirst(), List.of()));
        for (var others : known.values()) {
            var keys = keys(others);
            common.removeIf(one -> !keys.contains(one.key()));
        }
        return common;
    }

    static List<MetricOutput> metrics(List<String> dimensions, BrowseCatalogUseCase catalogs) {
        refuseTooMany("dimensions", dimensions);
        var found = catalogs.commonMetrics(new LinkedHashSet<>(dimensions));
        if (found.isEmpty()) {
            refuseUnknown(dimensions, catalogs);
        }
        var catalog = catalogs.catalog();
        return found.stream()
                .flatMap(metric -> MetricOutput.in(catalog, metric.name()).stream())
                .toList();
    }

    private static void refuseTooMany(String argument, List<String> names) {
        if (names.size() > MOST_NAMES) {
            throw rejected(
                    List.of(
                            Problem.of(
                                    ProblemCode.LIMIT,
                                    Place.of(argument),
                                    "Name at most %d, not %d.",
                                    MOST_NAMES,
                                    names.size())));
        }
    }

    private static void refuseUnknown(List<String> dimensions, BrowseCatalogUseCase catalogs) {
        var problems = new Problems();
        var known = allDimensions(catalogs);
        for (int i = 0; i < dimensions.size(); i++) {
            var key = dimensions.get(i);
            if (!known.contains(key) && catalogs.dimension(key).isEmpty()) {
                problems.add(
                        Problem.of(
                                ProblemCode.UNKNOWN_DIMENSION,
                                Place.of("dimensions", String.valueOf(i)),
                                "No dimension '%s'.",
                                key),
                        key,
                        () -> known);
            }
        }
        if (!problems.isEmpty()) {
            throw rejected(problems.all());
        }
    }

    private static Collection<String> allDimensions(BrowseCatalogUseCase catalogs) {
        var metrics = catalogs.catalog().all(Metric.class).stream().map(Metric::name).toList();
        return catalogs.dimensions(metrics).values().stream()
                .flatMap(List::stream)
                .map(Dimension::key)
                .collect(Collectors.toSet());
    }

    private static Collection<String> keys(List<Dimension> dimensions) {
        return dimensions.stream().map(Dimension::key).collect(Collectors.toSet());
    }

    private static RejectedException rejected(List<Problem> problems) {
        return new RejectedException(ErrorCode.BAD_USER_INPUT, problems);
    }
}
