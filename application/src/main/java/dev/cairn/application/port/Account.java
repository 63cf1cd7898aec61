package dev.cairn.application.port;

import dev.cairn.domain.time.PointInTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account.
 *
 * @param name the attribute that marks the name; the key where there is none, or the empty text
 * @param since from when it exists: declared, or its first fact that was imported, as no list of accounts looks through tables of one's own; null: nothing is known of it but
 *     its key
 * @param until until when it exists, out: merged or deleted, not churned; null: it still does
 * @param attributes those that have a value
 */
public record Account(
        String key,
        String name,
        @Nullable PointInTime since,
        @Nullable PointInTime until,
        Map<String, Object> attributes) {
    /** One that still exists. */
    public Account(
            String key, String name, @Nullable PointInTime since, Map<String, Object> attributes) {
        this(key, name, since, null, attributes);
    }
}
