package dev.cairn.application.port;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an alert tells: what is so and was not before.
 *
 * @param alert by name
 * @param label of the alert, for people
 * @param owner who answers for it; null where not said
 * @param of name of what is watched: a saved question, cohort, metric or source
 * @param at when it was seen
 * @param asOf what counted as now
 * @param reasons at least one, at most {@link #MOST_REASONS}
 * @param more how many further reasons are news
 * @param standing for how many groups, accounts, cycles or sources the alert stands in all
 * @param see command that shows all of it as it is now
 */
public record AlertNews(
        String alert,
        String label,
        @Nullable String owner,
        Kind kind,
        String of,
        Instant at,
        Instant asOf,
        List<Reason> reasons,
        int more,
        int standing,
        String see) {
    /** Told one by one; of the others, how many there are. */
    public static final int MOST_REASONS = 100;

    /** In place of the key of an account that is gone for good. */
    private static final String PURGED = "(purged)";

    public AlertNews {
        reasons = List.copyOf(reasons);
    }

    /** The same without a trace of accounts. */
    public AlertNews without(Set<String> gone) {
        return new AlertNews(
                alert,
                label,
                owner,
                kind,
                of,
                at,
                asOf,
                reasons.stream().map(reason -> reason.without(gone)).toList(),
                more,
                standing,
                see);
    }

    /** What happened. */
    public enum Kind {
        /** A group is in the answer to a question. */
        GROUP_THERE,
        /** A target is missed. */
        TARGET_MISSED,
        /** An account is in a cohort. */
        COHORT_ENTERED,
        /** The value of an account is in another band. */
        BAND_LEFT,
        /** A metric got better while its counter-metric got worse. */
        GUARD_TRIPPED,
        /** A source is of a worse grade than was asked for. */
        TRUST_LOST
    }

    /**
     * One of them.
     *
     * @param keys in the order of the question; none where it is the company's
     * @param figures in the order of the question
     * @param why in a sentence; null where nothing can be said
     * @param accounts keys of those that it is of, or that have most to do with it; empty where none can be told
     * @param furtherAccounts how many more there are
     */
    public record Reason(
            List<Key> keys,
            List<Figure> figures,
            @Nullable String why,
            List<String> accounts,
            int furtherAccounts) {
        public Reason {
            keys = List.copyOf(keys);
            figures = List.copyOf(figures);
            accounts = List.copyOf(accounts);
        }

        /** Sentences are not taken apart: one that may name such an account is left out. */
        private Reason without(Set<String> gone) {
            var left = accounts.stream().filter(account -> !gone.contains(account)).toList();
            boolean isNamed =
                    left.size() < accounts.size()
                            || keys.stream().anyMatch(key -> key.isOf(gone))
                            || (why != null && gone.stream().anyMatch(key -> names(why, key)));
            return isNamed
                    ? new Reason(
                            keys.stream()
                                    .map(key ->
                                            key.isOf(gone) ? new Key(key.dimension(), PURGED) : key)
                                    .toList(),
                            figures,
                            null,
                            left,
                            furtherAccounts + accounts.size() - left.size())
                    : this;
        }

        /** As a word; one of digits alone is rather a number. */
        private static boolean names(String sentence, String account) {
            return sentence.contains(account)
                    && !account.chars().allMatch(Character::isDigit)
                    && Pattern.compile(
                                    "(?<![\\p{L}\\p{N}])%s(?![\\p{L}\\p{N}])"
                                            .formatted(Pattern.quote(account)))
                            .matcher(sentence)
                            .find();
        }
    }

    /**
     * A key of a group.
     *
     * @param dimension as the column of the answer is called
     * @param value null where there is none
     */
    public record Key(String dimension, @Nullable String value) {
        private boolean isOf(Set<String> values) {
            return value != null && values.contains(value);
        }
    }

    /**
     * A value of a group.
     *
     * @param column as it is called in the answer
     * @param value as text, numbers with a point; null where there is none
     * @param absence why there is none; null where there is one
     */
    public record Figure(String column, @Nullable String value, @Nullable String absence) {}
}
