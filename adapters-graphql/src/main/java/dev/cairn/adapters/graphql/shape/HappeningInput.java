package dev.cairn.adapters.graphql.shape;

import dev.cairn.domain.shape.Happening;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether something is so of a member in a period; one of the three. */
public record HappeningInput(
        @Nullable String facts, @Nullable String condition, @Nullable String date) {
    Happening toDomain() {
        if (facts != null) {
            return new Happening.Facts(facts);
        }
        return condition != null
                ? new Happening.Condition(condition)
                : new Happening.Date(Objects.requireNonNull(date));
    }
}
