package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery.AskedMetric;
import dev.cairn.domain.analysis.AnalysisQuery.MetricReference;
import dev.cairn.domain.analysis.AnalysisQuery.ParameterValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A metric to compute and what to call it. */
public record AskedMetricInput(
        MetricSourceInput metric,
        @Nullable String as,
        @Nullable Boolean emptyIsNone,
        @Nullable List<ParameterValueInput> params) {
    public AskedMetric toDomain() {
        return new AskedMetric(
                metric.toDomain(),
                as,
                Boolean.TRUE.equals(emptyIsNone),
                params == null
                        ? List.of()
                        : params.stream().map(ParameterValueInput::toDomain).toList());
    }

    /** A value of a parameter. */
    public record ParameterValueInput(String name, String value) {
        ParameterValue toDomain() {
            return new ParameterValue(name, value);
        }
    }

    /** A catalog metric or one made up here; one of the three. */
    public record MetricSourceInput(
            @Nullable String key, @Nullable PinnedMetricInput pinned, @Nullable String formula) {
        public MetricReference toDomain() {
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
