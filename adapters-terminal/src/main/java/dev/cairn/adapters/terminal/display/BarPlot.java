package dev.cairn.adapters.terminal.display;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** A bar for each value, to the right or left of zero. */
final class BarPlot {
    private static final String GAP = "  ";
    private static final int NARROWEST = 10;

    private final List<Point> points;
    private final Glyphs glyphs;
    private final int labels;
    private final int texts;
    private final int marks;
    private final Point.Extent extent;

    /** Columns to the left of zero and to its right. */
    private final int left;

    private final int right;

    private BarPlot(List<Point> points, int width, Glyphs glyphs, Point.Extent extent) {
        this.points = points;
        this.glyphs = glyphs;
        this.extent = extent;
        int longest = widest(points.stream().map(Point::label).toList());
        this.labels = Math.min(longest, Math.max(NARROWEST, width / 3));
        this.texts = widest(points.stream().map(Point::text).toList());
        this.marks = widest(points.stream().map(Point::mark).toList());
        int room = Math.max(NARROWEST, width - labels - texts - marks - 2 * GAP.length() - 1);
        double range = extent.greatest() - extent.least();
        this.left = range == 0 ? 0 : (int) Math.round(room * -extent.least() / range);
        this.right = room - left;
    }

    /** @param number how a number is written at the axis */
    static List<String> lines(
            List<Point> points, int width, Glyphs glyphs, DoubleFunction<String> number) {
        var extent = Point.Extent.of(points);
        var plot =
                new BarPlot(
                        points,
                        width,
                        glyphs,
                        extent == null ? new Point.Extent(0, 0) : extent.withZero());
        return plot.lines(number);
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(DisplayText::width).max().orElse(0);
    }

    private List<String> lines(DoubleFunction<String> number) {
        var lines = new ArrayList<String>();
        for (var point : points) {
            lines.add((before(point) + GAP + withInterval(point, bar(point))).stripTrailing());
        }
        if (extent.least() < extent.greatest()) {
            lines.add(axis(number));
        }
        return lines;
    }

    private String before(Point point) {
        var label = DisplayText.cut(point.label(), labels, glyphs.ellipsis());
        return DisplayText.left(label, labels)
                + GAP
                + DisplayText.right(point.text(), texts)
                + DisplayText.left(point.mark(), marks);
    }

    private String bar(Point point) {
        var value = point.value();
        int halves = value == null ? 0 : halves(value);
        var full =
                Character.toString(
                        point.isIncomplete() ? glyphs.bars().pale() : glyphs.bars().full());
        boolean odd = halves % 2 != 0;
        var whole = full.repeat(Math.abs(halves) / 2);
        if (halves < 0) {
            var bar = (odd ? half(point, glyphs.bars().rightHalf()) : "") + whole;
            return DisplayText.right(bar, left) + glyphs.bars().zero();
        }
        return " ".repeat(left)
                + glyphs.bars().zero()
                + whole
                + (odd ? half(point, glyphs.bars().leftHalf()) : "");
    }

    /** From the low end of its interval to the high one; the bar stays to be seen. */
    private String withInterval(Point point, String bar) {
        var interval = point.interval();
        if (interval == null) {
            return bar;
        }
        var line = new StringBuilder(DisplayText.left(bar, left + right + 1));
        int from = column(interval.low());
        int to = column(interval.high());
        for (int at = from; at <= to; at++) {
            if (line.charAt(at) == ' ') {
                line.setCharAt(at, glyphs.lines().level());
            }
        }
        line.setCharAt(from, glyphs.bars().low());
        line.setCharAt(to, glyphs.bars().high());
        return line.toString();
    }

    private int column(double value) {
        int at = left + Math.round(halves(value) / 2f);
        return Math.max(0, Math.min(left + right, at));
    }

    private String half(Point point, char half) {
        return Character.toString(point.isIncomplete() ? glyphs.bars().pale() : half);
    }

    /** The length of a bar in half columns; negative to the left. */
    private int halves(double value) {
        return (int)
                (value < 0
                        ? -Math.round(2 * left * value / extent.least())
                        : Math.round(
                                2 * right * value / Math.max(extent.greatest(), Double.MIN_VALUE)));
    }

    /** The axis: the least value, zero and the greatest value, as far as they fit. */
    private String axis(DoubleFunction<String> number) {
        var line = new StringBuilder(" ".repeat(left + right + 1));
        put(line, 0, number.apply(extent.least()));
        var greatest = number.apply(extent.greatest());
        put(line, line.length() - greatest.length(), greatest);
        if (left > 0 && right > 0) {
            put(line, left, "0");
        }
        return (" ".repeat(labels + texts + marks) + GAP + GAP + line).stripTrailing();
    }

    /** Writes a text unless something stands there or beside it. */
    private static void put(StringBuilder line, int at, String text) {
        int from = Math.max(0, at - 1);
        int to = Math.min(line.length(), at + text.length() + 1);
        if (at >= 0 && at + text.length() <= line.length() && line.substring(from, to).isBlank()) {
            line.replace(at, at + text.length(), text);
        }
    }
}
