package dev.cairn.adapters.graphql.relay;

import dev.cairn.application.port.Seal;
import dev.cairn.domain.analysis.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cursors of one list, as one caller asks for it with one filter.
 *
 * @param type name of the nodes' type
 * @param filter in words
 */
public record Cursors(Seal seal, String type, String filter, Caller caller) {
    /** @param filter null: there is none */
    public static Cursors of(Seal seal, String type, @Nullable Record filter, Caller caller) {
        return new Cursors(seal, type, String.valueOf(filter), caller);
    }

    String cursor(String key) {
        return seal.sealed(new OpaqueKey(of(), key).text(), caller, filter);
    }

    /** The key that a cursor of this list is at; empty where it is another list's, another caller's, or nobody's. */
    Optional<String> key(String cursor) {
        return seal.opened(cursor, caller, filter)
                .flatMap(OpaqueKey::read)
                .filter(key -> key.of().equals(of()))
                .map(OpaqueKey::key);
    }

    private String of() {
        return "after " + type;
    }
}
