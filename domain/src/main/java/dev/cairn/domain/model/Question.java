package dev.cairn.domain.model;

import org.jspecify.annotations.Nullable;

/**
 * A question that was saved under a name. It is asked as it is written: names in it mean what they mean when it is asked.
 *
 * @param owner who answers for it; null where not said
 * @param asked never with a cursor
 */
public record Question(
        String name,
        String label,
        String description,
        @Nullable String owner,
        WrittenQuestion asked)
        implements Definition {
    @Override
    public String meaning() {
        return "question " + asked;
    }
}
