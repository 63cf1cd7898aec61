package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Metric.Status;
import dev.cairn.domain.problem.Place;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a question reads, near or far, of metrics that are deprecated: their values are as defined, and nobody should rely on them. */
final class DeprecatedMetrics {
    /** Code of the notice. */
    static final String CODE = "DEPRECATED";

    private DeprecatedMetrics() {}

    /** @param named definitions that formulas of the question name */
    static List<Notice> notices(AnalysisQuery query, Catalog catalog, Set<String> named) {
        var deprecated =
                catalog.all(Metric.class).stream()
                        .filter(metric -> metric.status() == Status.DEPRECATED)
                        .toList();
        if (deprecated.isEmpty()) {
            return List.of();
        }
        var used = NonStandard.used(query, named, NonStandard.pinned(query, catalog), catalog);
        var read = KnownThen.withReferences(used, catalog);
        return deprecated.stream()
                .filter(metric -> read.contains(metric.name()))
                .map(metric -> notice(metric, read, catalog))
                .toList();
    }

    private static Notice notice(Metric metric, Set<String> read, Catalog catalog) {
        var readers =
                read.stream()
                        .filter(name -> !name.equals(metric.name()))
                        .flatMap(name -> catalog.entry(name).stream())
                        .filter(entry -> names(entry, metric.name(), catalog))
                        .map(entry -> "'" + entry.name() + "'")
                        .collect(Collectors.joining(", "));
        return new Notice(
                CODE,
                "'%s' is deprecated%s: it is read as it is defined, and may be retired.%s"
                        .formatted(
                                metric.name(),
                                readers.isEmpty() ? "" : ", and part of " + readers,
                                metric.description().isBlank()
                                        ? ""
                                        : " Of it is said: " + metric.description().strip()),
                null);
    }

    private static boolean names(Entry entry, String deprecated, Catalog catalog) {
        return DefinitionChecker.check(catalog, entry, Place.NOWHERE)
                .references()
                .contains(deprecated);
    }
}
