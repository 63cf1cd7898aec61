package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.FrameInput;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.shape.Funnel;
import dev.cairn.domain.shape.Funnel.Attempt;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.Funnel.Step;
import dev.cairn.domain.shape.Funnel.StepField;
import dev.cairn.domain.shape.Funnel.Without;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far one gets. An explicit null means the same as leaving a field out. */
public record FunnelInput(
        FrameInput frame,
        @Nullable String of,
        List<StepInput> steps,
        String within,
        @Nullable Boolean inclusive,
        @Nullable Order order,
        @Nullable Attempt attempt,
        @Nullable List<String> same,
        @Nullable List<WithoutInput> without,
        @Nullable BreakdownInput breakdown) {
    Funnel toDomain(AnalysisQuery inFrame) {
        return new Funnel(
                inFrame,
                of == null ? "account" : of,
                steps.stream().map(step -> new Step(step.facts, step.label)).toList(),
                within,
                Boolean.TRUE.equals(inclusive),
                order == null ? Order.ORDERED : order,
                attempt == null ? Attempt.FIRST : attempt,
                same == null ? List.of() : same,
                without == null
                        ? List.of()
                        : without.stream()
                                .map(facts -> new Without(facts.facts, facts.from, facts.to))
                                .toList(),
                breakdown == null ? null : new StepField(breakdown.field, breakdown.at));
    }

    /** A step. */
    public record StepInput(String facts, @Nullable String label) {}

    /** What ends an attempt. */
    public record WithoutInput(String facts, @Nullable Integer from, @Nullable Integer to) {}

    /** A field of the rows of steps. */
    public record BreakdownInput(String field, StepField.At at) {}
}
