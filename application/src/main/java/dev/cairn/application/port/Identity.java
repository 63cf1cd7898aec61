package dev.cairn.application.port;

import dev.cairn.domain.analysis.Role;
import java.util.List;
import java.util.Map;

/**
 * Who somebody has proved to be, and what was granted to them.
 *
 * @param everything whether all accounts are seen; else those of the scopes
 * @param scopes names of defined scopes; at least one, unless everything is seen
 * @param claims what scopes may read of {@code caller}
 */
public record Identity(
        String name,
        Role role,
        boolean everything,
        List<String> scopes,
        Map<String, String> claims) {
    public Identity {
        scopes = List.copyOf(scopes);
        claims = Map.copyOf(claims);
        if (everything != scopes.isEmpty()) {
            throw new IllegalArgumentException(
                    "Either everything is seen, or what named scopes let through.");
        }
    }
}
