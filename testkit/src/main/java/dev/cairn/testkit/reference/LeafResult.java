package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.analysis.MissingRate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value of a leaf, or why there is none.
 *
 * @param lacking the rates for want of which there is none
 */
record LeafResult(@Nullable Object value, @Nullable Absence absence, Set<MissingRate> lacking) {
    LeafResult(@Nullable Object value, @Nullable Absence absence) {
        this(value, absence, Set.of());
    }

    static LeafResult lacking(Set<MissingRate> rates) {
        return new LeafResult(null, Absence.NO_RATE, rates);
    }

    static LeafResult of(@Nullable Object value, Absence whereEmpty) {
        return value == null ? new LeafResult(null, whereEmpty) : new LeafResult(value, null);
    }
}
