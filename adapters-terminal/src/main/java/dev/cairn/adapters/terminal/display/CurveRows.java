package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.Row;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.SurvivalCurve;
import dev.cairn.domain.model.Metric.MetricUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An answer whose times of survival are put as their curves: a row for each step, beneath the keys of the row that it is of. */
public final class CurveRows {
    private final AnalysisResult result;
    private final int measure;

    /** The places of columns that say which row it is. */
    private final List<Integer> keys;

    private CurveRows(AnalysisResult result, int measure) {
        this.result = result;
        this.measure = measure;
        this.keys =
                IntStream.range(0, result.columns().size())
                        .filter(at -> result.columns().get(at).role() != Role.MEASURE)
                        .boxed()
                        .toList();
    }

    /** The column of an answer; empty where it is no measure of it. */
    public static Optional<CurveRows> of(AnalysisResult result, String column) {
        return IntStream.range(0, result.columns().size())
                .filter(at -> result.columns().get(at).role() == Role.MEASURE)
                .filter(at -> result.columns().get(at).key().equals(column))
                .mapToObj(at -> new CurveRows(result, at))
                .findFirst();
    }

    /** Whether any row has a curve. */
    public boolean isCurve() {
        return result.rows().stream().anyMatch(row -> curve(row) != null);
    }

    /** Whether any row has a value and no curve: it is none of survival. */
    public boolean hasOtherValues() {
        return result.rows().stream()
                .anyMatch(row ->
                        curve(row) == null
                                && row.cells().get(measure) instanceof Cell.Value(var value, _)
                                && value.value() != null);
    }

    /** How many times the curve has that has most of those that are too long to be shown; 0 where none is. */
    public int timesTooMany() {
        return result.rows().stream()
                .flatMap(row -> Stream.ofNullable(curve(row)))
                .mapToInt(SurvivalCurve::times)
                .filter(times -> times > SurvivalCurve.MOST_STEPS)
                .max()
                .orElse(0);
    }

    public AnalysisResult rows() {
        var columns = new ArrayList<Column>();
        keys.forEach(at -> columns.add(result.columns().get(at)));
        columns.add(result.columns().get(measure));
        Stream.of("atRisk", "ended", "censored")
                .forEach(key -> columns.add(column(key, MetricUnit.COUNT)));
        Stream.of("share", "standardError", "low", "high")
                .forEach(key -> columns.add(column(key, MetricUnit.RATIO)));
        return new AnalysisResult(
                columns,
                result.rows().stream().flatMap(this::steps).toList(),
                result.hasNextPage(),
                result.cursor(),
                result.asOf(),
                result.knownAt(),
                result.notices(),
                result.sources());
    }

    private static Column column(String key, MetricUnit unit) {
        return new Column(key, key, Role.MEASURE, ValueType.NUMBER, unit, null, null, null);
    }

    private @Nullable SurvivalCurve curve(Row row) {
        return row.cells().get(measure) instanceof Cell.Value(var value, _)
                        && value.uncertainty() != null
                ? value.uncertainty().curve()
                : null;
    }

    private Stream<Row> steps(Row row) {
        var curve = curve(row);
        return curve == null
                ? Stream.of()
                : curve.steps().stream()
                        .map(step ->
                                new Row(
                                        row.kind(),
                                        Stream.concat(
                                                        keys.stream().map(row.cells()::get),
                                                        numbers(step).map(CurveRows::cell))
                                                .toList(),
                                        row.group()));
    }

    private static Stream<@Nullable Double> numbers(SurvivalCurve.Step step) {
        return Stream.of(
                        Optional.of(step.time()),
                        Optional.of(step.atRisk()),
                        Optional.of(step.ended()),
                        Optional.of(step.censored()),
                        Optional.of(step.left()),
                        Optional.ofNullable(step.standardError()),
                        Optional.ofNullable(step.low()),
                        Optional.ofNullable(step.high()))
                .map(number -> number.orElse(null));
    }

    private static Cell cell(@Nullable Double number) {
        return new Cell.Value(
                new Measured(
                        number == null ? null : decimal(number),
                        null,
                        null,
                        null,
                        number == null ? Absence.NO_DATA : null),
                Set.of());
    }

    /** Counts are whole, unless rows have weights. */
    private static BigDecimal decimal(double number) {
        var shortest = BigDecimal.valueOf(number).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
