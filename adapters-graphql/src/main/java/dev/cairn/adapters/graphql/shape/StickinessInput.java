package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Stickiness;
import dev.cairn.domain.shape.Stickiness.Count;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In how many units one is active. An explicit null means the same as leaving a field out. */
public record StickinessInput(
        FrameInput frame,
        @Nullable String of,
        HappeningInput active,
        @Nullable String unit,
        @Nullable List<CountInput> counts) {
    Stickiness toDomain(AnalysisQuery inFrame) {
        return new Stickiness(
                inFrame,
                of == null ? "account" : of,
                active.toDomain(),
                unit == null ? "day" : unit,
                counts == null
                        ? Stickiness.DEFAULT_COUNTS
                        : counts.stream().map(CountInput::toDomain).toList());
    }

    /** A number of units, or a stretch of numbers. */
    public record CountInput(int from, @Nullable Integer to, @Nullable Boolean orMore) {
        Count toDomain() {
            if (Boolean.TRUE.equals(orMore)) {
                return new Count(from, null);
            }
            return new Count(from, to == null ? from : to);
        }
    }
}
