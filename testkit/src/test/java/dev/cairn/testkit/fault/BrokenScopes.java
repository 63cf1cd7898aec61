package dev.cairn.testkit.fault;

import dev.cairn.domain.analysis.AccessScope;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a caller may see, as a planner would take it that gets a rule of scopes wrong. */
final class BrokenScopes {
    private static final Pattern CLAIM = Pattern.compile("caller\\.([a-z]+)");

    private BrokenScopes() {}

    /** As where a comparison with what is not known is empty, and its negation is not. */
    static AccessScope missingClaimIsSomeText(AccessScope access) {
        var claims = new TreeMap<String, String>();
        access.formulas().stream()
                .flatMap(formula -> CLAIM.matcher(formula).results())
                .forEach(claim -> claims.put(claim.group(1), "nobody"));
        access.claims().forEach((name, value) -> claims.put(name, value.isBlank() ? "-" : value));
        return new AccessScope(access.formulas(), claims);
    }

    static AccessScope missingClaimHidesAll(AccessScope access) {
        boolean allKnown =
                access.formulas().stream()
                        .flatMap(formula -> CLAIM.matcher(formula).results())
                        .map((MatchResult claim) -> claim.group(1))
                        .allMatch(access.claims()::containsKey);
        return allKnown ? access : new AccessScope(List.of(), access.claims());
    }

    static AccessScope claimsAreInUpperCase(AccessScope access) {
        return new AccessScope(
                access.formulas(),
                access.claims().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        claim -> claim.getValue().toUpperCase(Locale.ROOT))));
    }

    static AccessScope allMustHold(AccessScope access) {
        return new AccessScope(
                List.of(
                        access.formulas().stream()
                                .map("(%s)"::formatted)
                                .collect(Collectors.joining(" and "))),
                access.claims());
    }

    static AccessScope theFirstAlone(AccessScope access) {
        return new AccessScope(access.formulas().stream().limit(1).toList(), access.claims());
    }
}
