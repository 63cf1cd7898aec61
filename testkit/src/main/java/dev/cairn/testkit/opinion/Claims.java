package dev.cairn.testkit.opinion;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes what is known of a caller into the formula of a scope. */
final class Claims {
    private static final Pattern CLAIM = Pattern.compile("\\bcaller\\.([a-z_]+)");

    private Claims() {}

    /** Empty where one is not known: then nothing is seen by this formula. */
    static Optional<String> in(String formula, Map<String, String> claims) {
        boolean allKnown =
                CLAIM.matcher(formula)
                        .results()
                        .map(found -> claims.getOrDefault(found.group(1), ""))
                        .noneMatch(String::isBlank);
        return allKnown
                ? Optional.of(
                        CLAIM.matcher(formula)
                                .replaceAll(found ->
                                        "'%s'"
                                                .formatted(
                                                        claims.getOrDefault(found.group(1), "")
                                                                .replace("'", "''"))))
                : Optional.empty();
    }
}
