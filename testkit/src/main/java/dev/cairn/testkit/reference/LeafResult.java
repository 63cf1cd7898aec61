package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.Absence;
import org.jspecify.annotations.Nullable;

/** The value of a leaf, or why there is none. */
record LeafResult(@Nullable Object value, @Nullable Absence absence) {
    static LeafResult of(@Nullable Object value, Absence whereEmpty) {
        return value == null ? new LeafResult(null, whereEmpty) : new LeafResult(value, null);
    }
}
