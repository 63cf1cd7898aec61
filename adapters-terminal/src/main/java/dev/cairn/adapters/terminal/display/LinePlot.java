package dev.cairn.adapters.terminal.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values over time: a level for each bucket, adjacent ones joined; a missing value is a gap. */
final class LinePlot {
    private static final int HEIGHT = 8;
    private static final int MOST_A_POINT = 6;
    private static final int NARROWEST = 10;

    private final List<Point> points;
    private final List<Point> beside;
    private final int change;
    private final Glyphs glyphs;
    private final Point.Extent extent;
    private final TreeMap<Integer, String> numbers = new TreeMap<>();
    private final int numberWidth;
    private final int columns;
    private final char[][] canvas;

    private LinePlot(
            List<Point> points,
            List<Point> beside,
            int change,
            int width,
            Glyphs glyphs,
            Point.Extent extent,
            DoubleFunction<String> number) {
        this.points = points;
        this.beside = beside;
        this.change = change;
        this.glyphs = glyphs;
        this.extent = extent;
        if (extent.least() < 0 && extent.greatest() > 0) {
            numbers.put(extent.level(0, HEIGHT), number.apply(0));
        }
        numbers.put(extent.level(extent.least(), HEIGHT), number.apply(extent.least()));
        numbers.put(extent.level(extent.greatest(), HEIGHT), number.apply(extent.greatest()));
        this.numberWidth = numbers.values().stream().mapToInt(String::length).max().orElse(0);
        int room = Math.max(NARROWEST, width - numberWidth - 2);
        this.columns =
                points.size() <= room
                        ? points.size() * Math.min(room / points.size(), MOST_A_POINT)
                        : room;
        this.canvas = new char[HEIGHT][columns];
        for (var row : canvas) {
            Arrays.fill(row, ' ');
        }
    }

    /** @param number how a number is written at the axis */
    static List<String> lines(
            List<Point> points, int width, Glyphs glyphs, DoubleFunction<String> number) {
        return lines(points, List.of(), -1, width, glyphs, number);
    }

    /**
     * @param beside of the same buckets, drawn behind them; empty: none
     * @param change the bucket from which on something is other; -1: none
     * @param number how a number is written at the axis
     */
    static List<String> lines(
            List<Point> points,
            List<Point> beside,
            int change,
            int width,
            Glyphs glyphs,
            DoubleFunction<String> number) {
        var extent = Point.Extent.of(Stream.concat(points.stream(), beside.stream()).toList());
        if (extent == null) {
            return List.of();
        }
        var plot = new LinePlot(points, beside, change, width, glyphs, extent, number);
        plot.draw();
        return plot.lines();
    }

    /** Where a bucket begins; with more buckets than columns, several begin in one. */
    private int columnOf(int point) {
        return (int) ((long) point * columns / points.size());
    }

    private void draw() {
        for (int at = 0; at < points.size(); at++) {
            band(at);
        }
        if (change >= 0) {
            for (var row : canvas) {
                row[columnOf(change)] = glyphs.lines().change();
            }
        }
        for (int at = 0; at < beside.size(); at++) {
            var value = beside.get(at).value();
            if (value != null) {
                int to = Math.max(columnOf(at + 1), columnOf(at) + 1);
                Arrays.fill(
                        canvas[extent.level(value, HEIGHT)],
                        columnOf(at),
                        to,
                        glyphs.lines().other());
            }
        }
        boolean crowded = points.size() > columns;
        for (int at = 0; at < points.size(); at++) {
            var value = points.get(at).value();
            if (value == null) {
                continue;
            }
            int row = extent.level(value, HEIGHT);
            var before = at == 0 ? null : points.get(at - 1).value();
            if (crowded) {
                stack(at, row, before);
            } else {
                level(at, row);
                if (before != null) {
                    join(columnOf(at), extent.level(before, HEIGHT), row);
                }
            }
        }
    }

    /** Where the value of a bucket may be. */
    private void band(int at) {
        var interval = points.get(at).interval();
        if (interval == null) {
            return;
        }
        int highest = extent.level(interval.high(), HEIGHT);
        int to = Math.max(columnOf(at + 1), columnOf(at) + 1);
        for (int row = extent.level(interval.low(), HEIGHT); row <= highest; row++) {
            Arrays.fill(canvas[row], columnOf(at), to, glyphs.lines().band());
        }
    }

    private void level(int at, int row) {
        var sign = points.get(at).isIncomplete() ? glyphs.lines().pale() : glyphs.lines().level();
        Arrays.fill(canvas[row], columnOf(at), columnOf(at + 1), sign);
    }

    private void join(int column, int from, int to) {
        if (from == to) {
            return;
        }
        boolean up = to > from;
        for (int row = Math.min(from, to) + 1; row < Math.max(from, to); row++) {
            canvas[row][column] = glyphs.lines().upright();
        }
        canvas[from][column] = up ? glyphs.lines().toAbove() : glyphs.lines().toBelow();
        canvas[to][column] = up ? glyphs.lines().fromBelow() : glyphs.lines().fromAbove();
    }

    /** Draws one of several values that share a column: the levels from the value before it to its own. */
    private void stack(int at, int row, @Nullable Double before) {
        int column = columnOf(at);
        int from = before == null ? row : extent.level(before, HEIGHT);
        for (int level = Math.min(from, row); level <= Math.max(from, row); level++) {
            canvas[level][column] =
                    from == row && isFree(canvas[level][column])
                            ? glyphs.lines().level()
                            : glyphs.lines().upright();
        }
    }

    private boolean isFree(char sign) {
        return sign == ' '
                || sign == glyphs.lines().band()
                || sign == glyphs.lines().other()
                || sign == glyphs.lines().change();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        for (int row = HEIGHT - 1; row >= 0; row--) {
            var number = Objects.requireNonNullElse(numbers.get(row), "");
            var side = number.isEmpty() ? glyphs.border().side() : glyphs.border().tick();
            lines.add(
                    (DisplayText.right(number, numberWidth) + " " + side + new String(canvas[row]))
                            .stripTrailing());
        }
        var indent = " ".repeat(numberWidth + 1);
        lines.add(
                indent
                        + glyphs.border().corner()
                        + Character.toString(glyphs.border().bottom()).repeat(columns));
        lines.add((indent + " " + marks()).stripTrailing());
        lines.add((indent + " " + ends()).stripTrailing());
        lines.removeIf(String::isEmpty);
        return lines;
    }

    /** Beneath each bucket whose value may still change. */
    private String marks() {
        var marks = new char[columns];
        Arrays.fill(marks, ' ');
        for (int at = 0; at < points.size(); at++) {
            if (points.get(at).isIncomplete()) {
                marks[columnOf(at)] = points.get(at).mark().charAt(0);
            }
        }
        return new String(marks);
    }

    /** The first bucket and, where there is room, the last; between them that of a change. */
    private String ends() {
        var ends = new StringBuilder(points.getFirst().label());
        if (change > 0) {
            put(ends, columnOf(change), points.get(change).label());
        }
        var last = points.getLast().label();
        if (points.size() > 1) {
            put(ends, columns - DisplayText.width(last), last);
        }
        return ends.toString();
    }

    private static void put(StringBuilder line, int column, String text) {
        int between = column - DisplayText.width(line.toString());
        if (between >= 1) {
            line.append(" ".repeat(between)).append(text);
        }
    }
}
