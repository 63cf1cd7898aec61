package dev.cairn.testkit.data;

import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.out.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Keys in memory. */
public final class MemoryKeyStore implements KeyStore {
    private final TreeMap<String, ApiKey> byName = new TreeMap<>();

    @Override
    public synchronized boolean add(ApiKey key) {
        return byName.putIfAbsent(key.name(), key) == null;
    }

    @Override
    public synchronized Optional<ApiKey> find(String hash) {
        return byName.values().stream().filter(key -> key.hash().equals(hash)).findFirst();
    }

    @Override
    public synchronized List<ApiKey> keys() {
        return List.copyOf(byName.values());
    }

    @Override
    public synchronized Optional<ApiKey> revoke(String name, Instant at) {
        return change(
                name,
                key ->
                        key.revoked() != null
                                ? key
                                : new ApiKey(
                                        key.hash(),
                                        key.identity(),
                                        key.created(),
                                        key.expires(),
                                        at,
                                        key.lastUsed()));
    }

    @Override
    public synchronized void used(String hash, Instant at) {
        find(hash)
                .filter(key -> key.lastUsed() == null || key.lastUsed().isBefore(at))
                .ifPresent(key -> change(key.name(), before -> usedAt(before, at)));
    }

    private static ApiKey usedAt(ApiKey key, Instant at) {
        return new ApiKey(
                key.hash(), key.identity(), key.created(), key.expires(), key.revoked(), at);
    }

    private Optional<ApiKey> change(String name, UnaryOperator<ApiKey> change) {
        return Optional.ofNullable(byName.computeIfPresent(name, (_, key) -> change.apply(key)));
    }
}
