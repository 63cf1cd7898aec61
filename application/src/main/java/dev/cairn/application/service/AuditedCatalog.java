package dev.cairn.application.service;

import dev.cairn.application.port.in.BrowseCatalogUseCase;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.WrittenOut;
import dev.cairn.domain.model.Metric;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has values of dimensions that are given written down; what is defined is no data. */
public final class AuditedCatalog implements BrowseCatalogUseCase {
    private final BrowseCatalogUseCase catalogs;
    private final Audit audit;

    public AuditedCatalog(BrowseCatalogUseCase catalogs, Audit audit) {
        this.catalogs = catalogs;
        this.audit = audit;
    }

    @Override
    public Values values(String dimension, String startsWith, int first, Caller caller) {
        var values = catalogs.values(dimension, startsWith, first, caller);
        if (values instanceof Values.Found(var found)) {
            audit.read(caller, "values", List.of(dimension, startsWith, first), found.size());
        }
        return values;
    }

    @Override
    public Catalog catalog() {
        return catalogs.catalog();
    }

    @Override
    public Map<String, List<String>> dependencies(Collection<String> metrics) {
        return catalogs.dependencies(metrics);
    }

    @Override
    public Optional<WrittenOut> writtenOut(String metric) {
        return catalogs.writtenOut(metric);
    }

    @Override
    public Map<String, List<Dimension>> dimensions(Collection<String> metrics) {
        return catalogs.dimensions(metrics);
    }

    @Override
    public Optional<Dimension> dimension(String key) {
        return catalogs.dimension(key);
    }

    @Override
    public List<Metric> commonMetrics(Set<String> dimensions) {
        return catalogs.commonMetrics(dimensions);
    }
}
