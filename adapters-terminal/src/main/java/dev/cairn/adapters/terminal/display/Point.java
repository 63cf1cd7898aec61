package dev.cairn.adapters.terminal.display;

import dev.cairn.domain.analysis.Uncertainty.Interval;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value to be drawn.
 *
 * @param label what it is of
 * @param value null where there is none
 * @param text the value, or the sign of why there is none
 * @param mark of a value that may still change; empty where it is complete
 * @param interval in which the value may be; null where it is not asked for, or there is none
 */
record Point(
        String label,
        @Nullable Double value,
        String text,
        String mark,
        @Nullable Interval interval) {
    Point(String label, @Nullable Double value, String text, String mark) {
        this(label, value, text, mark, null);
    }

    boolean isIncomplete() {
        return !mark.isEmpty();
    }

    /** The value and the ends of its interval. */
    private Stream<Double> drawn() {
        return interval == null
                ? Stream.ofNullable(value)
                : Stream.of(interval.low(), interval.high());
    }

    /** The least and the greatest value, or end of an interval. */
    record Extent(double least, double greatest) {
        /** Of no values, nothing. */
        static @Nullable Extent of(List<Point> points) {
            var values = points.stream().flatMap(Point::drawn).toList();
            return values.isEmpty()
                    ? null
                    : new Extent(
                            values.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                            values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
        }

        Extent withZero() {
            return new Extent(Math.min(0, least), Math.max(0, greatest));
        }

        /** Which of {@code steps} levels a value is on, from 0; the middle one where all are equal. */
        int level(double value, int steps) {
            return greatest == least
                    ? (steps - 1) / 2
                    : (int) Math.round((value - least) / (greatest - least) * (steps - 1));
        }
    }
}
