package dev.cairn.domain.shape;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Incomplete;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.model.Metric.MetricUnit;
import dev.cairn.domain.shape.TrendAnswer.Compared;
import dev.cairn.domain.shape.TrendAnswer.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts beside each metric what it differs by. */
final class TrendFold {
    private final int metrics;
    private final AnalysisResult answer;
    private final Columns columns;
    private final List<String> measures;

    private TrendFold(int metrics, AnalysisResult answer) {
        this.metrics = metrics;
        this.answer = answer;
        columns = new Columns(answer);
        measures = columns.measures();
    }

    /** @param metrics how many were asked for: each has two columns of the answer, and the last two are when its times begin */
    static TrendAnswer of(int metrics, AnalysisResult answer) {
        return new TrendFold(metrics, answer).folded();
    }

    private TrendAnswer folded() {
        var periods = answer.rows().stream().map(this::period).toList();
        return new TrendAnswer(
                IntStream.range(0, metrics).mapToObj(at -> measures.get(2 * at)).toList(),
                periods,
                new AnalysisResult(
                        shown(),
                        periods.stream().map(this::row).toList(),
                        answer.hasNextPage(),
                        answer.cursor(),
                        answer.asOf(),
                        answer.knownAt(),
                        answer.notices(),
                        answer.sources()));
    }

    private Period period(Row row) {
        var begins = columns.value(row, measures.get(2 * metrics + 1)).value();
        return new Period(
                row,
                new Cell.Value(begins, Set.of()),
                IntStream.range(0, metrics)
                        .mapToObj(at ->
                                compared(
                                        columns.value(row, measures.get(2 * at)),
                                        columns.value(row, measures.get(2 * at + 1))))
                        .toList());
    }

    private static Compared compared(Cell.Value value, Cell.Value compared) {
        var now = number(value);
        var then = number(compared);
        var incomplete = incomplete(value, compared);
        if (now == null || then == null) {
            var none = none(now == null ? value : compared);
            return new Compared(value, compared, none, none);
        }
        var difference = now.subtract(then);
        boolean isExact =
                !(value.value().value() instanceof Double)
                        && !(compared.value().value() instanceof Double);
        Number shown = isExact ? difference : Double.valueOf(difference.doubleValue());
        return new Compared(
                value,
                compared,
                new Cell.Value(new Measured(shown, null, null, null, null), incomplete),
                new Cell.Value(change(difference, then.abs()), incomplete));
    }

    private static Measured change(BigDecimal difference, BigDecimal size) {
        return size.signum() == 0
                ? new Measured(null, difference, size, null, Absence.ZERO_BASE)
                : new Measured(
                        difference.doubleValue() / size.doubleValue(),
                        difference,
                        size,
                        null,
                        null);
    }

    private static @Nullable BigDecimal number(Cell.Value cell) {
        return Sums.decimal((Number) cell.value().value()).orElse(null);
    }

    private static Set<Incomplete> incomplete(Cell.Value value, Cell.Value compared) {
        var reasons = EnumSet.noneOf(Incomplete.class);
        reasons.addAll(value.incomplete());
        reasons.addAll(compared.incomplete());
        return reasons;
    }

    /** For the reason of another. */
    private static Cell.Value none(Cell.Value reason) {
        var of = reason.value();
        return new Cell.Value(
                new Measured(
                        null,
                        null,
                        null,
                        null,
                        of.absence(),
                        List.of(),
                        of.missingRates(),
                        0,
                        null,
                        false,
                        null),
                reason.incomplete());
    }

    private List<Column> shown() {
        var shown = new ArrayList<>(columns.keys());
        var begins = columns.column(measures.get(2 * metrics + 1));
        shown.add(
                new Column(
                        Trend.COMPARED_WITH,
                        "Compared with",
                        Role.MEASURE,
                        begins.valueType(),
                        null,
                        null,
                        null,
                        null));
        for (int at = 0; at < metrics; at++) {
            var value = columns.column(measures.get(2 * at));
            shown.add(value);
            shown.add(columns.column(measures.get(2 * at + 1)));
            shown.add(measure(value, Trend.DIFFERENCE, value.unit(), value.currency()));
            shown.add(measure(value, Trend.CHANGE, MetricUnit.RATIO, null));
        }
        return shown;
    }

    private static Column measure(
            Column of, String what, @Nullable MetricUnit unit, @Nullable String currency) {
        return new Column(
                of.key() + "." + what,
                of.label() + ", " + what,
                Role.MEASURE,
                ValueType.NUMBER,
                unit,
                currency,
                null,
                of.direction(),
                of.attributesAsOf());
    }

    private Row row(Period period) {
        var values = new ArrayList<Cell>();
        values.add(period.comparedWith());
        for (var metric : period.metrics()) {
            values.add(metric.value());
            values.add(metric.compared());
            values.add(metric.difference());
            values.add(metric.change());
        }
        var row = period.row();
        return new Row(
                row.kind(), Columns.joined(columns.keys(row), values), row.group(), row.key());
    }
}
