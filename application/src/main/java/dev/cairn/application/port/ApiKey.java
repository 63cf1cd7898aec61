package dev.cairn.application.port;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that somebody asks with, without its secret.
 *
 * @param hash of the secret, see {@link KeyText#hash}
 * @param identity whom it makes of who presents it; the name is the key's, and never given to another
 * @param expires null: never
 * @param revoked null: it was not
 * @param lastUsed to about a minute; null: never
 */
public record ApiKey(
        String hash,
        Identity identity,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked,
        @Nullable Instant lastUsed) {

    public String name() {
        return identity.name();
    }

    /** Whether somebody can ask with it then. */
    public State at(Instant time) {
        if (revoked != null) {
            return State.REVOKED;
        }
        return Optional.ofNullable(expires).filter(end -> !time.isBefore(end)).isPresent()
                ? State.EXPIRED
                : State.IN_FORCE;
    }

    /** Whether somebody can ask with it. */
    public enum State {
        IN_FORCE,
        EXPIRED,
        REVOKED
    }
}
