package dev.cairn.domain.analysis;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which accounts a caller may see.
 *
 * @param formula over attributes of an account; {@code caller.x} in it is a claim
 * @param claims what is known of the caller, by name; a formula that reads one that is not there lets no account through
 */
public record AccessScope(String formula, Map<String, String> claims) {
    public AccessScope {
        // In one order: two scopes that say the same are written the same.
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
    }

    /** Reads nothing of the caller. */
    public AccessScope(String formula) {
        this(formula, Map.of());
    }
}
