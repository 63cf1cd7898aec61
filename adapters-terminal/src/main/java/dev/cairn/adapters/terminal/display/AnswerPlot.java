package dev.cairn.adapters.terminal.display;

import dev.cairn.adapters.terminal.display.Table.Cell;
import dev.cairn.adapters.terminal.display.Table.Side;
import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisResult;
import dev.cairn.domain.analysis.AnalysisResult.Column;
import dev.cairn.domain.analysis.AnalysisResult.Role;
import dev.cairn.domain.analysis.AnalysisResult.ValueType;
import dev.cairn.domain.analysis.GroupValue;
import dev.cairn.domain.analysis.Measured;
import dev.cairn.domain.analysis.RowKind;
import dev.cairn.domain.analysis.Uncertainty.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A plot of an answer: bars for groups, a line over time, a line of characters for each group over time. */
public final class AnswerPlot {
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_BUCKETS = 10;

    private final AnalysisQuery query;
    private final AnalysisResult result;
    private final Screen screen;
    private final int width;
    private final Marks marks = new Marks();
    private final List<String> remarks = new ArrayList<>();

    public AnswerPlot(AnalysisQuery query, AnalysisResult result, Screen screen) {
        this.query = query;
        this.result = result;
        this.screen = screen;
        this.width = screen.isInteractive() ? screen.width() : USUAL_WIDTH;
    }

    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (int at = 0; at < result.columns().size(); at++) {
            var column = result.columns().get(at);
            if (column.role() != Role.MEASURE) {
                continue;
            }
            if (column.valueType() == ValueType.NUMBER) {
                lines.addAll(plot(column, at));
                lines.add("");
            } else {
                remarks.add(
                        "'%s' is not a number, so it is not drawn."
                                .formatted(DisplayText.plain(column.key())));
            }
        }
        lines.addAll(marks.legend(result, query.zone()));
        lines.addAll(remarks);
        result.notices().forEach(notice -> lines.add(DisplayText.plain(notice.message())));
        if (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private List<String> plot(Column column, int at) {
        var lines = new ArrayList<String>();
        var unit = AnswerTable.unit(column);
        lines.add(DisplayText.plain(column.key()) + (unit.isEmpty() ? "" : " (" + unit + ")"));
        var series = series(column, at);
        marks.ofIntervals(
                column.key(),
                series.groups().values().stream()
                        .flatMap(group -> group.values().values().stream())
                        .map(value -> value.value().uncertainty()));
        if (series.groups().isEmpty()) {
            lines.add("(no rows)");
        } else if (query.grain() == null) {
            lines.addAll(bars(series));
        } else if (query.groupBy().isEmpty()) {
            lines.addAll(line(series));
        } else {
            lines.addAll(sparklines(series));
        }
        return lines;
    }

    /** The values of a measure: of each group by bucket; null is the only bucket where there is no time axis. */
    private record Series(
            NumberText numbers,
            Map<List<GroupValue>, Group> groups,
            TreeMap<Instant, String> buckets) {
        String number(double value) {
            return numbers.text(BigDecimal.valueOf(value));
        }
    }

    /** A group: its keys as text, and its values by the start of the bucket. */
    private record Group(List<String> keys, Map<Instant, AnalysisResult.Cell.Value> values) {}

    private Series series(Column column, int at) {
        var groups = new LinkedHashMap<List<GroupValue>, Group>();
        var buckets = new TreeMap<Instant, String>();
        var numbers = new ArrayList<BigDecimal>();
        for (var row : result.rows()) {
            if (row.kind() != RowKind.CELL
                    || !(row.cells().get(at) instanceof AnalysisResult.Cell.Value value)) {
                continue;
            }
            var start = Instant.EPOCH;
            var keys = new ArrayList<String>();
            for (var cell : row.cells()) {
                switch (cell) {
                    case AnalysisResult.Cell.Time(var label, var begins, _, var name) -> {
                        start = Objects.requireNonNull(begins);
                        buckets.put(
                                start,
                                name != null
                                        ? name
                                        : CellText.bucket(label, query.grain(), query.zone()));
                    }
                    case AnalysisResult.Cell.Group(var key) ->
                            keys.add(CellText.group(key, query.zone()));
                    case AnalysisResult.Cell.KeyKind _,
                            AnalysisResult.Cell.Standing _,
                            AnalysisResult.Cell.Value _ -> {}
                }
            }
            groups.computeIfAbsent(row.group(), _ -> new Group(keys, new LinkedHashMap<>()))
                    .values()
                    .put(start, value);
            var number = CellText.number(value.value().value());
            if (number != null) {
                numbers.add(number);
            }
        }
        return new Series(
                NumberText.of(column.unit(), column.currency(), numbers), groups, buckets);
    }

    private List<String> bars(Series series) {
        var points =
                series.groups().values().stream()
                        .map(group ->
                                point(
                                        group.keys().isEmpty()
                                                ? "(all)"
                                                : String.join(", ", group.keys()),
                                        group.values().get(Instant.EPOCH),
                                        series,
                                        false))
                        .toList();
        return BarPlot.lines(points, width, screen.glyphs(), series::number);
    }

    private List<String> line(Series series) {
        var only = series.groups().values().iterator().next();
        var lines = LinePlot.lines(points(only, series), width, screen.glyphs(), series::number);
        return lines.isEmpty() ? List.of("(no values)") : lines;
    }

    private List<Point> points(Group group, Series series) {
        return series.buckets().entrySet().stream()
                .map(bucket ->
                        point(bucket.getValue(), group.values().get(bucket.getKey()), series, true))
                .toList();
    }

    /** @param gap whether a missing value is shown as a gap, and explained in the legend only */
    private Point point(
            String label, AnalysisResult.Cell.@Nullable Value cell, Series series, boolean gap) {
        if (cell == null) {
            return new Point(label, null, "", "");
        }
        var absence = cell.value().absence();
        if (absence != null) {
            if (gap) {
                marks.gap(absence);
            }
            return new Point(label, null, gap ? "" : marks.of(absence), "");
        }
        var number = Objects.requireNonNull(CellText.number(cell.value().value()));
        return new Point(
                label,
                number.doubleValue(),
                series.numbers().text(number) + ends(cell.value(), series),
                marks.of(cell.incomplete()),
                drawn(cell.value()));
    }

    /** Lines of groups have no room for intervals. */
    private @Nullable Interval drawn(Measured value) {
        boolean isLineOfGroup = query.grain() != null && !query.groupBy().isEmpty();
        return value.uncertainty() == null || isLineOfGroup ? null : value.uncertainty().interval();
    }

    private String ends(Measured value, Series series) {
        var interval = drawn(value);
        return interval == null || query.grain() != null
                ? ""
                : " (%s..%s)"
                        .formatted(series.number(interval.low()), series.number(interval.high()));
    }

    /** The groups on one scale, with their least, greatest and last values. */
    private List<String> sparklines(Series series) {
        if (query.uncertainty()) {
            remarks.add(
                    "Intervals are not drawn for lines of groups; leave --plot out to see them.");
        }
        var all = series.groups().values().stream().map(group -> points(group, series)).toList();
        var extent = Point.Extent.of(all.stream().flatMap(List::stream).toList());
        if (extent == null) {
            return List.of("(no values)");
        }
        var beside = new ArrayList<Table.Row>();
        int at = 0;
        for (var group : series.groups().values()) {
            beside.add(new Table.Row(false, beside(group, all.get(at), series)));
            at++;
        }
        var columns = besideColumns();
        int buckets = series.buckets().size();
        int shown = Math.min(buckets, room(columns, beside));
        if (shown < buckets) {
            remarks.add(
                    "Only the last %d of %d buckets have room; a coarser grain shows all."
                            .formatted(shown, buckets));
        }
        int keys = query.groupBy().size();
        columns.add(keys, new Table.Column(header(series, all, shown), Side.LEFT, false));
        var rows = new ArrayList<Table.Row>();
        for (int index = 0; index < beside.size(); index++) {
            var cells = new ArrayList<>(beside.get(index).cells());
            var points = all.get(index);
            cells.add(keys, Cell.of(sparkline(points.subList(buckets - shown, buckets), extent)));
            rows.add(new Table.Row(false, cells));
        }
        return new Table(columns, rows).lines(new Screen(width, screen.glyphs()));
    }

    /** A character for each value, higher or lower; no value is a gap. */
    private String sparkline(List<Point> points, Point.Extent extent) {
        var levels = screen.glyphs().levels();
        var line = new StringBuilder();
        for (var point : points) {
            var value = point.value();
            line.append(value == null ? ' ' : levels.charAt(extent.level(value, levels.length())));
        }
        return line.toString();
    }

    private List<Table.Column> besideColumns() {
        var columns = new ArrayList<Table.Column>();
        query.groupBy().forEach(key -> columns.add(Table.Column.key(DisplayText.plain(key))));
        for (var name : List.of("least", "greatest", "last")) {
            columns.add(new Table.Column(List.of(name), Side.RIGHT, false));
        }
        return columns;
    }

    /** The keys of a group and its least, greatest and last value. */
    private static List<Cell> beside(Group group, List<Point> points, Series series) {
        var cells = new ArrayList<Cell>();
        group.keys().forEach(key -> cells.add(Cell.of(key)));
        var extent = Point.Extent.of(points);
        if (extent == null) {
            cells.addAll(List.of(Cell.of(""), Cell.of(""), Cell.of("")));
        } else {
            cells.add(Cell.of(series.number(extent.least())));
            cells.add(Cell.of(series.number(extent.greatest())));
            points.reversed().stream()
                    .filter(point -> point.value() != null)
                    .findFirst()
                    .ifPresent(last -> cells.add(new Cell(last.text(), last.mark())));
        }
        return cells;
    }

    private int room(List<Table.Column> columns, List<Table.Row> rows) {
        int taken = new Table(columns, rows).width() + Table.GAP.length();
        return Math.max(LEAST_BUCKETS, width - taken);
    }

    /** The first and the last bucket, and beneath it where values may still change. */
    private static List<String> header(Series series, List<List<Point>> all, int shown) {
        var labels = List.copyOf(series.buckets().values());
        int from = labels.size() - shown;
        var range = shown == 1 ? labels.getLast() : labels.get(from) + ".." + labels.getLast();
        var marks = new StringBuilder();
        for (int bucket = from; bucket < labels.size(); bucket++) {
            int at = bucket;
            marks.append(
                    all.stream()
                            .map(points -> points.get(at).mark())
                            .filter(mark -> !mark.isEmpty())
                            .map(mark -> mark.charAt(0))
                            .findFirst()
                            .orElse(' '));
        }
        return marks.toString().isBlank() ? List.of(range) : List.of(range, marks.toString());
    }
}
