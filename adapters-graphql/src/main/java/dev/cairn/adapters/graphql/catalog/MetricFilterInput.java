package dev.cairn.adapters.graphql.catalog;

import dev.cairn.domain.model.Metric;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which metrics; what is left out lets all pass, but states: those are the published ones. */
public record MetricFilterInput(
        @Nullable String text,
        @Nullable List<Metric.MetricDomain> domains,
        @Nullable List<Metric.Status> statuses) {
    static final MetricFilterInput NONE = new MetricFilterInput(null, null, null);

    boolean accepts(Metric metric) {
        return (text == null || says(metric, text.toLowerCase(Locale.ROOT)))
                && (domains == null || domains.contains(metric.domain()))
                && (statuses == null
                        ? metric.status() == Metric.Status.PUBLISHED
                        : statuses.contains(metric.status()));
    }

    private static boolean says(Metric metric, String wanted) {
        return Stream.of(metric.name(), metric.label(), metric.description())
                .anyMatch(said -> said.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
