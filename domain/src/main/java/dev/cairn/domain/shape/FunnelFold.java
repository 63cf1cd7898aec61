package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.shape.Funnel.Order;
import dev.cairn.domain.shape.FunnelAnswer.Path;
import dev.cairn.domain.shape.FunnelAnswer.StepNumbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of an answer as the steps of a funnel. */
final class FunnelFold {
    private static final Cell.Value NOTHING_BEFORE =
            new Cell.Value(new Measured(null, null, null, null, Absence.NO_DATA), Set.of());

    private final Funnel asked;
    private final AnalysisResult answer;
    private final Columns columns;

    private FunnelFold(Funnel asked, AnalysisResult answer) {
        this.asked = asked;
        this.answer = answer;
        this.columns = new Columns(answer);
    }

    static FunnelAnswer of(Funnel asked, AnalysisResult answer) {
        return new FunnelFold(asked, answer).folded();
    }

    private FunnelAnswer folded() {
        var paths = answer.rows().stream().map(this::path).toList();
        var rows =
                paths.stream()
                        .flatMap(path -> path.steps().stream().map(step -> row(path, step)))
                        .toList();
        return new FunnelAnswer(
                paths,
                new AnalysisResult(
                        columns(),
                        rows,
                        answer.hasNextPage(),
                        answer.cursor(),
                        answer.asOf(),
                        answer.knownAt(),
                        answer.notices(),
                        answer.sources()));
    }

    private Path path(Row row) {
        var started = columns.value(row, Funnel.column("reached", 1)).value();
        return new Path(
                row,
                IntStream.rangeClosed(1, asked.steps().size())
                        .mapToObj(step -> step(row, step))
                        .toList(),
                started.pending(),
                started.pendingCompleted());
    }

    private StepNumbers step(Row row, int step) {
        return new StepNumbers(
                step,
                label(step),
                columns.value(row, Funnel.column("reached", step)),
                later(row, "from_first", step),
                later(row, "from_previous", step),
                later(row, "dropped", step),
                later(row, "mean_seconds", step),
                later(row, "median_seconds", step));
    }

    private Cell.@Nullable Value later(Row row, String what, int step) {
        return step == 1 ? null : columns.value(row, Funnel.column(what, step));
    }

    private String label(int step) {
        if (asked.order() == Order.UNORDERED) {
            return "any %d of %d".formatted(step, asked.steps().size());
        }
        var written = asked.steps().get(step - 1);
        return written.label() == null ? written.facts() : written.label();
    }

    private List<Column> columns() {
        var shown = new ArrayList<>(columns.keys());
        shown.add(
                new Column(
                        "step.number",
                        "Step",
                        Role.DIMENSION,
                        ValueType.NUMBER,
                        null,
                        null,
                        null,
                        null));
        shown.add(
                new Column(
                        "step.name",
                        "Name",
                        Role.DIMENSION,
                        ValueType.TEXT,
                        null,
                        null,
                        null,
                        null));
        shown.add(measure("reached", MetricUnit.COUNT));
        shown.add(measure("from_first", MetricUnit.RATIO));
        shown.add(measure("from_previous", MetricUnit.RATIO));
        shown.add(measure("dropped", MetricUnit.COUNT));
        shown.add(measure("mean_seconds", MetricUnit.DURATION));
        shown.add(measure("median_seconds", MetricUnit.DURATION));
        return shown;
    }

    private static Column measure(String key, MetricUnit unit) {
        return new Column(key, key, Role.MEASURE, ValueType.NUMBER, unit, null, null, null);
    }

    private Row row(Path path, StepNumbers step) {
        var number = GroupValue.of(BigDecimal.valueOf(step.number()));
        var label = GroupValue.of(step.label());
        var cells = new ArrayList<>(columns.keys(path.row()));
        cells.add(new Cell.Group(number));
        cells.add(new Cell.Group(label));
        cells.add(step.reached());
        Stream.of(
                        given(step.fromFirst()),
                        given(step.fromPrevious()),
                        given(step.dropped()),
                        given(step.meanSeconds()),
                        given(step.medianSeconds()))
                .forEach(cells::add);
        var group = new ArrayList<>(path.row().group());
        group.add(number);
        group.add(label);
        return new Row(path.row().kind(), cells, group, path.row().key());
    }

    private static Cell.Value given(Cell.@Nullable Value value) {
        return value == null
                ? NOTHING_BEFORE
                : new Cell.Value(value.value().withoutPending(), value.incomplete());
    }
}
