package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
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

    /**
     * All of an answer.
     *
     * @param mostBytes that it may take in memory, about
     * @throws AnalysisFailed where it takes more
     */
    Answer read(Iterable<Record> records, String engine, long mostBytes) {
        long bytes = 0;
        var cells = new ArrayList<Answer.Row>();
        var totals = new ArrayList<Answer.Row>();
        var coverage = new LinkedHashMap<String, Coverage>();
        var tallies = new ArrayList<Long>();
        long catalogVersion = 0;
        for (Record line : records) {
            Integer kind = line.get(Layout.KIND);
            Long version = line.get(StoreTables.CATALOG_VERSION);
            if (version != null) {
                catalogVersion = version;
            } else if (kind == null && line.get(CoverageTables.SOURCE) == null) {
                new TallyCompiler(plan)
                        .columns()
                        .forEach(column -> tallies.add(present(line.get(column))));
            } else if (kind == null) {
                addCoverage(coverage, line);
            } else {
                var row = row(Codes.rowKind(kind), line);
                bytes += row.bytes();
                if (bytes > mostBytes) {
                    throw new AnalysisFailed(
                            Reason.ANSWER_TOO_LARGE,
                            new IllegalStateException("more than " + mostBytes + " bytes"));
                }
                (row.kind() == RowKind.CELL ? cells : totals).add(row);
            }
        }
        boolean hasMore = cells.size() > plan.page().limit();
        var rows = new ArrayList<>(hasMore ? cells.subList(0, plan.page().limit()) : cells);
        rows.addAll(totals);
        return new Answer(rows, hasMore, coverage, tallies, engine, catalogVersion);
    }

    static void addCoverage(Map<String, Coverage> coverage, Record line) {
        coverage.put(
                present(line.get(CoverageTables.SOURCE)),
                new Coverage(
                        present(line.get(CoverageTables.FROM_DATE)),
                        present(line.get(CoverageTables.FROM)),
                        present(line.get(CoverageTables.UNTIL_DATE)),
                        present(line.get(CoverageTables.UNTIL))));
    }

    Answer.Row row(RowKind kind, Record line) {
        var keys = layout.keys().stream().map(key -> group(key, line)).toList();
        var values = new ArrayList<Measured>();
        for (int index = 0; index < plan.outputs().size(); index++) {
            values.add(measured(index, plan.outputs().get(index), line));
        }
        return new Answer.Row(kind, present(line.get(Layout.BUCKET)), keys, values);
    }

    private static GroupValue group(GroupColumns key, Record line) {
        return switch (Codes.groupKind(present(line.get(key.kind())))) {
            case VALUE -> GroupValue.of(present(line.get(key.value())));
            case NONE -> GroupValue.NONE;
            case NO_ACCOUNT -> GroupValue.NO_ACCOUNT;
            case TOTAL -> GroupValue.TOTAL;
            case OTHER -> GroupValue.OTHER;
        };
    }

    private Measured measured(int index, Output output, Record line) {
        boolean readsWindows = OutputColumns.readsWindows(output, plan);
        Object value = line.get(OutputColumns.value(index, output));
        var absence = value == null ? absence(line.get(OutputColumns.reason(index))) : null;
        return new Measured(
                value,
                line.get(OutputColumns.numerator(index, output)),
                line.get(OutputColumns.denominator(index, output)),
                line.get(OutputColumns.sampleSize(index)),
                absence,
                IntStream.range(0, output.parts().size())
                        .mapToObj(part ->
                                new Measured.Contribution(
                                        output.parts().get(part).name(),
                                        line.get(OutputColumns.part(index, part))))
                        .toList(),
                OutputColumns.mayLackRate(output, plan)
                        ? RateGaps.read(line.get(OutputColumns.gaps(index)))
                        : List.of(),
                readsWindows ? orNone(line.get(OutputColumns.pending(index))) : 0,
                OutputColumns.readsAttempts(output, plan)
                        ? Long.valueOf(orNone(line.get(OutputColumns.pendingCompleted(index))))
                        : null,
                readsWindows && orNone(line.get(OutputColumns.beginsBeforeData(index))) > 0,
                output.uncertainty(
                        absence,
                        computedOfSample(index, output, line),
                        output.lifeTable() == null
                                ? null
                                : line.get(OutputColumns.lifeTable(index))));
    }

    private static List<@Nullable Number> computedOfSample(int index, Output output, Record line) {
        var computed = new ArrayList<@Nullable Number>();
        OutputColumns.ofSample(index, output).forEach(column -> computed.add(line.get(column)));
        return computed;
    }

    private static long orNone(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static Absence absence(@Nullable String reason) {
        return reason == null ? Absence.NO_DATA : Absence.valueOf(reason);
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
