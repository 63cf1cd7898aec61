package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import java.util.List;

/**
 * Metrics beside another time.
 *
 * @param columns keys of the metrics' columns, as asked
 */
public record TrendAnswer(List<String> columns, List<Period> periods, AnalysisResult table)
        implements Shaped {
    public TrendAnswer {
        columns = List.copyOf(columns);
        periods = List.copyOf(periods);
    }

    /**
     * A period and group, or a total.
     *
     * @param comparedWith when what it is compared with begins: a date, or an instant by the hour
     * @param metrics in the order of the columns
     */
    public record Period(Row row, Cell.Value comparedWith, List<Compared> metrics) {
        public Period {
            metrics = List.copyOf(metrics);
        }
    }

    /**
     * A metric at both times.
     *
     * @param difference the value less the one compared with; none where one of both has none, for the reason of that one. Incomplete where one of both is
     * @param change the difference by the size of what it is compared with, as a ratio of both; ZERO_BASE: that is 0
     */
    public record Compared(
            Cell.Value value, Cell.Value compared, Cell.Value difference, Cell.Value change) {}
}
