package dev.cairn.testkit.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Values that count for their weights. */
final class WeightedSample {
    private static final MathContext PRECISE = MathContext.DECIMAL128;

    /** @param weight above 0 */
    record Weighed(BigDecimal value, BigDecimal weight) {}

    private final List<Weighed> ascending;
    private final Rules rules;
    private final BigDecimal weights;
    private final BigDecimal squares;

    /** So many rows of equal weight would say as much; an integer where all weights are equal. */
    private final BigDecimal effective;

    WeightedSample(List<Weighed> sample, Rules rules) {
        this.rules = rules;
        this.ascending = sample.stream().sorted(Comparator.comparing(Weighed::value)).toList();
        this.weights = sum(sample.stream().map(Weighed::weight).toList());
        this.squares = rules.squaresOfWeights(sample.stream().map(Weighed::weight).toList());
        this.effective = weights.pow(2).divide(squares, PRECISE);
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Distances from the weighted mean, by weights that are made to add up to the effective size; empty where that is 1. */
    Optional<BigDecimal> variance() {
        if (ascending.size() < 2) {
            return Optional.empty();
        }
        var mean =
                sum(ascending.stream().map(each -> each.value().multiply(each.weight())).toList())
                        .divide(weights, new MathContext(60));
        var distances =
                sum(
                        ascending.stream()
                                .map(each ->
                                        each.value().subtract(mean).pow(2).multiply(each.weight()))
                                .toList());
        var scaled = distances.multiply(effective).divide(weights, new MathContext(60));
        return Optional.of(scaled.divide(effective.subtract(BigDecimal.ONE), PRECISE));
    }

    /** Each value by the part of the rank's unit interval that its part of the weights covers; all in squares of weights, so that it is exact. */
    BigDecimal percentile(BigDecimal fraction) {
        var from = fraction.multiply(weights.pow(2).subtract(squares));
        var result = BigDecimal.ZERO;
        var until = BigDecimal.ZERO;
        for (var each : ascending) {
            var before = covered(until, from);
            until = until.add(each.weight());
            result = result.add(each.value().multiply(covered(until, from).subtract(before)));
        }
        return result.divide(squares, PRECISE);
    }

    private BigDecimal covered(BigDecimal until, BigDecimal from) {
        return until.multiply(weights).subtract(from).max(BigDecimal.ZERO).min(squares);
    }

    BigDecimal discrete(BigDecimal fraction) {
        var wanted = fraction.multiply(weights);
        var until = BigDecimal.ZERO;
        for (var each : ascending) {
            until = until.add(each.weight());
            if (rules.isReached(until, wanted)) {
                return each.value();
            }
        }
        return ascending.getLast().value();
    }
}
