package dev.cairn.adapters.graphql.shape;

import dev.cairn.adapters.graphql.analysis.AnalysisOutput;
import dev.cairn.adapters.graphql.analysis.CellOutput;
import dev.cairn.adapters.graphql.shape.ShapeAnswer.FormulaOutput;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.shape.FunnelAnswer;
import dev.cairn.domain.shape.FunnelAnswer.Path;
import dev.cairn.domain.shape.FunnelAnswer.StepNumbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far attempts got, as typed clients see it. */
record FunnelOutput(ShapeAnswer answer, FunnelAnswer funnel) {
    public List<PathOutput> paths() {
        return funnel.paths().stream().map(this::path).toList();
    }

    /** Its cells are of other columns than those of the answer that its keys are of. */
    public AnalysisOutput table() {
        return answer.tableWithoutKeys();
    }

    public List<FormulaOutput> formulas() {
        return answer.formulas();
    }

    private PathOutput path(Path path) {
        var key = path.row().key();
        return new PathOutput(
                key,
                answer.time(path.row()),
                answer.groups(path.row()),
                path.steps().stream().map(step -> step(step, key)).toList(),
                saturated(path.pending()),
                path.pendingCompleted() == null ? null : saturated(path.pendingCompleted()));
    }

    /** A GraphQL Int has 32 bits. */
    private static Integer saturated(long number) {
        return (int) Math.min(Integer.MAX_VALUE, number);
    }

    private StepOutput step(StepNumbers step, @Nullable String key) {
        return new StepOutput(
                step.number(),
                step.label(),
                answer.cell("reached_" + step.number(), step.reached(), key),
                cell("from_first", step, step.fromFirst(), key),
                cell("from_previous", step, step.fromPrevious(), key),
                cell("dropped", step, step.dropped(), key),
                cell("mean_seconds", step, step.meanSeconds(), key),
                cell("median_seconds", step, step.medianSeconds(), key));
    }

    private @Nullable CellOutput cell(
            String what, StepNumbers step, Cell.@Nullable Value value, @Nullable String key) {
        return value == null ? null : answer.cell(what + "_" + step.number(), value, key);
    }

    /** The steps of a period and group. */
    public record PathOutput(
            @Nullable String key,
            @Nullable CellOutput start,
            List<CellOutput> groups,
            List<StepOutput> steps,
            Integer pending,
            @Nullable Integer pendingCompleted) {}

    /** A step. */
    public record StepOutput(
            int number,
            String label,
            CellOutput reached,
            @Nullable CellOutput fromFirst,
            @Nullable CellOutput fromPrevious,
            @Nullable CellOutput dropped,
            @Nullable CellOutput meanSeconds,
            @Nullable CellOutput medianSeconds) {}
}
