package dev.cairn.domain.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which cell rows are returned.
 *
 * @param order complete: no two cell rows are equal in it
 * @param limit cell rows to return
 * @param after position of the last row had, one value per term of order; null: from the start
 */
public record Page(List<Ordering> order, int limit, @Nullable Position after) {
    public Page {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has rows: " + limit);
        }
        order = List.copyOf(order);
    }

    /** Whether totals and tallies are returned with it. */
    public boolean isFirst() {
        return after == null;
    }

    /**
     * Where a page ended.
     *
     * @param values one per term of order: the bucket's index (Integer) for time, a GroupValue for a key, the value or null for an output
     */
    public record Position(List<@Nullable Object> values) {
        public Position {
            values = Collections.unmodifiableList(new ArrayList<>(values));
        }
    }
}
