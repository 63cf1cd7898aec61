package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import java.util.List;

/** Who is active, by period and group. */
public record LifecycleAnswer(List<Period> periods, AnalysisResult table) implements Shaped {
    public LifecycleAnswer {
        periods = List.copyOf(periods);
    }

    /**
     * A period and group.
     *
     * @param active the sum of new, retained and resurrected
     * @param dormant active in the period before, and not in this
     */
    public record Period(
            Row row,
            Cell.Value active,
            Cell.Value fresh,
            Cell.Value retained,
            Cell.Value resurrected,
            Cell.Value dormant) {}
}
