package dev.cairn.domain.standing;

import dev.cairn.domain.model.Target.ScopeKey;
import java.util.Set;

/**
 * Which rows a value is of, as far as targets can name them.
 *
 * @param keys dimensions and the one value that all of the rows have
 * @param narrower whether the rows are fewer than the keys say: a condition or a key that no target can name
 */
public record RowScope(Set<ScopeKey> keys, boolean narrower) {
    public RowScope {
        keys = Set.copyOf(keys);
    }
}
