package dev.cairn.domain.formula;

import java.math.BigDecimal;

/** How many rows become one value. */
public sealed interface AggregateFunction {
    /** The functions without a parameter. */
    enum Named implements AggregateFunction {
        COUNT,
        DISTINCT,
        SUM,
        AVG,
        MIN,
        MAX,
        FIRST,
        LAST,
        MEDIAN,
        SHARE,
        EXISTS,
        STDDEV
    }

    /**
     * A percentile: {@code p90} interpolates linearly, {@code p99_disc} gives a value that is there.
     *
     * @param fraction between 0 and 1, both out
     */
    record Percentile(BigDecimal fraction, boolean discrete) implements AggregateFunction {}
}
