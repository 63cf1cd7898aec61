package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import org.jspecify.annotations.Nullable;

/** A metric to compute and what to call it. */
public record AskedMetricInput(
        MetricSourceInput metric, @Nullable String as, @Nullable Boolean emptyIsNone) {
    AskedMetric toDomain() {
        return new AskedMetric(metric.toDomain(), as, Boolean.TRUE.equals(emptyIsNone));
    }

    /** A catalog metric or one made up here; one of the three. */
    public record MetricSourceInput(
            @Nullable String key, @Nullable PinnedMetricInput pinned, @Nullable String formula) {
        MetricReference toDomain() {
            if (key != null) {
                return new MetricReference.ByKey(key);
            }
            if (pinned != null) {
                return new MetricReference.Pinned(pinned.key, pinned.version);
            }
            return new MetricReference.Inline(OneOf.last(formula, "MetricSourceInput"));
        }
    }

    /** A version of a metric. */
    public record PinnedMetricInput(String key, int version) {}
}
