package dev.cairn.testkit.opinion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates of rows each of which counts for a number above zero. */
final class Weights {
    private static final MathContext PRECISE = new MathContext(60);

    private final Sentence.Aggregate aggregate;
    private final List<Context.Row> taken;
    private final Meaning meaning;

    /** @param taken all of which have a weight */
    Weights(Sentence.Aggregate aggregate, List<Context.Row> taken, Meaning meaning) {
        this.aggregate = aggregate;
        this.taken = taken;
        this.meaning = meaning;
    }

    /** Empty and what is not above zero have a row left out. */
    static boolean weighs(Sentence.Aggregate aggregate, Context.Row row, Meaning meaning) {
        return aggregate.weight() == null
                || (of(aggregate, row, meaning) instanceof Number number
                        && PlainValues.number(number) > 0);
    }

    private static @Nullable Object of(
            Sentence.Aggregate aggregate, Context.Row row, Meaning meaning) {
        return aggregate.weight() == null
                ? BigDecimal.ONE
                : meaning.of(aggregate.weight(), row).value();
    }

    private Object weight(Context.Row row) {
        return Objects.requireNonNull(of(aggregate, row, meaning));
    }

    @Nullable Object value() {
        return switch (aggregate.function()) {
            case "count" -> denominator();
            case "sum" -> numerator();
            case "avg", "share" -> {
                var above = numerator();
                var below = denominator();
                yield above == null || below == null
                        ? null
                        : PlainValues.arithmetic("/", above, below);
            }
            case "stddev" -> deviation();
            case "median" -> interpolated(0.5);
            case String percentile when percentile.startsWith("p") -> {
                var digits = new BigDecimal("0." + percentile.substring(1).replace("_disc", ""));
                yield percentile.endsWith("_disc")
                        ? discrete(digits)
                        : interpolated(digits.doubleValue());
            }
            default -> throw new Unsupported(aggregate.function() + " of what is weighed");
        };
    }

    /** Of values times weights, or of the weights of the rows that match. */
    @Nullable Object numerator() {
        var products = new ArrayList<Object>();
        for (Context.Row row : taken) {
            var weight = weight(row);
            if (aggregate.function().equals("share")) {
                products.add(meaning.holds(aggregate.ofRow(), row) ? weight : BigDecimal.ZERO);
                continue;
            }
            var value = meaning.overRows().value(aggregate, row);
            if (value != null) {
                products.add(PlainValues.arithmetic("*", value, weight));
            }
        }
        return products.isEmpty() ? null : PlainAggregates.sum(products);
    }

    /** Of the weights, for a mean of the rows that have a value. */
    @Nullable Object denominator() {
        var weights = new ArrayList<Object>();
        for (Context.Row row : taken) {
            if (!aggregate.function().equals("avg")
                    || meaning.overRows().value(aggregate, row) != null) {
                weights.add(weight(row));
            }
        }
        return weights.isEmpty() ? null : PlainAggregates.sum(weights);
    }

    /** A row that has a value. */
    private record Weighed(Object value, BigDecimal weight) {}

    /** By value. */
    private List<Weighed> weighed() {
        var weighed = new ArrayList<Weighed>();
        for (Context.Row row : taken) {
            var value = meaning.overRows().value(aggregate, row);
            if (value != null) {
                weighed.add(new Weighed(value, exact(weight(row))));
            }
        }
        weighed.sort((one, other) -> meaning.order(one.value(), other.value()));
        return weighed;
    }

    private static BigDecimal exact(Object number) {
        return number instanceof BigDecimal decimal
                ? decimal
                : new BigDecimal(Double.toString(PlainValues.number(number)));
    }

    private static BigDecimal sum(List<Weighed> of) {
        return of.stream().map(Weighed::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal squares(List<Weighed> of) {
        return of.stream()
                .map(one -> one.weight().multiply(one.weight()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Of so many rows of equal weight as these say as much as: W / (W² - Q) times the squares of the distances from the mean, each with its weight. */
    private @Nullable Object deviation() {
        var all = weighed();
        if (all.size() < 2) {
            return null;
        }
        var weights = sum(all);
        var products =
                all.stream()
                        .map(one -> exact(one.value()).multiply(one.weight()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var mean = products.divide(weights, PRECISE);
        var distances =
                all.stream()
                        .map(one -> {
                            var distance = exact(one.value()).subtract(mean);
                            return distance.multiply(distance).multiply(one.weight());
                        })
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return weights.multiply(distances)
                .divide(weights.multiply(weights).subtract(squares(all)), PRECISE)
                .sqrt(PRECISE)
                .doubleValue();
    }

    /**
     * Each value has the part of a window on the weights that lies over its own, and the window is as wide as one of n equal rows: from (n - 1)p through n to one
     * n-th more, where n is the effective number of rows.
     */
    private @Nullable Object interpolated(double fraction) {
        var all = weighed();
        if (all.isEmpty()) {
            return null;
        }
        var weights = sum(all);
        var rows = weights.multiply(weights).divide(squares(all), PRECISE);
        var from =
                rows.subtract(BigDecimal.ONE)
                        .multiply(BigDecimal.valueOf(fraction))
                        .divide(rows, PRECISE);
        var value = BigDecimal.ZERO;
        var upTo = BigDecimal.ZERO;
        var before = BigDecimal.ZERO;
        for (var one : all) {
            upTo = upTo.add(one.weight());
            var covered =
                    upTo.divide(weights, PRECISE)
                            .subtract(from)
                            .multiply(rows)
                            .max(BigDecimal.ZERO)
                            .min(BigDecimal.ONE);
            value = value.add(covered.subtract(before).multiply(exact(one.value())));
            before = covered;
        }
        return value.doubleValue();
    }

    /** The least value up to which the weights come to so much of all. */
    private @Nullable Object discrete(BigDecimal fraction) {
        var all = weighed();
        var wanted = sum(all).multiply(fraction);
        var upTo = BigDecimal.ZERO;
        for (var one : all) {
            upTo = upTo.add(one.weight());
            if (upTo.compareTo(wanted) >= 0) {
                return one.value();
            }
        }
        return null;
    }
}
