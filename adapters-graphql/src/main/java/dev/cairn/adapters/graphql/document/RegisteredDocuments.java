package dev.cairn.adapters.graphql.document;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Documents that whoever runs the service has checked.
 *
 * @param byHash the text of each
 * @param byName the same texts under their names, where they have one
 */
public record RegisteredDocuments(Map<String, String> byHash, Map<String, String> byName) {
    public static final RegisteredDocuments NONE = new RegisteredDocuments(Map.of(), Map.of());

    /** @param byHash by the SHA-256 in hexadecimal digits, lower case */
    public RegisteredDocuments {
        byHash = Map.copyOf(byHash);
        byName = Map.copyOf(byName);
    }

    Optional<String> find(DocumentHash hash) {
        return Optional.ofNullable(byHash.get(hash.hex()));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Set<String> names() {
        return byName.keySet();
    }
}
