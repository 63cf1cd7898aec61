package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.GroupValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The places of columns in an answer. */
final class Columns {
    private final List<AnalysisResult.Column> columns;

    Columns(AnalysisResult answer) {
        columns = answer.columns();
    }

    Cell.Value value(Row row, String column) {
        return (Cell.Value) row.cells().get(at(column));
    }

    private int at(String column) {
        return IntStream.range(0, columns.size())
                .filter(at -> columns.get(at).key().equals(column))
                .filter(at -> columns.get(at).role() == Role.MEASURE)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no column " + column));
    }

    AnalysisResult.Column column(String key) {
        return columns.get(at(key));
    }

    private static boolean isKey(AnalysisResult.Column column) {
        return column.role() != Role.MEASURE && column.role() != Role.STANDARD;
    }

    /** The cells of a row that are no measures: time, groups and kinds of keys. */
    List<Cell> keys(Row row) {
        return IntStream.range(0, columns.size())
                .filter(at -> isKey(columns.get(at)))
                .mapToObj(row.cells()::get)
                .toList();
    }

    /** Keys of the measures, in order. */
    List<String> measures() {
        return columns.stream()
                .filter(column -> column.role() == Role.MEASURE)
                .map(AnalysisResult.Column::key)
                .toList();
    }

    List<AnalysisResult.Column> keys() {
        return columns.stream().filter(Columns::isKey).toList();
    }

    /** The same keys of a total over time. */
    List<Cell> withoutTime(List<Cell> keys) {
        return keys.stream().map(Columns::withoutTime).toList();
    }

    /** Keys of a total over all. */
    List<Cell> ofAll(Row row) {
        return keys(row).stream().map(Columns::total).toList();
    }

    private static Cell total(Cell cell) {
        return switch (cell) {
            case Cell.Time _ -> withoutTime(cell);
            case Cell.Group _ -> new Cell.Group(GroupValue.TOTAL);
            case Cell.KeyKind _ -> new Cell.KeyKind(GroupValue.Kind.TOTAL);
            case Cell.Standing _, Cell.Value _ -> cell;
        };
    }

    private static Cell withoutTime(Cell cell) {
        return switch (cell) {
            case Cell.Time _ -> new Cell.Time(null, null, Set.of());
            case Cell.Group _, Cell.KeyKind _, Cell.Standing _, Cell.Value _ -> cell;
        };
    }

    static List<Cell> joined(List<Cell> keys, List<? extends Cell> values) {
        var cells = new ArrayList<Cell>(keys);
        cells.addAll(values);
        return cells;
    }
}
