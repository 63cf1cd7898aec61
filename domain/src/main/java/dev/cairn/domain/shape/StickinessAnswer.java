package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import java.util.List;

/**
 * In how many units of a period its active members were active.
 *
 * @param counts the columns
 */
public record StickinessAnswer(
        List<Stickiness.Count> counts, List<Period> periods, AnalysisResult table)
        implements Shaped {
    public StickinessAnswer {
        counts = List.copyOf(counts);
        periods = List.copyOf(periods);
    }

    /**
     * A period and group.
     *
     * @param active in at least one unit
     * @param mean units in which the active ones were active
     * @param median of the same
     * @param counts in the order of the columns: a share of the active ones, with how many of how many
     */
    public record Period(
            Row row,
            Cell.Value active,
            Cell.Value mean,
            Cell.Value median,
            List<Cell.Value> counts) {
        public Period {
            counts = List.copyOf(counts);
        }
    }
}
