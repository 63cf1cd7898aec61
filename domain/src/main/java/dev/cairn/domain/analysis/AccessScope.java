package dev.cairn.domain.analysis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which accounts a caller may see: those for which one of several formulas is true.
 *
 * @param formulas each over attributes of an account; {@code caller.x} in one is a claim. Of none: no account
 * @param claims what is known of the caller, by name; a formula that reads one that is not there, or is blank, lets no account through
 */
public record AccessScope(List<String> formulas, Map<String, String> claims) {
    public AccessScope {
        // In one order: two scopes that say the same are written the same.
        formulas = List.copyOf(formulas.stream().distinct().sorted().toList());
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
    }

    /** Reads nothing of the caller. */
    public AccessScope(String formula) {
        this(List.of(formula), Map.of());
    }
}
