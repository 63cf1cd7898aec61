package dev.cairn.adapters.graphql.caller;

import dev.cairn.domain.analysis.Caller;
import java.util.Map;
import java.util.Optional;

/** What stands behind a caller, to be looked at again by whoever goes on answering: a socket, a stream. */
@FunctionalInterface
public interface Authority {
    /** The attribute of a request, and of the session of a socket, that holds its authority. */
    String ATTRIBUTE = Authority.class.getName();

    /**
     * That of a request or a socket.
     *
     * @throws IllegalStateException where no filter said it: nobody is taken for somebody
     */
    static Authority in(Map<String, Object> attributes) {
        if (attributes.get(ATTRIBUTE) instanceof Authority authority) {
            return authority;
        }
        throw new IllegalStateException("Nothing says by what authority this is asked.");
    }

    /** Who asks, with the role and scope of this moment; empty where the token has ended or the key was revoked. */
    Optional<Caller> now();
}
