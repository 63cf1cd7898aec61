package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Coverage;
import dev.cairn.domain.plan.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads the rows of the statement. */
final class AnswerReader {
    private final AnalysisPlan plan;
    private final Layout layout;

    AnswerReader(AnalysisPlan plan) {
        this.plan = plan;
        this.layout = new Layout(plan);
    }

    Answer read(List<Record> records, String engine) {
        var cells = new ArrayList<Answer.Row>();
        var totals = new ArrayList<Answer.Row>();
        var coverage = new LinkedHashMap<String, Coverage>();
        for (Record line : records) {
            Integer kind = line.get(Layout.KIND);
            if (kind == null) {
                addCoverage(coverage, line);
            } else {
                var row = row(RowKind.values()[kind], line);
                (row.kind() == RowKind.CELL ? cells : totals).add(row);
            }
        }
        boolean hasMore = cells.size() > plan.limit();
        var rows = new ArrayList<>(hasMore ? cells.subList(0, plan.limit()) : cells);
        rows.addAll(totals);
        return new Answer(rows, hasMore, coverage, engine);
    }

    private static void addCoverage(LinkedHashMap<String, Coverage> coverage, Record line) {
        var columns = CoverageTables.COLUMNS;
        coverage.put(
                present(line, columns.getFirst()),
                new Coverage(
                        present(line, columns.get(1)),
                        present(line, columns.get(2)),
                        present(line, columns.get(3)),
                        present(line, columns.get(4))));
    }

    private Answer.Row row(RowKind kind, Record line) {
        var keys = layout.keys().stream().map(key -> group(key, line)).toList();
        var values = new ArrayList<Measured>();
        for (int index = 0; index < plan.outputs().size(); index++) {
            values.add(measured(index, plan.outputs().get(index), line));
        }
        int bucket = present(line, Layout.BUCKET);
        return new Answer.Row(kind, bucket, keys, values);
    }

    private static GroupValue group(Layout.Key key, Record line) {
        int kind = present(line, key.kind());
        return switch (GroupValue.Kind.values()[kind]) {
            case VALUE -> GroupValue.of(present(line, key.value()));
            case NONE -> GroupValue.NONE;
            case NO_ACCOUNT -> GroupValue.NO_ACCOUNT;
            case TOTAL -> GroupValue.TOTAL;
        };
    }

    private static Measured measured(int index, Output output, Record line) {
        Object value = line.get(OutputColumns.value(index, output));
        return new Measured(
                value,
                line.get(OutputColumns.numerator(index, output)),
                line.get(OutputColumns.denominator(index, output)),
                line.get(OutputColumns.sampleSize(index)),
                value == null ? absence(line.get(OutputColumns.reason(index))) : null);
    }

    private static Absence absence(@Nullable String reason) {
        return reason == null ? Absence.NO_DATA : Absence.valueOf(reason);
    }

    @SuppressWarnings("unchecked")
    private static <T> T present(Record line, Field<?> column) {
        return (T) Objects.requireNonNull(line.get(column), column.getName());
    }
}
