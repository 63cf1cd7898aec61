package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.plan.AnalysisPlan;
import dev.cairn.domain.plan.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reads one output of each line. */
final class OutputReader {
    private final Output output;
    private final Column<Object> value;
    private final Column<? extends Number> numerator;
    private final Column<? extends Number> denominator;
    private final Column<Long> sampleSize;
    private final Column<String> reason;
    private final List<Column<Double>> parts;
    private final List<Column<? extends Number>> ofSample;
    private final Optional<Column<String>> lifeTable;
    private final Optional<Column<String>> gaps;
    private final Optional<Column<Long>> pending;
    private final Optional<Column<Long>> beginsBeforeData;
    private final Optional<Column<Long>> pendingCompleted;

    /** @param line any of the statement */
    OutputReader(AnalysisPlan plan, int index, Record line) {
        this.output = plan.outputs().get(index);
        this.value = Column.of(OutputColumns.value(index, output), line);
        this.numerator = Column.of(OutputColumns.numerator(index, output), line);
        this.denominator = Column.of(OutputColumns.denominator(index, output), line);
        this.sampleSize = Column.of(OutputColumns.sampleSize(index), line);
        this.reason = Column.of(OutputColumns.reason(index), line);
        this.parts =
                IntStream.range(0, output.parts().size())
                        .mapToObj(part -> Column.of(OutputColumns.part(index, part), line))
                        .toList();
        this.ofSample =
                OutputColumns.ofSample(index, output).stream()
                        .<Column<? extends Number>>map(column -> Column.of(column, line))
                        .toList();
        this.lifeTable = where(output.lifeTable() != null, OutputColumns.lifeTable(index), line);
        this.gaps = where(OutputColumns.mayLackRate(output, plan), OutputColumns.gaps(index), line);
        boolean readsWindows = OutputColumns.readsWindows(output, plan);
        this.pending = where(readsWindows, OutputColumns.pending(index), line);
        this.beginsBeforeData = where(readsWindows, OutputColumns.beginsBeforeData(index), line);
        this.pendingCompleted =
                where(
                        OutputColumns.readsAttempts(output, plan),
                        OutputColumns.pendingCompleted(index),
                        line);
    }

    private static <T> Optional<Column<T>> where(boolean isRead, Field<T> column, Record line) {
        return isRead ? Optional.of(Column.of(column, line)) : Optional.empty();
    }

    Measured measured(Record line) {
        var known = value.in(line);
        var absence = known == null ? absence(reason.in(line)) : null;
        return new Measured(
                known,
                numerator.in(line),
                denominator.in(line),
                sampleSize.in(line),
                absence,
                contributions(line),
                gaps.map(column -> RateGaps.read(column.in(line))).orElse(List.of()),
                count(pending, line),
                pendingCompleted.isEmpty() ? null : Long.valueOf(count(pendingCompleted, line)),
                count(beginsBeforeData, line) > 0,
                output.uncertainty(
                        absence,
                        computedOfSample(line),
                        lifeTable.map(column -> column.in(line)).orElse(null)));
    }

    private List<Measured.Contribution> contributions(Record line) {
        return IntStream.range(0, parts.size())
                .mapToObj(part ->
                        new Measured.Contribution(
                                output.parts().get(part).name(), parts.get(part).in(line)))
                .toList();
    }

    private List<@Nullable Number> computedOfSample(Record line) {
        var computed = new ArrayList<@Nullable Number>();
        ofSample.forEach(column -> computed.add(column.in(line)));
        return computed;
    }

    private static long count(Optional<Column<Long>> column, Record line) {
        var count = column.isEmpty() ? null : column.get().in(line);
        return count == null ? 0 : count;
    }

    private static Absence absence(@Nullable String reason) {
        return reason == null ? Absence.NO_DATA : Absence.valueOf(reason);
    }
}
