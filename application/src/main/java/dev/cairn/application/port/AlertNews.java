package dev.cairn.application.port;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an alert tells: groups for which it stands and did not before.
 *
 * @param alert by name
 * @param label of the alert, for people
 * @param owner who answers for it; null where not said
 * @param question by name, whose answer has the groups
 * @param at when it was seen
 * @param asOf what counted as now for the answer
 * @param reasons at least one, at most {@link #MOST_REASONS}
 * @param more how many further groups are news
 * @param standing for how many groups the alert stands in all
 */
public record AlertNews(
        String alert,
        String label,
        @Nullable String owner,
        String question,
        Instant at,
        Instant asOf,
        List<Reason> reasons,
        int more,
        int standing) {
    /** Told one by one; of the others, how many there are. */
    public static final int MOST_REASONS = 100;

    public AlertNews {
        reasons = List.copyOf(reasons);
    }

    /**
     * A group.
     *
     * @param keys in the order of the question; none where it is the company's
     * @param figures in the order of the question
     * @param accounts keys of some that are behind the first figure; empty where none can be told
     */
    public record Reason(List<Key> keys, List<Figure> figures, List<String> accounts) {
        public Reason {
            keys = List.copyOf(keys);
            figures = List.copyOf(figures);
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * A key of a group.
     *
     * @param dimension as the column of the answer is called
     * @param value null where there is none
     */
    public record Key(String dimension, @Nullable String value) {}

    /**
     * A value of a group.
     *
     * @param column as it is called in the answer
     * @param value as text, numbers with a point; null where there is none
     * @param absence why there is none; null where there is one
     */
    public record Figure(String column, @Nullable String value, @Nullable String absence) {}
}
