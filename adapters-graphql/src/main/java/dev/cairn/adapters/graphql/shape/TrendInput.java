package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AskedMetricInput;
import dev.cairn.adapters.graphql.analysis.CompareToInput;
import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Trend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics beside another time. */
public record TrendInput(
        FrameInput frame, List<AskedMetricInput> metrics, @Nullable CompareToInput compareTo) {
    public TrendInput {
        metrics = List.copyOf(metrics);
    }

    Trend toDomain(AnalysisQuery inFrame) {
        return new Trend(
                inFrame,
                metrics.stream().map(AskedMetricInput::toDomain).toList(),
                compareTo == null ? null : compareTo.toDomain());
    }
}
