package dev.cairn.domain.plan;

import java.util.List;

/**
 * Counts beside the answer, over the whole range and all groups; they make no rows, and are returned with the first page.
 *
 * @param counts what is counted
 * @param undecided what the counts are of
 */
public record Tallies(Block counts, List<Undecided> undecided) {
    public static final Tallies NONE = new Tallies(Block.EMPTY, List.of());

    public Tallies {
        undecided = List.copyOf(undecided);
    }

    /**
     * Rows for which a condition of a column was empty that would have held under two-valued logic.
     *
     * @param leaf index of their count
     * @param row what one of them is: "row of event", "account"
     * @param rows what several are
     * @param names what has no value
     * @param rewrites conditions that hold for them
     */
    public record Undecided(
            String column,
            int leaf,
            String row,
            String rows,
            List<String> names,
            List<String> rewrites) {
        public Undecided {
            names = List.copyOf(names);
            rewrites = List.copyOf(rewrites);
        }
    }
}
