package dev.cairn.application.service;

import dev.cairn.application.port.Deadline;
import dev.cairn.application.port.TableChanged;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.out.DimensionValues;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.DefinitionChecker;
import dev.cairn.domain.check.Dimensions;
import dev.cairn.domain.check.WrittenOut;
import dev.cairn.domain.lowering.ResolvedMetrics;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.planner.Listings;
import dev.cairn.domain.problem.Place;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue in force. */
public final class BrowseCatalogService implements BrowseCatalogUseCase {
    /** The values of a cohort as a dimension: an account is in it or not. */
    private static final List<String> MEMBERSHIP = List.of("false", "true");

    private final Catalogs catalogs;
    private final DimensionValues dimensionValues;
    private final Workers workers;

    /** Null until somebody asks: calendars are read for it, for as long as whoever asks waits. */
    private volatile @Nullable Derived derived;

    public BrowseCatalogService(
            Catalogs catalogs, DimensionValues dimensionValues, Workers workers) {
        this.catalogs = catalogs;
        this.dimensionValues = dimensionValues;
        this.workers = workers;
    }

    @Override
    public Catalog catalog() {
        return catalogs.latest();
    }

    /** What was found out about the metrics of a catalogue, each once. */
    private record Derived(
            ResolvedMetrics metrics,
            Map<String, List<Dimension>> dimensions,
            Map<String, List<String>> dependencies) {
        static Derived of(ResolvedMetrics metrics) {
            return new Derived(metrics, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        Catalog catalog() {
            return metrics.catalog();
        }

        List<Dimension> dimensionsOf(String metric) {
            return dimensions.computeIfAbsent(metric, name -> Dimensions.of(name, metrics));
        }

        List<String> dependenciesOf(String metric) {
            return dependencies.computeIfAbsent(metric, this::namedBy);
        }

        private List<String> namedBy(String metric) {
            var catalog = catalog();
            var entry = catalog.entry(metric).orElseThrow();
            return DefinitionChecker.check(catalog, entry, Place.NOWHERE).references().stream()
                    .filter(name -> catalog.metric(name).isPresent())
                    .sorted()
                    .toList();
        }
    }

    private Derived derived() {
        var catalog = catalogs.latest();
        var known = derived;
        if (known == null || known.catalog() != catalog) {
            known = Derived.of(catalogs.metricsOf(catalog));
            derived = known;
        }
        return known;
    }

    @Override
    public Map<String, List<String>> dependencies(Collection<String> metrics) {
        var known = derived();
        var dependencies = new LinkedHashMap<String, List<String>>();
        for (String metric : metrics) {
            dependencies.put(
                    metric,
                    known.catalog().entry(metric).isPresent()
                            ? known.dependenciesOf(metric)
                            : List.of());
        }
        return dependencies;
    }

    @Override
    public Optional<WrittenOut> writtenOut(String metric) {
        var catalog = catalogs.latest();
        return catalog.entry(metric)
                .filter(entry -> entry.definition() instanceof Metric)
                .map(entry -> WrittenOut.of(entry, catalog));
    }

    @Override
    public Map<String, List<Dimension>> dimensions(Collection<String> metrics) {
        var known = derived();
        var dimensions = new LinkedHashMap<String, List<Dimension>>();
        metrics.stream()
                .filter(metric -> known.catalog().metric(metric).isPresent())
                .forEach(metric -> dimensions.put(metric, known.dimensionsOf(metric)));
        return dimensions;
    }

    @Override
    public Optional<Dimension> dimension(String key) {
        return Dimensions.find(key, catalogs.latest());
    }

    @Override
    public List<Metric> commonMetrics(Set<String> dimensions) {
        var known = derived();
        return known.catalog().all(Metric.class).stream()
                .filter(metric ->
                        known.dimensionsOf(metric.name()).stream()
                                .map(Dimension::key)
                                .collect(Collectors.toSet())
                                .containsAll(dimensions))
                .sorted(java.util.Comparator.comparing(Definition::name))
                .toList();
    }

    @Override
    public Values values(String dimension, String startsWith, int first, Caller caller) {
        var catalog = catalogs.latest();
        if (catalog.cohort(dimension).isPresent()) {
            return new Values.Found(
                    MEMBERSHIP.stream()
                            .filter(value -> value.startsWith(startsWith))
                            .limit(first)
                            .toList());
        }
        var requests = Listings.valueRequests(dimension, catalog, caller);
        var problems = requests.stream().flatMap(one -> one.problems().stream()).toList();
        if (!problems.isEmpty()) {
            return new Values.Rejected(problems);
        }
        try {
            return new Values.Found(values(requests, startsWith, first, caller));
        } catch (TableChanged changed) {
            return new Values.Rejected(changed.problems());
        }
    }

    private List<String> values(
            List<Listings.ValueRequest> requests, String startsWith, int first, Caller caller) {
        long cost = requests.stream().mapToLong(one -> dimensionValues.cost(one.dimension())).sum();
        var asked =
                requests.stream()
                        .map(one -> new DimensionValues.Asked(one.dimension(), one.scope()))
                        .toList();
        return Workers.done(
                workers.forCost(cost),
                caller,
                Deadline.current(),
                () -> dimensionValues.values(asked, startsWith, first));
    }
}
