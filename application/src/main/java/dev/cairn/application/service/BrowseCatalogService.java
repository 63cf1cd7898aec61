package dev.cairn.application.service;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.application.port.out.DimensionValues;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.plan.DefinitionChecker;
import dev.cairn.domain.plan.Dimensions;
import dev.cairn.domain.problem.Place;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the catalogue in force. */
public final class BrowseCatalogService implements BrowseCatalogUseCase {
    /** The values of a cohort as a dimension: an account is in it or not. */
    private static final List<String> MEMBERSHIP = List.of("false", "true");

    private final Catalogs catalogs;
    private final DimensionValues dimensionValues;

    public BrowseCatalogService(Catalogs catalogs, DimensionValues dimensionValues) {
        this.catalogs = catalogs;
        this.dimensionValues = dimensionValues;
    }

    @Override
    public Catalog catalog() {
        return catalogs.current();
    }

    @Override
    public Map<String, List<String>> dependencies(Collection<String> metrics) {
        var catalog = catalogs.current();
        var dependencies = new LinkedHashMap<String, List<String>>();
        for (String metric : metrics) {
            var named =
                    catalog.entry(metric)
                            .map(entry ->
                                    DefinitionChecker.check(catalog, entry, Place.NOWHERE)
                                            .references())
                            .orElse(Set.of());
            dependencies.put(
                    metric,
                    named.stream()
                            .filter(name -> catalog.metric(name).isPresent())
                            .sorted()
                            .toList());
        }
        return dependencies;
    }

    @Override
    public Map<String, List<Dimension>> dimensions(Collection<String> metrics) {
        var catalog = catalogs.current();
        var dimensions = new LinkedHashMap<String, List<Dimension>>();
        metrics.stream()
                .filter(metric -> catalog.metric(metric).isPresent())
                .forEach(metric -> dimensions.put(metric, dimensionsOf(metric, catalog)));
        return dimensions;
    }

    private static List<Dimension> dimensionsOf(String metric, Catalog catalog) {
        return Dimensions.of(metric, catalog).stream()
                .map(BrowseCatalogService::dimension)
                .toList();
    }

    private static Dimension dimension(Dimensions.Dimension found) {
        return new Dimension(found.key(), found.label(), found.valueType());
    }

    @Override
    public Optional<Dimension> dimension(String key) {
        return Dimensions.find(key, catalogs.current()).map(BrowseCatalogService::dimension);
    }

    @Override
    public List<Metric> commonMetrics(Set<String> dimensions) {
        var catalog = catalogs.current();
        return catalog.all(Metric.class).stream()
                .filter(metric ->
                        Dimensions.of(metric.name(), catalog).stream()
                                .map(Dimensions.Dimension::key)
                                .collect(Collectors.toSet())
                                .containsAll(dimensions))
                .sorted(java.util.Comparator.comparing(Definition::name))
                .toList();
    }

    @Override
    public Values values(String dimension, String startsWith, int first, Caller caller) {
        var catalog = catalogs.current();
        if (catalog.cohort(dimension).isPresent()) {
            return new Values.Found(
                    MEMBERSHIP.stream()
                            .filter(value -> value.startsWith(startsWith))
                            .limit(first)
                            .toList());
        }
        var request = Dimensions.values(dimension, catalog, caller);
        return request.problems().isEmpty()
                ? new Values.Found(
                        dimensionValues.values(
                                request.dimension(), startsWith, first, request.scope()))
                : new Values.Rejected(request.problems());
    }
}
