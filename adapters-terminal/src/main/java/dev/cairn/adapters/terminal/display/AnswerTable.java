package dev.cairn.adapters.terminal.display;

import dev.cairn.adapters.terminal.display.Table.Side;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Cell;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.model.Metric.MetricUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An answer as a table with a legend. */
public final class AnswerTable {
    private final AnalysisQuery query;
    private final AnalysisResult result;
    private final boolean details;
    private final Marks marks = new Marks();

    /** @param details numerators, denominators and the numbers of observations too */
    public AnswerTable(AnalysisQuery query, AnalysisResult result, boolean details) {
        this.query = query;
        this.result = result;
        this.details = details;
    }

    /** A column as it is shown, and how a row gives its cell. */
    private record Shown(Table.Column column, Function<AnalysisResult.Row, Table.Cell> cell) {}

    public List<String> lines(Screen screen) {
        var shown = new ArrayList<Shown>();
        for (int at = 0; at < result.columns().size(); at++) {
            shown.addAll(shown(at));
        }
        var rows = new ArrayList<Table.Row>();
        var before = RowKind.CELL;
        for (var row : result.rows()) {
            boolean apart = before == RowKind.CELL && row.kind() != RowKind.CELL;
            rows.add(
                    new Table.Row(
                            apart, shown.stream().map(column -> column.cell.apply(row)).toList()));
            before = row.kind();
        }
        var lines =
                new ArrayList<>(
                        new Table(shown.stream().map(Shown::column).toList(), rows).lines(screen));
        if (rows.isEmpty()) {
            lines.add("(no rows)");
        }
        lines.addAll(legend());
        return lines;
    }

    private List<String> legend() {
        var legend = new ArrayList<>(marks.legend(result, query.zone()));
        result.notices().forEach(notice -> legend.add(DisplayText.plain(notice.message())));
        if (!legend.isEmpty()) {
            legend.addFirst("");
        }
        return legend;
    }

    private List<Shown> shown(int at) {
        var column = result.columns().get(at);
        var header = DisplayText.plain(column.key());
        return switch (column.role()) {
            case TIME ->
                    List.of(new Shown(Table.Column.key(header), row -> time(row.cells().get(at))));
            case DIMENSION ->
                    List.of(
                            new Shown(
                                    new Table.Column(List.of(header), side(column), true),
                                    row -> group(row.cells().get(at))));
            // The words of a key say it.
            case KEY_KIND -> List.of();
            case STANDARD -> List.of(standing(column, at));
            case MEASURE -> measure(column, header, at);
        };
    }

    private static Side side(Column column) {
        return column.valueType() == ValueType.NUMBER ? Side.RIGHT : Side.LEFT;
    }

    private Table.Cell time(Cell cell) {
        return switch (cell) {
            case Cell.Time(var label, _, _, var name) ->
                    Table.Cell.of(
                            name != null
                                    ? name
                                    : CellText.bucket(label, query.grain(), query.zone()));
            case Cell.Group _, Cell.KeyKind _, Cell.Standing _, Cell.Value _ ->
                    throw unexpected(cell);
        };
    }

    private Table.Cell group(Cell cell) {
        return switch (cell) {
            case Cell.Group(var value) -> Table.Cell.of(CellText.group(value, query.zone()));
            case Cell.Time _, Cell.KeyKind _, Cell.Standing _, Cell.Value _ ->
                    throw unexpected(cell);
        };
    }

    private static IllegalStateException unexpected(Cell cell) {
        return new IllegalStateException("not the cell of its column: " + cell);
    }

    private List<Shown> measure(Column column, String header, int at) {
        var unit = unit(column);
        var numbers =
                NumberText.of(
                        column.unit(),
                        column.currency(),
                        values(at)
                                .flatMap(AnswerTable::numbers)
                                .map(CellText::number)
                                .filter(Objects::nonNull)
                                .toList());
        var shown = new ArrayList<Shown>();
        shown.add(
                new Shown(
                        new Table.Column(
                                unit.isEmpty() ? List.of(header) : List.of(header, unit),
                                side(column),
                                false),
                        row -> value(valueOf(row.cells().get(at)), numbers)));
        if (details) {
            part("numerator", at, Measured::numerator).ifPresent(shown::add);
            part("denominator", at, Measured::denominator).ifPresent(shown::add);
        }
        if (details || values(at).anyMatch(Measured::restsOnFew)) {
            part("n", at, Measured::sampleSize).ifPresent(shown::add);
        }
        if (query.uncertainty()) {
            shown.addAll(interval(column, at, numbers));
        }
        if (values(at).anyMatch(value -> value.pending() > 0)) {
            part("pending", at, Measured::pending).ifPresent(shown::add);
            part("of which completed", at, Measured::pendingCompleted).ifPresent(shown::add);
        }
        return shown;
    }

