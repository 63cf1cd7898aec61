package dev.cairn.domain.plan;

import java.util.ArrayList;
import java.util.List;

/** Collects the rules that a plan breaks. */
final class BrokenRules {
    private final List<String> broken = new ArrayList<>();

    /** @param rule with the place, in the words of {@link String#format} */
    void rule(boolean holds, String rule, Object... place) {
        if (!holds) {
            broken.add(rule.formatted(place));
        }
    }

    List<String> all() {
        return List.copyOf(broken);
    }
}
