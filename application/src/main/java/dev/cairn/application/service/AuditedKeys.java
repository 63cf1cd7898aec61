package dev.cairn.application.service;

import dev.cairn.application.port.ApiKey;
import dev.cairn.application.port.AuditEntry.Kind;
import dev.cairn.application.port.Author;
import dev.cairn.application.port.in.KeysUseCase;
import java.util.List;

/** Has each key that is made or revoked written down. Only commands do that. */
public final class AuditedKeys implements KeysUseCase {
    private final KeysUseCase keys;
    private final Audit audit;

    public AuditedKeys(KeysUseCase keys, Audit audit) {
        this.keys = keys;
        this.audit = audit;
    }

    @Override
    public Outcome create(NewKey key) {
        var outcome = keys.create(key);
        if (outcome instanceof Outcome.Created(var created, _)) {
            audit.keys(Author.local("key create"), Kind.KEY_CREATED, List.of(created.name()));
        }
        return outcome;
    }

    @Override
    public List<ApiKey> keys() {
        return keys.keys();
    }

    @Override
    public Revocation revoke(List<String> names) {
        var outcome = keys.revoke(names);
        if (outcome instanceof Revocation.Revoked(var revoked)) {
            audit.keys(
                    Author.local("key revoke"),
                    Kind.KEY_REVOKED,
                    revoked.stream().map(ApiKey::name).toList());
        }
        return outcome;
    }
}
