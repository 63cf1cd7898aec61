package dev.cairn.domain.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How values are spread.
 *
 * @param size how many there are
 * @param mean NaN of none, as the quantiles are
 * @param p5 a twentieth lies below; between two values as far as it reaches (type 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996)
 * @param bins share of each bin, in the order of the edges; empty of none
 */
public record Distribution(
        int size,
        double mean,
        double p5,
        double p25,
        double median,
        double p75,
        double p95,
        List<Double> bins) {
    public static final int BINS = 20;

    public Distribution {
        bins = List.copyOf(bins);
    }

    /** Both groups, in the same bins. */
    public record Pair(Distribution succeeded, Distribution others, List<Double> edges) {
        public Pair {
            edges = List.copyOf(edges);
        }
    }

    /**
     * Of both groups, in bins of equal width from the first to the 99th percentile of all. What lies outside is in the first and the last one.
     */
    public static Pair of(Groups groups) {
        var all = groups.all();
        double low = quantile(all, 0.01);
        double high = quantile(all, 0.99);
        var edges = new ArrayList<Double>();
        if (low < high) {
            for (int edge = 0; edge <= BINS; edge++) {
                edges.add(low + (high - low) * edge / BINS);
            }
        } else if (all.length > 0) {
            edges.addAll(List.of(low, high));
        }
        return new Pair(of(groups.succeeded(), edges), of(groups.others(), edges), edges);
    }

    private static Distribution of(double[] sorted, List<Double> edges) {
        return new Distribution(
                sorted.length,
                Arrays.stream(sorted).average().orElse(Double.NaN),
                quantile(sorted, 0.05),
                quantile(sorted, 0.25),
                quantile(sorted, 0.5),
                quantile(sorted, 0.75),
                quantile(sorted, 0.95),
                bins(sorted, edges));
    }

    private static List<Double> bins(double[] sorted, List<Double> edges) {
        if (sorted.length == 0 || edges.isEmpty()) {
            return List.of();
        }
        var counts = new int[edges.size() - 1];
        for (double value : sorted) {
            int bin = 0;
            while (bin < counts.length - 1 && value >= edges.get(bin + 1)) {
                bin++;
            }
            counts[bin]++;
        }
        return Arrays.stream(counts).mapToObj(count -> count / (double) sorted.length).toList();
    }

    /** NaN of none. */
    static double quantile(double[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = part * (sorted.length - 1);
        int below = (int) place;
        double rest = place - below;
        return rest == 0
                ? sorted[below]
                : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }
}
