package dev.cairn.adapters.graphql.socket;

import dev.cairn.adapters.graphql.caller.Authority;
import dev.cairn.adapters.graphql.caller.HttpCaller;
import dev.cairn.adapters.graphql.http.RefusedSignIns;
import dev.cairn.domain.analysis.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is at the other end of a socket: a browser can send no header with it, and says who it is in {@code connection_init} instead, as {@code authorization}.
 *
 * @param signIn by what would stand in the header {@code Authorization}; empty where that is nobody's. Null: nobody signs in, and what is said is not looked at
 * @param refused counts those by address; null: nobody does
 */
public record Credentials(
        @Nullable Function<String, Optional<Authority>> signIn, @Nullable RefusedSignIns refused) {
    private static final String ADDRESS = Credentials.class.getName() + ".address";

    /** The key in the payload, also with a capital. */
    private static final String KEY = "authorization";

    /** Where nobody signs in. */
    public static final Credentials NONE = new Credentials(null, null);

    /** Keeps of the request that opens a socket for whose address it counts. */
    void note(HttpServletRequest request, Map<String, Object> handshake) {
        if (refused != null) {
            refused.addressOf(request).ifPresent(address -> handshake.put(ADDRESS, address));
        }
    }

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
                    ? signedIn(signIn, text, handshake)
                    : Optional.empty();
        }
        return handshake.get(HttpCaller.ATTRIBUTE) instanceof Caller
                ? Optional.of(Authority.orEnded(handshake))
                : Optional.empty();
    }

    /** An address that was refused too often is not looked at, as over HTTP. */
    private Optional<Authority> signedIn(
            Function<String, Optional<Authority>> by, String text, Map<String, Object> handshake) {
        if (refused == null || !(handshake.get(ADDRESS) instanceof String address)) {
            return by.apply(text);
        }
        if (refused.mustWait(address)) {
            return Optional.empty();
        }
        var found = by.apply(text);
        if (found.isEmpty()) {
            refused.refused(address);
        }
        return found;
    }
}
