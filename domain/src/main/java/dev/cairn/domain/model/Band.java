package dev.cairn.domain.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A part of the values of a metric, half-open: from where the band before it ends, in, to where it ends, out.
 *
 * @param below where it ends; null: it has no end, and is the last
 */
public record Band(String name, @Nullable BigDecimal below) {
    String meaning() {
        return below == null ? name : name + " below " + below.stripTrailingZeros().toPlainString();
    }
}
