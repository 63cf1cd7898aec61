package dev.cairn.adapters.graphql.limit;

import java.util.HashMap;
import java.util.Map;

/** How often each field name is selected, and how often under an alias; what is more than can be counted stays at the largest number. */
final class FieldCounts {
    private record Count(int selected, int aliased) {
        private Count plus(Count other) {
            return new Count(sum(selected, other.selected), sum(aliased, other.aliased));
        }

        private static int sum(int one, int other) {
            return Math.clamp((long) one + other, 0, Integer.MAX_VALUE);
        }
    }

    private final Map<String, Count> counts = new HashMap<>();

    void add(String field, boolean aliased) {
        add(field, new Count(1, aliased ? 1 : 0));
    }

    void addAll(FieldCounts others) {
        others.counts.forEach(this::add);
    }

    private void add(String field, Count count) {
        counts.merge(field, count, Count::plus);
    }

    /** @throws OverLimit for the first name over a limit */
    void check(Limits limits) {
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> {
                    var named = " ('%s')".formatted(entry.getKey());
                    var count = entry.getValue();
                    limits.check(Limit.ALIASES, count.aliased(), Limit.ALIASES.what() + named);
                    limits.check(Limit.REPEATS, count.selected(), Limit.REPEATS.what() + named);
                });
    }
}
