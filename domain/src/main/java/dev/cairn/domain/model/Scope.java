package dev.cairn.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * Accounts that may be seen by whoever was given the scope.
 *
 * @param where a formula over attributes of an account; {@code caller.x} in it is a claim of whoever asks
 * @param owner who answers for it; null where not said
 */
public record Scope(
        String name, String label, String description, @Nullable String owner, String where)
        implements Definition {
    @Override
    public String meaning() {
        return "scope where " + where;
    }
}
