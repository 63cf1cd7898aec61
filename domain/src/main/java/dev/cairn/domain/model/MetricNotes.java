package dev.cairn.domain.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people want to know of a metric before they act on it. Words alone: none of them changes a value, and changing one makes no new version.
 *
 * @param timing whether it moves before the outcome or with it; null where not said
 * @param decision the decision that it serves; null where not said
 * @param rules what happens at the edges: nobody at the start, a zero denominator, a partial period
 * @param pitfalls how it is misread or gamed
 * @param example worked through in words, with numbers; null where there is none
 * @param sources where the formula is from
 * @param noCounter why no metric guards it; null where one does, or nothing is said
 * @param accountList of one account, the rows behind it are listed in this order of what each gives; null: they are not
 */
public record MetricNotes(
        @Nullable Timing timing,
        @Nullable String decision,
        List<String> rules,
        List<String> pitfalls,
        @Nullable String example,
        List<String> sources,
        @Nullable String noCounter,
        @Nullable RowOrder accountList) {
    /** Nothing is said. */
    public static final MetricNotes NONE =
            new MetricNotes(null, null, List.of(), List.of(), null, List.of(), null);

    public MetricNotes {
        rules = List.copyOf(Objects.requireNonNullElse(rules, List.of()));
        pitfalls = List.copyOf(Objects.requireNonNullElse(pitfalls, List.of()));
        sources = List.copyOf(Objects.requireNonNullElse(sources, List.of()));
    }

    /** Of what is not listed. */
    public MetricNotes(
            @Nullable Timing timing,
            @Nullable String decision,
            List<String> rules,
            List<String> pitfalls,
            @Nullable String example,
            List<String> sources,
            @Nullable String noCounter) {
        this(timing, decision, rules, pitfalls, example, sources, noCounter, null);
    }

    /** Which rows come first. */
    public enum RowOrder {
        /** Those that give least: the earliest date. */
        ASCENDING,
        DESCENDING
    }

    /** Whether a metric moves before the outcome that one cares for, or with it. */
    public enum Timing {
        LEADING,
        LAGGING
    }
}
