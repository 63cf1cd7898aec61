package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far attempts got.
 *
 * @param paths one for each period and group, in the order of the answer
 * @param table a row for each step of each
 */
public record FunnelAnswer(List<Path> paths, AnalysisResult table) implements Shaped {
    public FunnelAnswer {
        paths = List.copyOf(paths);
    }

    /**
     * The steps of a period and group.
     *
     * @param row of the answer: its key opens the cells
     * @param pending attempts whose time is not over, which are counted in no step
     * @param pendingCompleted how many of them have reached every step; null where none is pending
     */
    public record Path(
            Row row, List<StepNumbers> steps, long pending, @Nullable Long pendingCompleted) {
        public Path {
            steps = List.copyOf(steps);
        }
    }

    /**
     * The numbers of a step. All but how many reached it are null for the first, before which is nothing.
     *
     * @param number from 1
     * @param label its facts, or what it was called; of steps in any order how many were reached
     * @param dropped who reached the step before, and not this one
     * @param meanSeconds from the step before
     */
    public record StepNumbers(
            int number,
            String label,
            Cell.Value reached,
            Cell.@Nullable Value fromFirst,
            Cell.@Nullable Value fromPrevious,
            Cell.@Nullable Value dropped,
            Cell.@Nullable Value meanSeconds,
            Cell.@Nullable Value medianSeconds) {}
}
