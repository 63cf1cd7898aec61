package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Departure;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.lowering.GivenValue;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a question reads of the definitions of packs that is not as the pack has it. */
final class NonStandard {
    /** Code of the notice. */
    static final String CODE = "NON_STANDARD";

    private NonStandard() {}

    /**
     * @param named definitions that formulas of the question name
     * @param given values of parameters
     */
    static List<Notice> notices(
            AnalysisQuery query, Catalog catalog, Set<String> named, Set<GivenValue> given) {
        var pinned = pinned(query, catalog);
        var departing =
                catalog.entries().stream()
                        .filter(entry -> !Departure.of(entry).isEmpty())
                        .collect(Collectors.toCollection(ArrayList::new));
        if (!departing.isEmpty()) {
            var read = KnownThen.withReferences(used(query, named, pinned, catalog), catalog);
            departing.removeIf(entry -> !read.contains(entry.name()));
        }
        var notices =
                Stream.concat(departing.stream(), pinned.stream())
                        .distinct()
                        .flatMap(entry -> departing(entry).stream())
                        .collect(Collectors.toCollection(ArrayList::new));
        given.stream()
                .flatMap(value ->
                        catalog
                                .entry(value.metric())
                                .flatMap(entry ->
                                        Departure.ofGiven(entry, value.parameter(), value.value())
                                                .map(departure ->
                                                        "'%s' is asked with another value than that of the pack %s: %s."
                                                                .formatted(
                                                                        value.metric(),
                                                                        pack(entry),
                                                                        departure.said())))
                                .stream())
                .sorted()
                .map(NonStandard::notice)
                .forEach(notices::add);
        return notices;
    }

    /** Versions that the question names, whether they are in force or not. */
    static List<Entry> pinned(AnalysisQuery query, Catalog catalog) {
        return query.metrics().stream()
                .flatMap(asked ->
                        asked.metric() instanceof MetricReference.Pinned(var key, int version)
                                ? catalog.metricAt(key, version).stream()
                                : Stream.empty())
                .toList();
    }

    private static Optional<Notice> departing(Entry entry) {
        var departures = Departure.of(entry);
        return departures.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        notice(
                                "'%s' is your own and not that of the pack %s: %s."
                                        .formatted(
                                                entry.name(),
                                                pack(entry),
                                                departures.stream()
                                                        .map(Departure::said)
                                                        .collect(Collectors.joining("; ")))));
    }

    private static Notice notice(String message) {
        return new Notice(CODE, message, null);
    }

    private static String pack(Entry entry) {
        var origin = entry.origin();
        return origin == null ? "" : origin.pack() + " " + origin.version();
    }

    static Set<String> used(
            AnalysisQuery query, Set<String> named, List<Entry> pinned, Catalog catalog) {
        var names = new TreeSet<>(named);
        pinned.forEach(entry ->
                names.addAll(DefinitionChecker.check(catalog, entry, Place.NOWHERE).references()));
        for (var asked : query.metrics()) {
            if (asked.metric() instanceof MetricReference.ByKey(var key)) {
                names.add(key);
            }
        }
        if (query.cohort() instanceof CohortReference.ByKey(var key)) {
            names.add(key);
        }
        return names;
    }
}
