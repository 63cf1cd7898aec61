package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.relay.CountedConnection;
import dev.cairn.adapters.graphql.relay.Cursors;
import dev.cairn.adapters.graphql.relay.PageRequest;
import dev.cairn.application.port.Seal;
import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** The metric catalogue. */
@Controller
public final class MetricController {
    private final BrowseCatalogUseCase catalogs;
    private final Seal seal;

    public MetricController(BrowseCatalogUseCase catalogs, Seal seal) {
        this.catalogs = catalogs;
        this.seal = seal;
    }

    @QueryMapping
    CountedConnection<MetricOutput> metrics(
            @Argument @Nullable MetricFilterInput filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @Argument @Nullable Integer last,
            @Argument @Nullable String before,
            Caller caller) {
        var cursors = Cursors.of(seal, "Metric", filter, caller);
        var page = PageRequest.of(cursors, first, after, last, before);
        var wanted = filter == null ? MetricFilterInput.NONE : filter;
        return page.of(
                MetricOutput.allIn(catalogs.catalog()).stream()
                        .filter(metric -> wanted.accepts(metric.metric()))
                        .toList());
    }

    @QueryMapping
    @Nullable MetricOutput metric(@Argument String key) {
        return MetricOutput.in(catalogs.catalog(), key).orElse(null);
    }

    @BatchMapping(typeName = "Metric")
    Map<MetricOutput, List<MetricOutput>> dependsOn(List<MetricOutput> metrics) {
        var names = catalogs.dependencies(keys(metrics));
        var catalog = catalogs.catalog();
        return metrics.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                metric ->
                                        all(names.getOrDefault(metric.key(), List.of()), catalog)));
    }

    @BatchMapping(typeName = "Metric")
    Map<MetricOutput, List<Dimension>> dimensions(List<MetricOutput> metrics) {
        var dimensions = catalogs.dimensions(keys(metrics));
        return metrics.stream()
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                metric -> dimensions.getOrDefault(metric.key(), List.of())));
    }

    /** Metrics of no pack have none. */
    @BatchMapping(typeName = "Metric", field = "origin")
    Map<MetricOutput, MetricOriginOutput> origins(List<MetricOutput> metrics) {
        var catalog = catalogs.catalog();
        var origins = new HashMap<MetricOutput, MetricOriginOutput>();
        for (var metric : metrics) {
            catalog.entry(metric.key())
                    .flatMap(MetricOriginOutput::of)
                    .ifPresent(origin -> origins.put(metric, origin));
        }
        return origins;
    }

    /** The catalogue metrics of an answer's columns; other columns have none. */
    @BatchMapping(typeName = "Column", field = "metric")
    Map<Column, MetricOutput> metricOfColumn(List<Column> columns) {
        var catalog = catalogs.catalog();
        var metrics = new HashMap<Column, MetricOutput>();
        for (Column column : columns) {
            var key = column.metric();
            if (key != null) {
                MetricOutput.in(catalog, key).ifPresent(metric -> metrics.put(column, metric));
            }
        }
        return metrics;
    }

    private static List<String> keys(List<MetricOutput> metrics) {
        return metrics.stream().map(MetricOutput::key).toList();
    }

    private static List<MetricOutput> all(List<String> names, Catalog catalog) {
        return names.stream().flatMap(name -> MetricOutput.in(catalog, name).stream()).toList();
    }
}
