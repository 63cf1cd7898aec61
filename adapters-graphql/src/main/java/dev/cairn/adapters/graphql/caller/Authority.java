package dev.cairn.adapters.graphql.caller;

import dev.cairn.domain.analysis.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands behind a caller, to be looked at again by whoever goes on answering: a socket, a stream. */
@FunctionalInterface
public interface Authority extends Supplier<Optional<Caller>> {
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

    @Override
    default Optional<Caller> get() {
        return now();
    }

    /** The authority behind a request; where nothing says which, it has ended. */
    static Authority orEnded(Map<String, Object> attributes) {
        return attributes.get(ATTRIBUTE) instanceof Authority authority
                ? authority
                : Optional::empty;
    }
}
