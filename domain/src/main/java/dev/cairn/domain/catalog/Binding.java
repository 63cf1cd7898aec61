package dev.cairn.domain.catalog;

/** How a bare name was read. The key it is kept under is {@code relation/name}. */
public enum Binding {
    /** As a field of the innermost relation (an attribute, where that is an entity). */
    FIELD,
    /** As a name of the catalogue. */
    CATALOG;

    public static String key(String relation, String name) {
        return relation + "/" + name;
    }
}
