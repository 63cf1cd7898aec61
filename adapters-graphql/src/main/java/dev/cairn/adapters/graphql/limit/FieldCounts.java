package dev.cairn.adapters.graphql.limit;

import java.util.HashMap;
import java.util.Map;

/** How often each field name is selected, and how often under an alias. Refuses to count further than is allowed. */
final class FieldCounts {
    private record Count(int selected, int aliased) {
        private Count plus(Count other) {
            return new Count(selected + other.selected, aliased + other.aliased);
        }
    }

    private final DocumentLimits limits;
    private final Map<String, Count> counts = new HashMap<>();

    FieldCounts(DocumentLimits limits) {
        this.limits = limits;
    }

    void add(String field, boolean aliased) {
        add(field, new Count(1, aliased ? 1 : 0));
    }

    void addAll(FieldCounts others) {
        others.counts.forEach(this::add);
    }

    private void add(String field, Count count) {
        var sum = counts.merge(field, count, Count::plus);
        if (sum.aliased > limits.aliases()) {
            throw new OverLimit(
                    "The field '%s' is selected under too many aliases".formatted(field),
                    limits.aliases());
        }
        if (sum.selected > limits.repeats()) {
            throw new OverLimit(
                    "The field '%s' is selected too often".formatted(field), limits.repeats());
        }
    }
}
