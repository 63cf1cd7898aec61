package dev.cairn.application.port;

import org.jspecify.annotations.Nullable;

/**
 * Some of what is listed in the order of its keys, by code point.
 *
 * @param most how many
 * @param fromEnd the last ones rather than the first; they stand in the same order
 * @param after only keys after it; null: from the start
 * @param before only keys before it; null: to the end
 */
public record KeyRange(int most, boolean fromEnd, @Nullable String after, @Nullable String before) {
    /** The first ones after a key. */
    public static KeyRange after(@Nullable String key, int most) {
        return new KeyRange(most, false, key, null);
    }

    /** With one more, which tells whether there is more. */
    public KeyRange withOneMore() {
        return new KeyRange(most + 1, fromEnd, after, before);
    }
}
