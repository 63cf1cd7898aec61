package dev.cairn.adapters.graphql.socket;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.domain.analysis.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is at the other end of a socket: a browser can send no header with it, and says who it is in {@code connection_init} instead, as {@code authorization}.
 *
 * @param signIn by what would stand in the header {@code Authorization}; empty where that is nobody's. Null: nobody signs in, and what is said is not looked at
 */
public record Credentials(@Nullable Function<String, Optional<Authority>> signIn) {
    /** The key in the payload, also with a capital. */
    private static final String KEY = "authorization";

    /** Where nobody signs in. */
    public static final Credentials NONE = new Credentials(null);

    /**
     * What stands behind a socket; empty: nobody who may ask.
     *
     * @param payload of connection_init
     * @param handshake attributes of the session, as a filter set them for the request that opened it
     */
    Optional<Authority> authority(Map<String, Object> payload, Map<String, Object> handshake) {
        var said =
                payload.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(KEY))
                        .map(Map.Entry::getValue)
                        .toList();
        if (signIn != null && !said.isEmpty()) {
            return said.size() == 1 && said.getFirst() instanceof String text
                    ? signIn.apply(text)
                    : Optional.empty();
        }
        return handshake.get(HttpCaller.ATTRIBUTE) instanceof Caller
                ? Optional.of(Authority.orEnded(handshake))
                : Optional.empty();
    }
}
