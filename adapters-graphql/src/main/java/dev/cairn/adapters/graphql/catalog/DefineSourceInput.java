package dev.cairn.adapters.graphql.catalog;

import org.jspecify.annotations.Nullable;

/** A declaration in the form of a definition file. */
public record DefineSourceInput(String yaml, @Nullable Boolean validateOnly) {
    boolean isCheck() {
        return validateOnly != null && validateOnly;
    }
}
