package dev.cairn.testkit.opinion;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Aggregates of rows each of which counts for a number above zero. */
final class Weights {
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
}
