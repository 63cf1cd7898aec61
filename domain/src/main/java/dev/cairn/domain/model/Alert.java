package dev.cairn.domain.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells people of groups in the answer to a saved question that were not there before.
 *
 * @param owner who answers for it; null where not said
 * @param question by name; its conditions say which groups are in the answer
 * @param when for which of its groups the alert stands
 * @param provisional whether values count too that may still change
 */
public record Alert(
        String name,
        String label,
        String description,
        @Nullable String owner,
        String question,
        When when,
        boolean provisional)
        implements Definition {
    /** For which groups an alert stands. */
    public enum When {
        /** All that are in the answer. */
        THERE,
        /** Those of which a target is missed. */
        MISSED
    }

    @Override
    public String meaning() {
        return "alert of %s when %s%s"
                .formatted(
                        question,
                        when.name().toLowerCase(Locale.ROOT),
                        provisional ? ", provisional too" : "");
    }
}
