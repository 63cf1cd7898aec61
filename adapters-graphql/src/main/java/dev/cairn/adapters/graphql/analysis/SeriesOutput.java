package dev.cairn.adapters.graphql.analysis;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.Uncertainty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a chart: one measure of one group.
 *
 * @param group as text, in the order asked for; empty text where there is no value, and keys tell why
 */
public record SeriesOutput(
        String measure, List<String> group, List<GroupValue.Kind> keys, List<Point> points) {
    /**
     * A point.
     *
     * @param at start of the bucket; null where there is no time axis
     */
    public record Point(
            @Nullable Instant at,
            @Nullable Double value,
            @Nullable Absence absence,
            boolean complete,
            Uncertainty.@Nullable Interval interval) {}

    private static final Comparator<Point> BY_TIME =
            Comparator.comparing(Point::at, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** By measure, then by group in the order of the rows. Totals are no points. */
    static List<SeriesOutput> of(AnalysisResult result) {
        var groups = new LinkedHashMap<List<GroupValue>, List<Row>>();
        for (Row row : result.rows()) {
            if (row.kind() == RowKind.CELL) {
                groups.computeIfAbsent(row.group(), _ -> new ArrayList<>()).add(row);
            }
        }
        var series = new ArrayList<SeriesOutput>();
        for (int i = 0; i < result.columns().size(); i++) {
            var column = result.columns().get(i);
            if (column.role() == Role.MEASURE && column.valueType() == ValueType.NUMBER) {
                for (List<Row> rows : groups.values()) {
                    series.add(of(column, i, groupOf(rows.getFirst()), rows));
                }
            }
        }
        return series;
    }

    private static SeriesOutput of(
            Column measure, int index, List<GroupValue> group, List<Row> rows) {
        return new SeriesOutput(
                measure.key(),
                group.stream()
                        .map(value -> Objects.requireNonNullElse(Values.text(value.value()), ""))
                        .toList(),
                group.stream().map(GroupValue::kind).toList(),
                rows.stream().map(row -> point(row, index)).sorted(BY_TIME).toList());
    }

    private static Point point(Row row, int index) {
        if (!(row.cells().get(index) instanceof Cell.Value value)) {
            throw new IllegalStateException(
                    "a measure's cell is no value: " + row.cells().get(index));
        }
        var measured = value.value();
        return new Point(
                startOf(row),
                Values.number(measured.value()),
                measured.absence(),
                value.incomplete().isEmpty(),
                measured.uncertainty() == null ? null : measured.uncertainty().interval());
    }

    private static List<GroupValue> groupOf(Row row) {
        var group = new ArrayList<GroupValue>();
        for (Cell cell : row.cells()) {
            if (cell instanceof Cell.Group(GroupValue value)) {
                group.add(value);
            }
        }
        return group;
    }

    private static @Nullable Instant startOf(Row row) {
        for (Cell cell : row.cells()) {
            if (cell instanceof Cell.Time time) {
                return time.start();
            }
        }
        return null;
    }
}
