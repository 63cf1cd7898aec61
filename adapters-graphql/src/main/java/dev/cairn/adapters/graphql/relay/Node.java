package dev.cairn.adapters.graphql.relay;

/** Object with a global id. */
public interface Node {
    /** The global id, as clients see it. */
    default String id() {
        return new OpaqueKey(typeName(), key()).text();
    }

    /** Name of its type in the schema. */
    String typeName();

    /** Its business key. */
    String key();
}
