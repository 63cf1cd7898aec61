package dev.cairn.domain.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a question, each as it was written; null or an empty list where a part is missing.
 *
 * @param by dimensions to group by; texts with commas are split
 * @param order columns of the answer, each with {@code desc} behind it or not; texts with commas are split
 * @param fill rows for buckets without data too
 * @param first rows a page; null: as many as there are where nobody says otherwise
 * @param after cursor of the last row had
 * @param other whether the groups that {@code top} leaves out are one group
 */
public record WrittenQuestion(
        List<String> metrics,
        List<String> by,
        @Nullable String grain,
        String range,
        String zone,
        @Nullable String weekStarts,
        @Nullable String where,
        @Nullable String having,
        @Nullable String cohort,
        @Nullable String compareTo,
        @Nullable String asOf,
        @Nullable String knownAt,
        List<String> order,
        boolean totals,
        boolean fill,
        boolean emptyIsNone,
        @Nullable Integer first,
        @Nullable String after,
        @Nullable String top,
        boolean other,
        boolean targets,
        boolean baselines) {
    public WrittenQuestion {
        metrics = List.copyOf(metrics);
        by = List.copyOf(Pieces.of(by));
        order = List.copyOf(Pieces.of(order));
    }
}
