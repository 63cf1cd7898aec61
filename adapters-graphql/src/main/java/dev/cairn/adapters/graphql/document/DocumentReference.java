package dev.cairn.adapters.graphql.document;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a request names a document that it may not have sent. */
sealed interface DocumentReference {
    /** By its content, as Apollo's automatic persisted queries do. */
    record ByHash(DocumentHash hash) implements DocumentReference {}

    /** By the name it was registered under. */
    record ByName(String name) implements DocumentReference {}

    /**
     * What cannot be read as a reference.
     *
     * @param message what to send instead
     */
    record Unreadable(String message) implements DocumentReference {}

    /** Where Apollo's clients put it, in the extensions of a request. */
    String EXTENSION = "persistedQuery";

    /** Where {@link DocumentRequest} puts the {@code documentId} of a request. */
    String ID = "documentId";

    String HASH_PREFIX = "sha256:";

    /** The reference among the extensions of a request; nothing where there is none. */
    static Optional<DocumentReference> in(Map<String, Object> extensions) {
        var hash = extensions.get(EXTENSION);
        var id = extensions.get(ID);
        if (hash != null && id != null) {
            return Optional.of(
                    new Unreadable("Give documentId or extensions.persistedQuery, not both."));
        }
        return hash != null
                ? Optional.of(byHash(hash))
                : Optional.ofNullable(id).map(DocumentReference::byId);
    }

    private static DocumentReference byHash(Object extension) {
        if (extension instanceof Map<?, ?> parts
                && parts.get("version") instanceof Number version
                && version.doubleValue() == 1) {
            var hash = hash(parts.get("sha256Hash"));
            if (hash.isPresent()) {
                return hash.get();
            }
        }
        return new Unreadable(
                "extensions.persistedQuery is {\"version\": 1, \"sha256Hash\": \"...\"}, with the SHA-256 of the document in 64 hexadecimal digits, lower case.");
    }

    private static DocumentReference byId(Object id) {
        if (!(id instanceof String text) || text.isEmpty()) {
            return new Unreadable("documentId is a text: sha256: and a hash, or a name.");
        }
        if (!text.contains(":")) {
            return new ByName(text);
        }
        var hash =
                text.startsWith(HASH_PREFIX)
                        ? hash(text.substring(HASH_PREFIX.length()))
                        : Optional.<DocumentReference>empty();
        return hash.orElseGet(() ->
                new Unreadable(
                        "documentId is sha256: and 64 hexadecimal digits, lower case, or a name, which has no colon."));
    }

    private static Optional<DocumentReference> hash(@Nullable Object text) {
        return text instanceof String written
                ? DocumentHash.read(written).map(ByHash::new)
                : Optional.empty();
    }
}
