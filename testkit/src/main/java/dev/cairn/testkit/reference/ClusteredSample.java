package dev.cairn.testkit.reference;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Rows of which those of one cluster may be alike. */
final class ClusteredSample {
    private static final MathContext DIGITS = new MathContext(60);

    private ClusteredSample() {}

    /** A row. */
    record Weighed(BigDecimal value, BigDecimal weight, Object cluster) {}

    /** Of the mean; empty for fewer than two clusters. */
    static Optional<Double> error(List<Weighed> rows) {
        var weights = rows.stream().map(Weighed::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        var sum =
                rows.stream()
                        .map(row -> row.weight().multiply(row.value()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var off = new HashMap<Object, BigDecimal>();
        for (var row : rows) {
            // Times all weights, so that nothing is rounded.
            var deviation = row.weight().multiply(row.value().multiply(weights).subtract(sum));
            off.merge(row.cluster(), deviation, BigDecimal::add);
        }
        if (off.size() < 2) {
            return Optional.empty();
        }
        var squares =
                off.values().stream()
                        .map(each -> each.pow(2))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var all = BigDecimal.valueOf(off.size());
        var variance = squares.multiply(all).divide(all.subtract(BigDecimal.ONE), DIGITS);
        return Optional.of(variance.sqrt(DIGITS).divide(weights.pow(2), DIGITS).doubleValue());
    }
}
