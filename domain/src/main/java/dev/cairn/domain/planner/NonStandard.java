package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisResult.Notice;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Departure;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.catalog.Origin;
import dev.cairn.domain.lowering.GivenValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        var notices = new ArrayList<Notice>();
        var departing = new TreeMap<String, List<Departure>>();
        for (var entry : catalog.entries()) {
            var departures = Departure.of(entry);
            if (!departures.isEmpty()) {
                departing.put(entry.name(), departures);
            }
        }
        if (!departing.isEmpty()) {
            departing.keySet().retainAll(KnownThen.withReferences(used(query, named), catalog));
        }
        departing.forEach((name, departures) ->
                notices.add(
                        notice(
                                "'%s' is your own and not that of the pack %s: %s."
                                        .formatted(
                                                name,
                                                pack(catalog, name),
                                                departures.stream()
                                                        .map(Departure::said)
                                                        .collect(Collectors.joining("; "))))));
        given.stream()
                .flatMap(value ->
                        catalog
                                .entry(value.metric())
                                .flatMap(entry ->
                                        Departure.ofGiven(entry, value.parameter(), value.value()))
                                .map(departure ->
                                        "'%s' is asked with another value than that of the pack %s: %s."
                                                .formatted(
                                                        value.metric(),
                                                        pack(catalog, value.metric()),
                                                        departure.said()))
                                .stream())
                .sorted()
                .map(NonStandard::notice)
                .forEach(notices::add);
        return notices;
    }

    private static Notice notice(String message) {
        return new Notice(CODE, message, null);
    }

    private static String pack(Catalog catalog, String name) {
        return catalog.entry(name)
                .map(Entry::origin)
                .filter(Objects::nonNull)
                .map(NonStandard::said)
                .orElse("");
    }

    private static String said(Origin origin) {
        return origin.pack() + " " + origin.version();
    }

    private static Set<String> used(AnalysisQuery query, Set<String> named) {
        var names = new TreeSet<>(named);
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
