package dev.cairn.adapters.graphql.analysis;

import org.jspecify.annotations.Nullable;

/** Validation has seen that exactly one field of a one-of input is given. */
final class OneOf {
    private OneOf() {}

    /** The last of the fields, where the others are not given. */
    static <T> T last(@Nullable T field, String type) {
        if (field == null) {
            throw new IllegalStateException(
                    "%s has no field; validation should have refused it".formatted(type));
        }
        return field;
    }
}
