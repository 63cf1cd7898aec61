package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.Uncertainty;
import dev.cairn.domain.analysis.Uncertainty.NoInterval;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Expr.LeafValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One measure of the answer.
 *
 * @param value over the plan's leaves
 * @param numerator of the outermost division; null where there is none
 * @param denominator of the outermost division
 * @param sampleSize a count leaf; null where the value has no one sample
 * @param reads those of its leaves, which decide whether a value is complete
 * @param parts of a score, over the same leaves: what each adds to it
 * @param sampling the sample that its value is of; null: nobody asks how far it may be off
 */
public record Output(
        String column,
        Expr value,
        @Nullable Expr numerator,
        @Nullable Expr denominator,
        @Nullable LeafValue sampleSize,
        Set<Read> reads,
        List<Part> parts,
        @Nullable Sampling sampling) {
    /** Of which nobody asks how far it may be off. */
    public Output(
            String column,
            Expr value,
            @Nullable Expr numerator,
            @Nullable Expr denominator,
            @Nullable LeafValue sampleSize,
            Set<Read> reads,
            List<Part> parts) {
        this(column, value, numerator, denominator, sampleSize, reads, parts, null);
    }

    /** No score. */
    public Output(
            String column,
            Expr value,
            @Nullable Expr numerator,
            @Nullable Expr denominator,
            @Nullable LeafValue sampleSize,
            Set<Read> reads) {
        this(column, value, numerator, denominator, sampleSize, reads, List.of());
    }

    /** @param name null where it has none */
    public record Part(@Nullable String name, Expr contribution) {}

    /** What is computed for each cell so that it can be told how far the value may be off. */
    public List<Expr> computedOfSample() {
        return sampling == null ? List.of() : sampling.computed();
    }

    /** What is computed so that it can be told what is left when; null where it is no time of survival, or nobody asks. */
    public @Nullable Expr lifeTable() {
        return sampling instanceof Sampling.OfSurvival survival ? survival.table() : null;
    }

    /**
     * How far a value may be off; null where nobody asks.
     *
     * @param absence why there is no value; null: there is one. What is left when is said of a time that is not reached ({@link Absence#NO_DATA}) too, and of no value that is kept back
     * @param numbers values of what is computed for it
     * @param table the value of its life table; null where it has none
     */
    public @Nullable Uncertainty uncertainty(
            @Nullable Absence absence,
            List<? extends @Nullable Number> numbers,
            @Nullable String table) {
        if (sampling == null) {
            return null;
        }
        var found =
                absence == null
                        ? sampling.uncertainty(numbers)
                        : Uncertainty.none(NoInterval.NO_VALUE);
        return sampling instanceof Sampling.OfSurvival survival
                        && (absence == null || absence == Absence.NO_DATA)
                ? found.with(survival.curve(table))
                : found;
    }

    public Output {
        if ((numerator == null) != (denominator == null)) {
            throw new IllegalArgumentException("a division has both parts: " + column);
        }
        reads = Set.copyOf(reads);
        parts = List.copyOf(parts);
    }
}
