package dev.cairn.domain.why;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.why.Term.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of an answer of one of the two cells, as they are given one by one. */
public final class CellRows {
    private final Map<String, Column> columns;
    private final @Nullable Column scored;
    private final Map<List<GroupValue>, Map<Column, Double>> rows = new LinkedHashMap<>();
    private List<AnalysisResult.Column> shown = List.of();

    /**
     * @param columns of the formula, by the keys that they have in the answer
     * @param scored how many have the score whose mean the value is; null: it is none
     */
    CellRows(Map<String, Column> columns, @Nullable Column scored) {
        this.columns = Map.copyOf(columns);
        this.scored = scored;
    }

    /** The sum of what a part adds to the scores. */
    static Column part(int number) {
        return new Column("part of score " + number, false);
    }

    /** As of when each column reads attributes that have a history, where it is one moment. */
    public Map<String, String> moments() {
        return shown.stream()
                .filter(column -> column.attributesAsOf().size() == 1)
                .collect(
                        Collectors.toUnmodifiableMap(
                                AnalysisResult.Column::key,
                                column -> column.attributesAsOf().getFirst()));
    }

    /** Comes first, and before the rows of another answer of the same cell, of other columns. */
    public void begin(List<AnalysisResult.Column> ofAnswer) {
        shown = List.copyOf(ofAnswer);
    }

    /** @param cells of a row, in the order of the columns */
    public void take(List<Cell> cells) {
        var keys = new ArrayList<GroupValue>();
        var values = new HashMap<Column, Double>();
        for (int at = 0; at < cells.size(); at++) {
            if (cells.get(at) instanceof Cell.Group(var key)) {
                keys.add(key);
            }
            var column = columns.get(shown.get(at).key());
            var value = number(cells.get(at));
            if (column != null && shown.get(at).role() == Role.MEASURE && value != null) {
                values.put(column, value);
            }
        }
        addParts(cells, values);
        rows.computeIfAbsent(List.copyOf(keys), _ -> new HashMap<>()).putAll(values);
    }

    /** Of each part of a score the sum over those that have one; nothing of a part that is missing. */
    private void addParts(List<Cell> cells, Map<Column, Double> values) {
        var count = scored == null ? null : values.get(scored);
        for (int at = 0; at < cells.size() && count != null; at++) {
            if (shown.get(at).key().equals(WhyQuestion.VALUE)
                    && cells.get(at) instanceof Cell.Value(var measured, _)
                    && measured.value() != null) {
                var parts = measured.contributions();
                for (int part = 0; part < parts.size(); part++) {
                    var adds = parts.get(part).value();
                    values.put(part(part), adds == null ? 0 : count * adds.doubleValue());
                }
            }
        }
    }

    /** All of an answer. */
    CellRows all(AnalysisResult answer) {
        begin(answer.columns());
        answer.rows().forEach(row -> take(row.cells()));
        return this;
    }

    static @Nullable Double number(Cell cell) {
        return cell instanceof Cell.Value(var measured, _)
                        && measured.value() instanceof Number number
                ? (Double) number.doubleValue()
                : null;
    }

    Map<List<GroupValue>, Map<Column, Double>> rows() {
        return rows;
    }

    /** Of a row that is not there, no values. */
    Map<Column, Double> row(List<GroupValue> keys) {
        var row = rows.get(keys);
        return row == null ? Map.of() : row;
    }
}
