package dev.cairn.testkit.opinion;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates of values, none of them empty. */
final class PlainAggregates {
    private PlainAggregates() {}

    /** Of a sample. */
    private static @Nullable Object deviation(List<Object> values) {
        if (values.size() < 2) {
            return null;
        }
        double mean = values.stream().mapToDouble(PlainValues::number).sum() / values.size();
        double squares =
                values.stream()
                        .mapToDouble(value -> Math.pow(PlainValues.number(value) - mean, 2))
                        .sum();
        return PlainValues.finite(Math.sqrt(squares / (values.size() - 1)));
    }

    static Object identity(Object value, boolean inexact) {
        return switch (value) {
            case Number number when inexact -> number.doubleValue() + 0.0;
            case BigDecimal exact when exact.signum() == 0 -> BigDecimal.ZERO;
            case BigDecimal exact -> exact.stripTrailingZeros();
            default -> value;
        };
    }

    static @Nullable Object of(String function, List<Object> values, ZoneId zone) {
        if (values.isEmpty()) {
            return null;
        }
        var ascending =
                values.stream()
                        .sorted((one, other) -> PlainValues.compare(one, other, zone))
                        .toList();
        return switch (function) {
            case "min" -> ascending.getFirst();
            case "max" -> ascending.getLast();
            case "sum" -> sum(values);
            case "avg" -> PlainValues.finite(PlainValues.number(sum(values)) / values.size());
            case "stddev" -> deviation(values);
            case "median" -> interpolated(ascending, 0.5);
            default -> {
                var digits = function.substring(1).replace("_disc", "");
                var fraction = new BigDecimal("0." + digits);
                yield function.endsWith("_disc")
                        ? discrete(ascending, fraction)
                        : interpolated(ascending, fraction.doubleValue());
            }
        };
    }

    static Object sum(List<Object> values) {
        if (values.stream().allMatch(BigDecimal.class::isInstance)) {
            return values.stream()
                    .map(BigDecimal.class::cast)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        return PlainValues.finite(values.stream().mapToDouble(PlainValues::number).sum());
    }

    private static Object interpolated(List<Object> ascending, double fraction) {
        double rank = fraction * (ascending.size() - 1);
        double below = PlainValues.number(ascending.get((int) Math.floor(rank)));
        double above = PlainValues.number(ascending.get((int) Math.ceil(rank)));
        return below + (rank - Math.floor(rank)) * (above - below);
    }

    /** The least value up to which there are at least so many of all. */
    private static Object discrete(List<Object> ascending, BigDecimal fraction) {
        var wanted = fraction.multiply(BigDecimal.valueOf(ascending.size()));
        int upTo = 1;
        while (BigDecimal.valueOf(upTo).compareTo(wanted) < 0) {
            upTo++;
        }
        return ascending.get(upTo - 1);
    }
}
