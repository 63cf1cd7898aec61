package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.trust.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which parts of a question read metrics, near or far, whose data is trusted less than their owners ask for. A column that does has no value; where a condition,
 * a group or an order does, the question is refused: it would say something of such a value by another way.
 */
final class Floors {
    private final AnalysisQuery query;
    private final Catalog catalog;
    private final ResolvedMetrics metrics;
    private final Caller caller;
    private final Map<String, Standing> standings = new TreeMap<>();
    private final Map<String, String> untrusted = new TreeMap<>();
    private final Set<String> exact = new TreeSet<>();
    private boolean isFloored;

    Floors(AnalysisQuery query, ResolvedMetrics metrics, Caller caller) {
        this.query = query;
        this.metrics = metrics;
        this.catalog = metrics.catalog();
        this.caller = caller;
    }

    /**
     * @param named definitions that the formula of each column names
     * @param others that conditions and groups name
     * @param read sources that the plan reads
     */
    Trusting judge(
            List<Set<String>> named,
            Set<String> others,
            Set<String> read,
            Consumer<Problem> problems) {
        standings.putAll(Trusting.soon(read, catalog, metrics.trusts(), caller));
        for (int at = 0; at < named.size(); at++) {
            var asked = query.metrics().get(at);
            var why = why(named.get(at), pinned(asked));
            var column = Outputs.columnOf(asked);
            why.ifPresent(text -> {
                untrusted.put(column, text);
                untrusted.put(column + Outputs.COMPARED, text);
            });
        }
        var names = new TreeSet<>(others);
        if (query.cohort() instanceof AnalysisQuery.CohortReference.ByKey(var key)) {
            names.add(key);
        }
        why(names, Optional.empty()).ifPresent(text -> refuse("where", text, problems));
        columnsOfHaving(query.having())
                .flatMap(column -> untrusted(column).stream())
                .findFirst()
                .ifPresent(text -> refuse("having", text, problems));
        query.orderBy().stream()
                .flatMap(order -> untrusted(order.column()).stream())
                .findFirst()
                .ifPresent(text -> refuse("orderBy", text, problems));
        if (query.top() != null && !query.metrics().isEmpty()) {
            var by = query.top().by();
            untrusted(by == null ? Outputs.columnOf(query.metrics().getFirst()) : by)
                    .ifPresent(text -> refuse("top", text, problems));
        }
        var shown = new HashMap<String, String>(untrusted);
        if (query.compareTo() == null) {
            shown.keySet()
                    .removeIf(column ->
                            column.endsWith(Outputs.COMPARED)
                                    && untrusted.containsKey(
                                            column.substring(
                                                    0,
                                                    column.length() - Outputs.COMPARED.length())));
        }
        return new Trusting(standings, shown, isFloored, caller.isScoped());
    }

    private static void refuse(String part, String why, Consumer<Problem> problems) {
        problems.accept(
                Problem.of(
                        ProblemCode.UNTRUSTED,
                        Place.of(part),
                        "This reads what has no value: %s. Leave it out until the data is mended; 'cairn trust' says what is wrong.",
                        why));
    }

    /** Of a column of the answer, or one beside it. */
    private Optional<String> untrusted(String column) {
        return untrusted.entrySet().stream()
                .filter(entry ->
                        column.equals(entry.getKey()) || column.startsWith(entry.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Stream<String> columnsOfHaving(
            @org.jspecify.annotations.Nullable Filter filter) {
        return switch (filter) {
            case null -> Stream.empty();
            case Filter.All(var inner) -> inner.stream().flatMap(Floors::columnsOfHaving);
            case Filter.Any(var inner) -> inner.stream().flatMap(Floors::columnsOfHaving);
            case Filter.Not(var inner) -> columnsOfHaving(inner);
            case Filter.Where(var field, _, _) -> Stream.of(field);
        };
    }

    private Optional<Entry> pinned(AskedMetric asked) {
        return asked.metric() instanceof MetricReference.Pinned(var key, int version)
                ? catalog.metricAt(key, version)
                : Optional.empty();
    }

    /** Why what names these has no value; empty where no floor is missed. */
    private Optional<String> why(Set<String> names, Optional<Entry> pinned) {
        var open = new TreeSet<>(names);
        var own =
                pinned.map(entry ->
                                DefinitionChecker.check(catalog, entry, Place.NOWHERE).references())
                        .orElse(Set.of());
        open.addAll(own);
        var floored =
                KnownThen.withReferences(open, catalog).stream()
                        .flatMap(name -> catalog.metric(name).stream())
                        .filter(metric -> metric.sample().trust() != null);
        return Stream.concat(
                        pinned.stream()
                                .map(entry -> (Metric) entry.definition())
                                .filter(metric -> metric.sample().trust() != null)
                                .flatMap(metric -> missed(metric, own).stream()),
                        floored.flatMap(metric -> missed(metric, Set.of(metric.name())).stream()))
                .findFirst();
    }

    private Optional<String> missed(Metric metric, Set<String> names) {
        isFloored = true;
        var floor = Objects.requireNonNull(metric.sample().trust());
        var sources =
                KnownThen.withReferences(names, catalog).stream()
                        .filter(name -> catalog.source(name).isPresent())
                        .collect(Collectors.toCollection(TreeSet::new));
        // What is said beside an answer may be of the count before; a floor waits for the newest.
        var open = sources.stream().filter(exact::add).toList();
        standings.putAll(Trusting.of(open, catalog, metrics.trusts(), caller));
        return sources.stream()
                .filter(name -> Objects.requireNonNull(standings.get(name)).isBelow(floor))
                .findFirst()
                .map(name -> words(metric.name(), floor, name));
    }

    private String words(String metric, Grade floor, String source) {
        return "'%s' asks for data of grade %s at least, and %s"
                .formatted(
                        metric, floor, Objects.requireNonNull(standings.get(source)).words(source));
    }
}
