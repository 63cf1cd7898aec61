package dev.cairn.domain.overview;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Where a value stands among those of all peers, itself one of them.
 *
 * @param rank 1 for the greatest; equals share the least of their ranks, as {@code rank} of the language
 * @param percentile how many in a hundred are below it, of equals half, itself one of them: 50 where all are equal, and of a value alone
 * @param median the middle value; of an even number the mean of the two in the middle
 * @param counted peers with a value, itself included
 * @param without peers that have no value: they are in no other number
 */
public record Standing(int rank, double percentile, double median, int counted, int without) {
    /**
     * The standing of one of the values.
     *
     * @param values of all peers that have one, this included
     */
    public static Standing of(double value, Collection<Double> values, int without) {
        int above = 0;
        int below = 0;
        for (double other : values) {
            int order = Double.compare(other + 0.0, value + 0.0);
            above += order > 0 ? 1 : 0;
            below += order < 0 ? 1 : 0;
        }
        int counted = values.size();
        int equal = counted - above - below;
        if (equal < 1) {
            throw new IllegalArgumentException("%s is none of the values".formatted(value));
        }
        return new Standing(
                above + 1, 100 * (below + equal / 2.0) / counted, median(values), counted, without);
    }

    private static double median(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.get(middle - 1) / 2 + sorted.get(middle) / 2;
    }
}
