package dev.cairn.application.service;

import dev.cairn.application.port.in.ImportUseCase.Among;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.domain.fact.Blanks;
import dev.cairn.domain.model.CompositeKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds keys of one column that differ by blanks, case or zeros before a number only, and so are of different accounts or users; in bounded memory. */
final class SimilarKeys {
    private static final Pattern ZEROS = Pattern.compile(CompositeKey.ZEROS_BEFORE_NUMBERS);
    private static final int MOST_KEYS = 200_000;
    private static final int MOST_SIMILAR = 10_000;

    private final String column;
    private final Map<String, String> first = new HashMap<>();
    private final Set<String> others = new HashSet<>();
    private String one = "";
    private String other = "";

    SimilarKeys(String column) {
        this.column = column;
    }

    void add(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            return;
        }
        var plain = plain(key);
        var known = first.size() < MOST_KEYS ? first.putIfAbsent(plain, key) : first.get(plain);
        if (known != null && !known.equals(key) && others.size() < MOST_SIMILAR) {
            if (others.isEmpty()) {
                one = known;
                other = key;
            }
            others.add(key);
        }
    }

    private static String plain(String key) {
        var stripped = Blanks.strip(key).toLowerCase(Locale.ROOT);
        return stripped.startsWith("0") || stripped.contains("/0")
                ? ZEROS.matcher(stripped).replaceAll("$1")
                : stripped;
    }

    Optional<Similar> found() {
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Similar(column, others.size(), one, other, Among.FILE));
    }
}
