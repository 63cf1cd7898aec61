package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.RowKind;
import java.util.ArrayList;
import java.util.List;

/** A row of typed cells, in the order of columns. */
public record RowOutput(RowKind kind, List<CellOutput> cells) {
    static RowOutput of(List<Column> columns, AnalysisResult.Row row) {
        var cells = new ArrayList<CellOutput>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            cells.add(new CellOutput(columns.get(i).key(), row.cells().get(i)));
        }
        return new RowOutput(row.kind(), cells);
    }
}
