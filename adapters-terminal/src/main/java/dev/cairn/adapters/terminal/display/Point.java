package dev.cairn.adapters.terminal.display;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value to be drawn.
 *
 * @param label what it is of
 * @param value null where there is none
 * @param text the value, or the sign of why there is none
 * @param mark of a value that may still change; empty where it is complete
 */
record Point(String label, @Nullable Double value, String text, String mark) {
    boolean isIncomplete() {
        return !mark.isEmpty();
    }

    /** The least and the greatest value. */
    record Extent(double least, double greatest) {
        /** Of no values, nothing. */
        static @Nullable Extent of(List<Point> points) {
            var values = points.stream().map(Point::value).filter(Objects::nonNull).toList();
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
