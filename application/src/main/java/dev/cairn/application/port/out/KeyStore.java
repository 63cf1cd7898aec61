package dev.cairn.application.port.out;

import dev.cairn.application.port.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the keys that people and programs ask with: their hashes, never the keys. */
public interface KeyStore {
    /** Keeps a key; false, and nothing is changed, where there is or was one of that name. */
    boolean add(ApiKey key);

    /** The key of a hash, revoked or not, as it is now in the store: whoever revokes it elsewhere is heard at once. */
    Optional<ApiKey> find(String hash);

    /** All, also revoked ones, by name. */
    List<ApiKey> keys();

    /** Revokes the key of a name and returns it; one that is revoked already stays so since then. Empty where there is none. */
    Optional<ApiKey> revoke(String name, Instant at);

    /** Keeps when a key was used, unless a later use is known. */
    void used(String hash, Instant at);
}
