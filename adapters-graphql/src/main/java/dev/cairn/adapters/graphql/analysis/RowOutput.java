package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.RowKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of typed cells, in the order of columns. */
public record RowOutput(RowKind kind, @Nullable String key, List<CellOutput> cells) {
    static RowOutput of(AnalysisQuery question, List<Column> columns, AnalysisResult.Row row) {
        var cells = new ArrayList<CellOutput>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            cells.add(
                    new CellOutput(columns.get(i).key(), row.cells().get(i), question, row.key()));
        }
        return new RowOutput(row.kind(), row.key(), cells);
    }
}
