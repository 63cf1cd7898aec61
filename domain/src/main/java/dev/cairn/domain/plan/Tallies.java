package dev.cairn.domain.plan;

import java.util.List;

/**
 * Counts beside the answer, over the whole range and all groups; they make no rows, and are returned with the first page.
 *
 * @param counts what is counted
 * @param undecided what the counts are of
 * @param weightless rows that are left out for want of a weight
 */
public record Tallies(Block counts, List<Undecided> undecided, List<Weightless> weightless) {
    public static final Tallies NONE = new Tallies(Block.EMPTY, List.of(), List.of());

    /** Of rows that all have a weight. */
    public Tallies(Block counts, List<Undecided> undecided) {
        this(counts, undecided, List.of());
    }

    public Tallies {
        undecided = List.copyOf(undecided);
        weightless = List.copyOf(weightless);
    }

    /**
     * Rows that a column leaves out, as what they count for is empty or not above zero.
     *
     * @param leaf index of their count
     * @param row what one of them is
     * @param rows what several are
     */
    public record Weightless(String column, int leaf, String row, String rows) {}

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
