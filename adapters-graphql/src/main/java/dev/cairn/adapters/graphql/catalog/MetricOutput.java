package dev.cairn.adapters.graphql.catalog;

import dev.cairn.adapters.graphql.relay.Node;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.Band;
import dev.cairn.domain.model.Grade;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.MetricNotes;
import dev.cairn.domain.model.Parameter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A metric of the catalogue at a version. */
public record MetricOutput(Metric metric, int version) implements Node {
    /** The metric in force under a name. */
    public static Optional<MetricOutput> in(Catalog catalog, String name) {
        return catalog.entry(name).flatMap(MetricOutput::of);
    }

    /** All metrics in force. */
    static List<MetricOutput> allIn(Catalog catalog) {
        return catalog.entries().stream().flatMap(entry -> of(entry).stream()).toList();
    }

    private static Optional<MetricOutput> of(Entry entry) {
        return entry.definition() instanceof Metric metric
                ? Optional.of(new MetricOutput(metric, entry.version()))
                : Optional.empty();
    }

    @Override
    public String typeName() {
        return "Metric";
    }

    // Public and declared here: the schema's fields are looked up on the class itself.
    @Override
    public String id() {
        return Node.super.id();
    }

    @Override
    public String key() {
        return metric.name();
    }

    public String label() {
        return metric.label();
    }

    public @Nullable String summary() {
        return metric.description().isEmpty() ? null : metric.description();
    }

    public Metric.@Nullable MetricDomain domain() {
        return metric.domain();
    }

    public Metric.@Nullable MetricUnit unit() {
        return metric.unit();
    }

    public Metric.Direction direction() {
        return metric.direction();
    }

    public Metric.Status status() {
        return metric.status();
    }

    public Metric.Level level() {
        return metric.level();
    }

    public @Nullable String entity() {
        return metric.entity();
    }

    public Metric.@Nullable RollUp rollUp() {
        return metric.rollUp();
    }

    public String formula() {
        return metric.formula();
    }

    public boolean emptyIsNone() {
        return metric.emptyIsNone();
    }

    public List<Parameter> params() {
        return metric.parameters();
    }

    public List<Band> bands() {
        return metric.bands();
    }

    public @Nullable Grade trustAtLeast() {
        return metric.sample().trust();
    }

    public @Nullable Integer minSample() {
        return metric.sample().least();
    }

    public boolean clusteredByAccount() {
        return metric.sample().cluster() == Metric.Cluster.ACCOUNT;
    }

    public @Nullable String owner() {
        return metric.owner();
    }

    public @Nullable String counter() {
        return metric.counter();
    }

    public MetricNotes notes() {
        return metric.notes();
    }
}
