package dev.cairn.domain.plan;

import dev.cairn.domain.plan.Expr.LeafValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One measure of the answer.
 *
 * @param value over the plan's leaves
 * @param numerator of the outermost division; null where there is none
 * @param denominator of the outermost division
 * @param sampleSize a count leaf; null where the value has no one sample
 * @param sources that it reads, directly or through members
 */
public record Output(
        String column,
        Expr value,
        @Nullable Expr numerator,
        @Nullable Expr denominator,
        @Nullable LeafValue sampleSize,
        Set<String> sources) {
    public Output {
        sources = Set.copyOf(sources);
    }
}
