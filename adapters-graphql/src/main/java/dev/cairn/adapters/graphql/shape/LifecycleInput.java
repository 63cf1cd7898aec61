package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Lifecycle;
import org.jspecify.annotations.Nullable;

/** Who is active, and since when. */
public record LifecycleInput(
        FrameInput frame, @Nullable String of, HappeningInput active, @Nullable String start) {
    Lifecycle toDomain(AnalysisQuery inFrame) {
        return new Lifecycle(inFrame, of == null ? "account" : of, active.toDomain(), start);
    }
}
