package dev.cairn.adapters.graphql;

import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.expression.Type.Kind;
import dev.cairn.domain.model.Metric;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Definitions and answers for tests. */
public final class Samples {
    private Samples() {}

    public static Metric metric(String name, String formula) {
        return metric(name, "Label of " + name, formula, null, Metric.Status.PUBLISHED);
    }

    public static Metric metric(
            String name,
            String label,
            String formula,
            Metric.@Nullable MetricDomain domain,
            Metric.Status status) {
        return new Metric(
                name,
                label,
                "",
                Metric.Level.CELL,
                null,
                formula,
                null,
                Metric.Direction.HIGHER,
                domain,
                null,
                null,
                false,
                status);
    }

    /** Of an answer whose numbers are no exact ones. */
    public static List<Kind> kinds(AnalysisResult result) {
        return result.columns().stream()
                .map(column ->
                        switch (column.valueType()) {
                            case TEXT -> Kind.TEXT;
                            case NUMBER -> Kind.DOUBLE;
                            case DATE -> Kind.DATE;
                            case TIMESTAMP -> Kind.TIMESTAMP;
                            case BOOLEAN -> Kind.BOOLEAN;
                        })
                .toList();
    }

    public static Column time() {
        return new Column("time", "Time", Role.TIME, ValueType.DATE, null, null, null, null);
    }

    public static Column group(String key) {
        return new Column(key, key, Role.DIMENSION, ValueType.TEXT, null, null, null, null);
    }

    public static Column measure(String key, @Nullable String metric) {
        return new Column(
                key,
                key,
                Role.MEASURE,
                ValueType.NUMBER,
                Metric.MetricUnit.COUNT,
                null,
                metric,
                null);
    }

    public static Row row(Cell... cells) {
        return row(RowKind.CELL, cells);
    }

    public static Row row(RowKind kind, Cell... cells) {
        var group =
                Arrays.stream(cells)
                        .filter(Cell.Group.class::isInstance)
                        .map(cell -> ((Cell.Group) cell).value())
                        .toList();
        return new Row(kind, List.of(cells), group);
    }

    public static Cell.Time bucket(String date) {
        var day = LocalDate.parse(date);
        return new Cell.Time(day, day.atStartOfDay(ZoneOffset.UTC).toInstant(), Set.of());
    }

    public static Cell.Group group(GroupValue value) {
        return new Cell.Group(value);
    }

    public static Cell.Group text(String value) {
        return new Cell.Group(GroupValue.of(value));
    }

    public static Cell.Value value(Object value) {
        return new Cell.Value(new Measured(value, null, null, null, null), Set.of());
    }
}
