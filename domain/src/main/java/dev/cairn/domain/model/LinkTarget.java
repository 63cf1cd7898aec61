package dev.cairn.domain.model;

/** What a link leads to. */
public sealed interface LinkTarget {
    /** Its name in the catalogue. */
    String name();

    /** The member whose key is said: of an entity that is built in, or a row of one that is declared. */
    record OfEntity(EntityRef entity) implements LinkTarget {
        @Override
        public String name() {
            return entity.name();
        }
    }

    /** The row in force of a keyed source. */
    record OfSource(String name) implements LinkTarget {}
}
