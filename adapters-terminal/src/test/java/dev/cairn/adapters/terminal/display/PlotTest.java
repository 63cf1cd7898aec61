package dev.cairn.adapters.terminal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.domain.analysis.Uncertainty.Interval;
import dev.cairn.domain.analysis.Uncertainty.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlotTest {
    private static Point value(String label, double value) {
        return new Point(label, value, number(value), "");
    }

    private static Point incomplete(String label, double value) {
        return new Point(label, value, number(value), "*");
    }

    private static Point missing(String label) {
        return new Point(label, null, "-", "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String bars(int width, Glyphs glyphs, Point... points) {
        return String.join("\n", BarPlot.lines(List.of(points), width, glyphs, PlotTest::number));
    }

    private static String line(int width, Glyphs glyphs, Point... points) {
        return String.join("\n", LinePlot.lines(List.of(points), width, glyphs, PlotTest::number));
    }

    /** Points named by numbers; null is a missing one. */
    private static Point[] points(@Nullable Double... values) {
        var points = new ArrayList<Point>();
        for (var value : values) {
            var label = Integer.toString(points.size() + 1);
            points.add(value == null ? missing(label) : value(label, value));
        }
        return points.toArray(Point[]::new);
    }

    @Test
    void bars_of_positive_values_begin_at_the_left() {
        assertThat(
                        bars(
                                40,
                                Glyphs.UNICODE,
                                value("enterprise", 31840),
                                value("free", 0),
                                incomplete("pro", 8869),
                                missing("(none)")))
                .isEqualTo(
                        """
                        enterprise  31840.0   │█████████████████
                        free            0.0   │
                        pro          8869.0*  │▒▒▒▒▒
                        (none)            -   │
                                              0.0        31840.0\
                        """);
    }

    @Test
    void negative_values_go_to_the_left_of_zero() {
        assertThat(
                        bars(
                                50,
                                Glyphs.UNICODE,
                                value("enterprise", 22.6),
                                value("free", -50),
                                value("pro", 0),
                                incomplete("株式会社", -10.2)))
                .isEqualTo(
                        """
                        enterprise   22.6                       │█████████
                        free        -50.0   ████████████████████│
                        pro           0.0                       │
                        株式会社    -10.2*                  ▒▒▒▒│
                                            -50.0               0     22.6\
                        """);
    }

    @Test
    void only_negative_values_begin_at_the_right() {
        assertThat(bars(40, Glyphs.UNICODE, value("a", -10), value("b", -5)))
                .isEqualTo(
                        """
                        a  -10.0  █████████████████████████████│
                        b   -5.0                ▐██████████████│
                                  -10.0                      0.0\
                        """);
    }

    @Test
    void bars_in_ascii() {
        assertThat(
                        bars(
                                50,
                                Glyphs.ASCII,
                                value("enterprise", 22.6),
                                value("free", -50),
                                incomplete("pro", 10)))
                .isEqualTo(
                        """
                        enterprise   22.6                       |#########
                        free        -50.0   ####################|
                        pro          10.0*                      |====
                                            -50.0               0     22.6\
                        """);
    }

    @Test
    void nothing_to_draw_has_no_bars() {
        assertThat(bars(40, Glyphs.UNICODE, missing("a"), value("b", 0)))
                .isEqualTo(
                        """
                        a    -  │
                        b  0.0  │\
                        """);
    }

    @Test
    void a_line_joins_buckets_that_follow_each_other_and_leaves_gaps() {
        assertThat(line(40, Glyphs.UNICODE, points(1.0, 2.0, 8.0, null, 4.0, 4.0, 0.5)))
                .isEqualTo(
                        """
                        8.0 ┤          ╭────
                            │          │
                            │          │
                            │          │
                            │          │         ──────────╮
                            │          │                   │
                            │     ╭────╯                   │
                        0.5 ┤─────╯                        ╰────
                            └───────────────────────────────────
                             1                                 7\
                        """);
    }

    @Test
    void incomplete_buckets_of_a_line_are_marked() {
        assertThat(
                        line(
                                40,
                                Glyphs.UNICODE,
                                value("2026-04", 10),
                                value("2026-05", 12),
                                incomplete("2026-06", 3)))
                .isEqualTo(
                        """
                        12.0 ┤      ╭─────╮
                             │      │     │
                             │──────╯     │
                             │            │
                             │            │
                             │            │
                             │            │
                         3.0 ┤            ╰╌╌╌╌╌
                             └──────────────────
                                          *
                              2026-04    2026-06\
                        """);
    }

    @Test
    void a_line_below_and_above_zero_says_where_zero_is() {
        assertThat(line(30, Glyphs.UNICODE, points(-10.0, 5.0, 10.0, -2.0)))
                .isEqualTo(
                        """
                         10.0 ┤          ╭────╮
                              │          │    │
                              │     ╭────╯    │
                          0.0 ┤     │         │
                              │     │         ╰────
                              │     │
                              │     │
                        -10.0 ┤─────╯
                              └────────────────────
                               1                  4\
                        """);
    }

    @Test
    void a_line_in_ascii() {
        assertThat(line(30, Glyphs.ASCII, points(-10.0, 5.0, null, -2.0)))
                .isEqualTo(
                        """
                          5.0 +     .----
                              |     |
                          0.0 +     |
                              |     |         -----
                              |     |
                              |     |
                              |     |
                        -10.0 +-----'
                              +--------------------
                               1                  4\
                        """);
    }

    @Test
    void equal_values_are_a_level_line() {
        assertThat(line(30, Glyphs.UNICODE, points(3.0, 3.0, 3.0)))
                .isEqualTo(
                        """
                            │
                            │
                            │
                            │
                        3.0 ┤──────────────────
                            │
                            │
                            │
                            └──────────────────
                             1                3\
                        """);
    }

    @Test
    void more_buckets_than_columns_show_the_range_of_those_that_share_one() {
        var values = new Double[60];
        for (int at = 0; at < values.length; at++) {
            values[at] = at % 10 == 9 ? 10.0 : at / 10.0;
        }
        assertThat(line(26, Glyphs.UNICODE, points(values)))
                .isEqualTo(
                        """
                        10.0 ┤   │  │  ││  │  │  │
                             │   │  │  ││  │  │  │
                             │   │  │  ││  │  │  │
                             │   │  │  ││  │  ││││
                             │   │  │  ││ │││││
                             │   │  │││││││
                             │  ││││││
                         0.0 ┤│││
                             └────────────────────
                              1                 60\
                        """);
    }

    @Test
    void a_line_without_values_is_none() {
        assertThat(line(30, Glyphs.UNICODE, points(null, null))).isEmpty();
    }

    private static Point between(String label, double low, double value, double high) {
        return new Point(label, value, number(value), "", new Interval(low, high, Method.STUDENT));
    }

    @Test
    void intervals_lie_over_bars() {
        assertThat(bars(40, Glyphs.ASCII, between("pro", 10, 20, 30), between("free", -10, 5, 20)))
                .isEqualTo(
                        """
                        pro   20.0         |######[#######-----]
                        free   5.0  [------|####---------]
                                    -10.0  0                30.0\
                        """);
    }

    @Test
    void a_band_lies_around_a_line() {
        assertThat(line(30, Glyphs.ASCII, between("1", 0, 20, 40), between("2", 30, 50, 70)))
                .isEqualTo(
                        """
                        70.0 +      ::::::
                             |      ::::::
                             |      .-----
                             |::::::|:::::
                             |::::::|:::::
                             |------'
                             |::::::
                         0.0 +::::::
                             +------------
                              1          2\
                        """);
    }
}
