package dev.cairn.adapters.persistence.sql;

import dev.cairn.application.port.AnalysisFailed;
import dev.cairn.application.port.AnalysisFailed.Reason;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Answer;
import dev.cairn.domain.plan.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one statement. */
final class AnswerReader {
    private final AnalysisPlan plan;
    private @Nullable LineColumns columns;

    AnswerReader(AnalysisPlan plan) {
        this.plan = plan;
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
            var columns = columns(line);
            Integer kind = columns.kind().in(line);
            Long version = columns.version().in(line);
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

    /** @param line of the same statement as all others that this reads */
    Answer.Row row(RowKind kind, Record line) {
        var columns = columns(line);
        var keys = columns.keys().stream().map(key -> key.read(line)).toList();
        var values = columns.outputs().stream().map(output -> output.measured(line)).toList();
        return new Answer.Row(kind, present(columns.bucket().in(line)), keys, values);
    }

    private LineColumns columns(Record line) {
        var known = columns;
        if (known == null) {
            known = new LineColumns(plan, line);
            columns = known;
        }
        return known;
    }

    /** Where the columns of all lines stand. */
    private record LineColumns(
            Column<Integer> kind,
            Column<Long> version,
            Column<Integer> bucket,
            List<Key> keys,
            List<OutputReader> outputs) {
        LineColumns(AnalysisPlan plan, Record line) {
            this(
                    Column.of(Layout.KIND, line),
                    Column.of(StoreTables.CATALOG_VERSION, line),
                    Column.of(Layout.BUCKET, line),
                    new Layout(plan).keys().stream().map(key -> Key.of(key, line)).toList(),
                    IntStream.range(0, plan.outputs().size())
                            .mapToObj(index -> new OutputReader(plan, index, line))
                            .toList());
        }
    }

    private record Key(Column<Integer> kind, Column<Object> value) {
        static Key of(GroupColumns key, Record line) {
            return new Key(Column.of(key.kind(), line), Column.of(key.value(), line));
        }

        GroupValue read(Record line) {
            return switch (Codes.groupKind(present(kind.in(line)))) {
                case VALUE -> GroupValue.of(present(value.in(line)));
                case NONE -> GroupValue.NONE;
                case NO_ACCOUNT -> GroupValue.NO_ACCOUNT;
                case TOTAL -> GroupValue.TOTAL;
                case OTHER -> GroupValue.OTHER;
            };
        }
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
