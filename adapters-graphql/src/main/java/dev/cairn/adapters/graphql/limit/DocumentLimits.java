package dev.cairn.adapters.graphql.limit;

/**
 * The most that one operation may hold, fragments counted where they are spread.
 *
 * @param depth of selections
 * @param introspectionDepth of selections beneath {@code __schema} and {@code __type}, which are no part of depth
 * @param fragmentDepth of fragments that spread fragments
 * @param aliases of fields of one name
 * @param repeats of fields of one name
 */
public record DocumentLimits(
        int depth, int introspectionDepth, int fragmentDepth, int aliases, int repeats) {
    /** The usual introspection query is 13 to 15 deep. */
    public static final DocumentLimits DEFAULT = new DocumentLimits(12, 20, 50, 30, 500);
}