    /** Under its last word: the measure that it is of stands before it. */
    private Shown standing(Column column, int at) {
        var header = DisplayText.plain(column.key().substring(column.key().lastIndexOf('.') + 1));
        var numbers =
                NumberText.of(
                        column.unit(),
                        column.currency(),
                        result.rows().stream()
                                .map(row -> CellText.number(standingOf(row.cells().get(at))))
                                .filter(Objects::nonNull)
                                .toList());
        return new Shown(
                new Table.Column(List.of(header), side(column), false),
                row -> {
                    var value = standingOf(row.cells().get(at));
                    var number = CellText.number(value);
                    return Table.Cell.of(
                            number != null
                                    ? numbers.text(number)
                                    : value == null
                                            ? ""
                                            : value.toString()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', ' '));
                });
    }

    private static @Nullable Object standingOf(Cell cell) {
        return switch (cell) {
            case Cell.Standing(var value) -> value;
            case Cell.Time _, Cell.Group _, Cell.KeyKind _, Cell.Value _ -> throw unexpected(cell);
        };
    }

    /** The value and the ends of its interval, which are written alike. */
    private static Stream<@Nullable Object> numbers(Measured measured) {
        var interval = intervalOf(measured);
        return interval == null
                ? Stream.ofNullable(measured.value())
                : Stream.of(measured.value(), interval.low(), interval.high());
    }

    /** The ends of its interval, as the value is written, and with details its standard error. */
    private List<Shown> interval(Column column, int at, NumberText numbers) {
        marks.ofIntervals(column.key(), values(at).map(Measured::uncertainty));
        var shown = new ArrayList<Shown>();
        end("low", at, numbers, ofInterval(Uncertainty.Interval::low)).ifPresent(shown::add);
        end("high", at, numbers, ofInterval(Uncertainty.Interval::high)).ifPresent(shown::add);
        if (details) {
            end("std error", at, numbers, ofUncertainty(Uncertainty::standardError))
                    .ifPresent(shown::add);
            part("n eff", at, ofUncertainty(Uncertainty::effectiveN)).ifPresent(shown::add);
        }
        part("z", at, ofChange(Uncertainty.Change::z)).ifPresent(shown::add);
        part("p", at, ofChange(Uncertainty.Change::p)).ifPresent(shown::add);
        return shown;
    }

    private static Function<Measured, @Nullable Number> ofChange(
            ToDoubleFunction<Uncertainty.Change> part) {
        return measured ->
                measured.uncertainty() == null || measured.uncertainty().change() == null
                        ? null
                        : part.applyAsDouble(measured.uncertainty().change());
    }

    private static Function<Measured, @Nullable Number> ofInterval(
            ToDoubleFunction<Uncertainty.Interval> end) {
        return measured -> {
            var interval = intervalOf(measured);
            return interval == null ? null : end.applyAsDouble(interval);
        };
    }

    private static Function<Measured, @Nullable Number> ofUncertainty(
            Function<Uncertainty, @Nullable Double> part) {
        return measured ->
                measured.uncertainty() == null ? null : part.apply(measured.uncertainty());
    }

    /** A column in the unit of the value, if any of the values has it. */
    private Optional<Shown> end(
            String name, int at, NumberText numbers, Function<Measured, @Nullable Number> part) {
        return values(at).noneMatch(value -> part.apply(value) != null)
                ? Optional.empty()
                : Optional.of(shown(name, at, numbers, part));
    }

    private static Shown shown(
            String name, int at, NumberText numbers, Function<Measured, @Nullable Number> part) {
        return new Shown(
                new Table.Column(List.of(name), Side.RIGHT, false),
                row -> {
                    BigDecimal number = CellText.number(part.apply(measured(row.cells().get(at))));
                    return Table.Cell.of(number == null ? "" : numbers.text(number));
                });
    }

    private static Uncertainty.@Nullable Interval intervalOf(Measured measured) {
        return measured.uncertainty() == null ? null : measured.uncertainty().interval();
    }

    /** The unit for the header; empty where the numbers show it themselves. */
    static String unit(Column column) {
        return switch (column.unit()) {
            case MONEY -> Objects.requireNonNullElse(column.currency(), "");
            case POINTS -> "points";
            case SCORE -> "score";
            case RATIO, COUNT, DURATION -> "";
            case null -> "";
        };
    }

    private Stream<Measured> values(int at) {
        return result.rows().stream().map(row -> measured(row.cells().get(at)));
    }

    private static Measured measured(Cell cell) {
        return valueOf(cell).value();
    }

    private static Cell.Value valueOf(Cell cell) {
        return switch (cell) {
            case Cell.Value value -> value;
            case Cell.Time _, Cell.Group _, Cell.KeyKind _, Cell.Standing _ ->
                    throw unexpected(cell);
        };
    }

    private Table.Cell value(Cell.Value cell, NumberText numbers) {
        var measured = cell.value();
        var absence = measured.absence();
        if (absence != null) {
            return Table.Cell.of(marks.of(absence));
        }
        var number = CellText.number(measured.value());
        return new Table.Cell(
                number == null
                        ? CellText.value(measured.value(), query.zone())
                        : numbers.text(number),
                marks.of(cell.incomplete()));
    }

    /** A column for a detail of the values, if any of them has it. */
    private Optional<Shown> part(String name, int at, Function<Measured, @Nullable Number> part) {
        var numbers =
                values(at)
                        .map(value -> CellText.number(part.apply(value)))
                        .filter(Objects::nonNull)
                        .toList();
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        var text = NumberText.of((MetricUnit) null, null, numbers);
        return Optional.of(shown(name, at, text, part));
    }
}
