package dev.cairn.benchmarks;

import java.util.Arrays;

/** The middle one of what rounds have measured. */
final class Median {
    private Median() {}

    static double of(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
