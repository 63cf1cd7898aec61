package dev.cairn.application.port.in;

import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.analysis.Dimension;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.check.WrittenOut;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers "what may I ask next?". */
public interface BrowseCatalogUseCase {
    /** All definitions in force: metrics, cohorts, sources, ... */
    Catalog catalog();

    /** The metrics each of the given metrics is computed from directly, by name. */
    Map<String, List<String>> dependencies(Collection<String> metrics);

    /** A metric's formula with what its names stand for in their place; empty where there is no such metric. */
    Optional<WrittenOut> writtenOut(String metric);

    /** The dimensions each of the given metrics can be grouped by, without unknown metrics. */
    Map<String, List<Dimension>> dimensions(Collection<String> metrics);

    /** A dimension by its key; empty where it is unknown. */
    Optional<Dimension> dimension(String key);

    /** Metrics that can be grouped by all the given dimensions. */
    List<Metric> commonMetrics(Set<String> dimensions);

    /** Values of a dimension that the caller may see, in order; at most {@code first}. */
    Values values(String dimension, String startsWith, int first, Caller caller);

    /** Values, or what is wrong with the request. */
    sealed interface Values {
        record Found(List<String> values) implements Values {}

        record Rejected(List<Problem> problems) implements Values {}
    }
}
