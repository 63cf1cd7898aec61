package dev.cairn.domain.overview;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.overview.AccountMetrics.Refused;
import java.util.List;

/**
 * Rows of an account, in lists.
 *
 * @param refused lists that cannot be shown, and why
 */
public record RowsOfAccount(List<RowList> lists, List<Refused> refused) {
    public RowsOfAccount {
        lists = List.copyOf(lists);
        refused = List.copyOf(refused);
    }

    /**
     * A list.
     *
     * @param name of the metric or source
     * @param value what the rows come to: the earliest date, the latest time
     * @param question that the value is of
     * @param rows the first of them, in a row each, and a total
     */
    public record RowList(
            String name,
            String label,
            Cell.Value value,
            AnalysisQuery question,
            AnalysisResult rows) {}
}
