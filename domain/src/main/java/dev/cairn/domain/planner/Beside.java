package dev.cairn.domain.planner;

import java.util.List;

/**
 * What cells stand beside, by their bucket and by those values of their groups that are named.
 *
 * @param keys groups of which values are named
 * @param which for each bucket, and in it for each place of the first key, and so on: which of {@code found}, counted from 1; 0: none
 * @param found each once
 */
public record Beside<T>(List<NamedKey> keys, List<Integer> which, List<T> found) {
    /** More would make the text of a view too long. */
    public static final int MOST = 100_000;

    public Beside {
        keys = List.copyOf(keys);
        which = List.copyOf(which);
        found = List.copyOf(found);
    }

    /**
     * A group of which some values are named. Each is a place, in their order; then come any other value, and no value.
     *
     * @param at which group key
     */
    public record NamedKey(int at, List<String> values) {
        public NamedKey {
            values = List.copyOf(values);
        }

        public int places() {
            return values.size() + 2;
        }
    }
}
