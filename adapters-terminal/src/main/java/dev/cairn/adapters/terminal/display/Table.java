package dev.cairn.adapters.terminal.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text beneath a header, in columns as wide as their content. */
public record Table(List<Column> columns, List<Row> rows) {
    static final String GAP = "  ";

    /** Longer texts are cut to this width where the terminal is too narrow, and not further. */
    private static final int SHORTEST_TEXT = 10;

    /** Names of metrics often share their beginning, so headers are cut later. */
    private static final int SHORTEST_HEADER = 20;

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A column.
     *
     * @param header its lines
     * @param key identifies the row: repeated in each block where the terminal is too narrow for the table
     */
    public record Column(List<String> header, Side side, boolean key) {
        public Column {
            header = List.copyOf(header);
        }

        /** Text that identifies a row. */
        public static Column key(String header) {
            return new Column(List.of(header), Side.LEFT, true);
        }

        /** A number that describes what the row is of. */
        public static Column number(String header) {
            return new Column(List.of(header), Side.RIGHT, false);
        }

        /** Text that describes what the row is of. */
        public static Column text(String header) {
            return new Column(List.of(header), Side.LEFT, false);
        }
    }

    /** Where in its column a text stands. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /**
     * A row.
     *
     * @param apart a line is drawn before it
     */
    public record Row(boolean apart, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        public static Row of(String... texts) {
            return new Row(false, Arrays.stream(texts).map(Cell::of).toList());
        }
    }

    /** A text with a mark behind it; marks do not shift right-aligned text. */
    public record Cell(String text, String mark) {
        public static Cell of(String text) {
            return new Cell(text, "");
        }
    }

    /** Where the table is wider than the terminal, texts are cut; where that is not enough, the columns are split into blocks. */
    public List<String> lines(Screen screen) {
        var measured = IntStream.range(0, columns.size()).mapToObj(this::measured).toList();
        var lines = new ArrayList<String>();
        for (var block : blocks(measured, screen.width())) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            shrink(block, screen.width());
            lines.addAll(lines(block, screen.glyphs().ellipsis()));
        }
        return lines;
    }

    /** Without a limit. */
    int width() {
        var measured = IntStream.range(0, columns.size()).mapToObj(this::measured).toList();
        return measured.stream().mapToInt(column -> column.width).sum() + gaps(measured);
    }

    /** A column and how much room it takes. */
    private static final class Measured {
        final int index;
        final Column column;
        final int marks;
        final int least;
        int width;

        Measured(int index, Column column, int texts, int marks, int header) {
            this.index = index;
            this.column = column;
            this.marks = marks;
            this.width = Math.max(texts + marks, header);
            this.least =
                    column.side() == Side.RIGHT
                            ? Math.max(texts + marks, Math.min(header, SHORTEST_HEADER))
                            : Math.min(width, SHORTEST_TEXT);
        }

        int spare() {
            return width - least;
        }
    }

    private Measured measured(int index) {
        var column = columns.get(index);
        int texts = 0;
        int marks = 0;
        for (var row : rows) {
            texts = Math.max(texts, DisplayText.width(row.cells().get(index).text()));
            marks = Math.max(marks, DisplayText.width(row.cells().get(index).mark()));
        }
        int header = column.header().stream().mapToInt(DisplayText::width).max().orElse(0);
        return new Measured(index, column, texts, marks, header);
    }

    /** Splits the columns into blocks: in each as many as fit beside the keys at their narrowest. */
    private static List<List<Measured>> blocks(List<Measured> all, int width) {
        var keys = all.stream().filter(measured -> measured.column.key()).toList();
        var blocks = new ArrayList<List<Measured>>();
        var block = new ArrayList<>(keys);
        for (var measured : all) {
            if (measured.column.key()) {
                continue;
            }
            if (block.size() > keys.size()
                    && least(block) + GAP.length() + measured.least > width) {
                blocks.add(block);
                block = new ArrayList<>(keys);
            }
            block.add(measured);
        }
        blocks.add(block);
        return blocks;
    }

    private static int least(List<Measured> block) {
        return block.stream().mapToInt(measured -> measured.least).sum() + gaps(block);
    }

    private static int gaps(List<Measured> block) {
        return GAP.length() * (block.size() - 1);
    }

    /** Narrows the headers of numbers first, then texts. */
    private static void shrink(List<Measured> block, int width) {
        var numbers =
                block.stream().filter(measured -> measured.column.side() == Side.RIGHT).toList();
        int over = block.stream().mapToInt(measured -> measured.width).sum() + gaps(block) - width;
        take(block, take(numbers, over));
    }

    private static int take(List<Measured> columns, int over) {
        int left = over;
        while (left > 0) {
            var widest = columns.stream().max(Comparator.comparingInt(Measured::spare));
            if (widest.isEmpty() || widest.get().spare() == 0) {
                break;
            }
            widest.get().width--;
            left--;
        }
        return left;
    }

    private List<String> lines(List<Measured> block, String ellipsis) {
        var lines = new ArrayList<String>();
        int height = columns.stream().mapToInt(column -> column.header().size()).max().orElse(0);
        for (int line = 0; line < height; line++) {
            int at = line;
            lines.add(
                    line(
                            block.stream()
                                    .map(measured -> headerLine(measured, at, ellipsis))
                                    .toList()));
        }
        var rule = line(block.stream().map(measured -> "-".repeat(measured.width)).toList());
        lines.add(rule);
        for (var row : rows) {
            if (row.apart()) {
                lines.add(rule);
            }
            lines.add(
                    line(
                            block.stream()
                                    .map(measured ->
                                            placed(
                                                    row.cells().get(measured.index),
                                                    measured,
                                                    ellipsis))
                                    .toList()));
        }
        return lines;
    }

    private static String line(List<String> parts) {
        return String.join(GAP, parts).stripTrailing();
    }

    private static String headerLine(Measured measured, int line, String ellipsis) {
        var header = measured.column.header();
        var text = line < header.size() ? header.get(line) : "";
        var cut = DisplayText.cut(text, measured.width, ellipsis);
        return switch (measured.column.side()) {
            case LEFT -> DisplayText.left(cut, measured.width);
            case RIGHT -> DisplayText.right(cut, measured.width);
        };
    }

    private static String placed(Cell cell, Measured measured, String ellipsis) {
        int room = measured.width - measured.marks;
        var text = DisplayText.cut(cell.text(), room, ellipsis);
        return switch (measured.column.side()) {
            case LEFT -> DisplayText.left(text + cell.mark(), measured.width);
            case RIGHT ->
                    DisplayText.right(text, room) + DisplayText.left(cell.mark(), measured.marks);
        };
    }
}
