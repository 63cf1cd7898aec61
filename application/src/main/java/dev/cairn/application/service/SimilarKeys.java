package dev.cairn.application.service;

import dev.cairn.application.port.in.ImportUseCase.Among;
import dev.cairn.application.port.in.ImportUseCase.Similar;
import dev.cairn.domain.fact.Blanks;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds keys of one column that differ by blanks or case only, and so are of different accounts or users; in bounded memory. */
final class SimilarKeys {
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
        var plain = Blanks.strip(key).toLowerCase(Locale.ROOT);
        var known = first.size() < MOST_KEYS ? first.putIfAbsent(plain, key) : first.get(plain);
        if (known != null && !known.equals(key) && others.size() < MOST_SIMILAR) {
            if (others.isEmpty()) {
                one = known;
                other = key;
            }
            others.add(key);
        }
    }

    Optional<Similar> found() {
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Similar(column, others.size(), one, other, Among.FILE));
    }
}
