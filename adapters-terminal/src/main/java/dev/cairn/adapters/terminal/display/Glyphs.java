package dev.cairn.adapters.terminal.display;

import java.nio.charset.Charset;

/**
 * The characters that plots and tables are drawn with.
 *
 * @param ellipsis replaces what is cut off
 * @param levels from the least to the greatest
 */
public record Glyphs(String ellipsis, String levels, Bars bars, Lines lines, Border border) {
    public static final Glyphs UNICODE =
            new Glyphs(
                    "…",
                    "▁▂▃▄▅▆▇█",
                    new Bars('█', '▌', '▐', '▒', '│', '├', '┤'),
                    new Lines('─', '╌', '│', '╭', '╮', '╰', '╯', '░', '┊', '·'),
                    new Border('│', '┤', '└', '─'));
    public static final Glyphs ASCII =
            new Glyphs(
                    "~",
                    "12345678",
                    new Bars('#', '#', '#', '=', '|', '[', ']'),
                    new Lines('-', '~', '|', '.', '.', '\'', '\'', ':', ':', '*'),
                    new Border('|', '+', '+', '-'));

    /**
     * What bars are made of.
     *
     * @param pale full, of a value that may still change
     * @param zero where they begin
     * @param low where an interval begins
     * @param high where it ends
     */
    record Bars(
            char full, char leftHalf, char rightHalf, char pale, char zero, char low, char high) {
        private String signs() {
            return "" + full + leftHalf + rightHalf + pale + zero + low + high;
        }
    }

    /**
     * What a line is made of.
     *
     * @param pale level, of a value that may still change
     * @param fromBelow a corner: comes from below and goes on to the right; the others alike
     * @param band where a value may be, too
     * @param change from which on something is other
     * @param other level, of a second line
     */
    record Lines(
            char level,
            char pale,
            char upright,
            char fromBelow,
            char toBelow,
            char fromAbove,
            char toAbove,
            char band,
            char change,
            char other) {
        private String signs() {
            return "" + level + pale + upright + fromBelow + toBelow + fromAbove + toAbove + band
                    + change + other;
        }
    }

    /**
     * The border of a plot.
     *
     * @param tick where a number stands beside it
     */
    record Border(char side, char tick, char corner, char bottom) {
        private String signs() {
            return "" + side + tick + corner + bottom;
        }
    }

    /** What the charset can write. */
    public static Glyphs of(Charset output) {
        var signs =
                UNICODE.ellipsis
                        + UNICODE.levels
                        + UNICODE.bars.signs()
                        + UNICODE.lines.signs()
                        + UNICODE.border.signs();
        return output.newEncoder().canEncode(signs) ? UNICODE : ASCII;
    }
}
