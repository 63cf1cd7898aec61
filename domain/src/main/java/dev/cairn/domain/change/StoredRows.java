package dev.cairn.domain.change;

import dev.cairn.domain.model.Field;

/** Stored rows of a kind, any of which stands against a change. */
public sealed interface StoredRows {
    /** All there are. */
    record All() implements StoredRows {}

    /** Those in which the field is empty. */
    record Empty(Field field) implements StoredRows {}

    /** Those in which the field has a value. */
    record Filled(Field field) implements StoredRows {}

    /** Those in which the field has this value. */
    record Holding(Field field, Object value) implements StoredRows {}
}
