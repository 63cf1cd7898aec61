package dev.cairn.domain.analysis;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param access holds beneath everything the caller sees; null: everything is seen
 */
public record Caller(String name, Role role, @Nullable AccessScope access) {
    /** The one caller there is while nobody signs in. */
    public static final Caller LOCAL = new Caller("local", Role.ADMIN, null);

    /** One who may do everything with the accounts of a scope that reads nothing of the caller. */
    public Caller(String name, @Nullable String scope) {
        this(name, Role.ADMIN, scope == null ? null : new AccessScope(scope));
    }

    /** Whether some accounts alone are seen. */
    public boolean isScoped() {
        return access != null;
    }
}
