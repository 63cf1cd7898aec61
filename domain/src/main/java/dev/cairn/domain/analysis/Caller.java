package dev.cairn.domain.analysis;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param scope formula over attributes of an account that holds beneath everything the caller sees; null: everything is seen
 */
public record Caller(String name, @Nullable String scope) {
    /** The one caller there is while nobody signs in. */
    public static final Caller LOCAL = new Caller("local", null);
}
