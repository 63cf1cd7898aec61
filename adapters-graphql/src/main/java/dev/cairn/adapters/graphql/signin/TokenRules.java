package dev.cairn.adapters.graphql.signin;

import dev.cairn.domain.analysis.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tokens are taken, and what is granted by them.
 *
 * @param issuer of the tokens, exactly as it writes itself; below it is what the provider says of itself
 * @param audiences one of which a token has to be for
 * @param algorithms of signatures; only of those that the issuer alone can make
 * @param name the claim that says who it is
 * @param role the claim that says what they may do: a text or a list; with dots where it is inside of another
 * @param roles what it says for each role
 * @param scopes the claim that names scopes: a list, or a text with spaces or commas
 * @param unscoped what somebody sees whose token names no scope
 */
public record TokenRules(
        URI issuer,
        Set<String> audiences,
        Set<String> algorithms,
        String name,
        String role,
        Map<Role, List<String>> roles,
        String scopes,
        Unscoped unscoped) {
    public TokenRules {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        roles = Map.copyOf(roles);
    }

    /** What becomes of a token that names no scope. */
    public enum Unscoped {
        REFUSE,
        EVERYTHING
    }
}
