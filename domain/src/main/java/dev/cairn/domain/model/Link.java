package dev.cairn.domain.model;

import java.util.List;
import java.util.Optional;

/**
 * What the rows of a source point at: of each the one member or row whose key it says, many to one.
 *
 * @param name the link goes by in formulas
 * @param fields that hold the key, in its order
 */
public record Link(String name, LinkTarget target, List<String> fields) {
    public Link {
        fields = List.copyOf(fields);
    }

    /** To the row of a keyed source. */
    public Link(String name, String source, List<String> fields) {
        this(name, new LinkTarget.OfSource(source), fields);
    }

    /** To a member in a role. */
    public Link(String name, EntityRef entity, String field) {
        this(name, new LinkTarget.OfEntity(entity), List.of(field));
    }

    /** To the account or user that a row itself is of. */
    static Link own(EntityRef entity, List<String> fields) {
        return new Link(entity.name(), new LinkTarget.OfEntity(entity), fields);
    }

    /** The one field with the key of the account or user that it leads to: that which says it, or the one that is made of the several that do. */
    public String keyField() {
        return isOfSeveral() ? name + "_key" : fields.getFirst();
    }

    /** Whether several fields say the key of an account. */
    private boolean isOfSeveral() {
        return member().isPresent() && fields.size() > 1;
    }

    /** The field that is made of several; empty: one says the key, or the row that is led to has them all. */
    public Optional<Field> made() {
        return isOfSeveral()
                ? Optional.of(
                        new Field(
                                keyField(),
                                keyField(),
                                DataType.TEXT,
                                null,
                                CompositeKey.formula(fields),
                                List.of(),
                                null,
                                null))
                : Optional.empty();
    }

    /** Whether it is by this that a row itself is of an account or user. */
    public boolean isOwn() {
        return EntityRef.isBuiltIn(name)
                && target.equals(new LinkTarget.OfEntity(new EntityRef(name)));
    }

    /** The name of what it leads to. */
    public String to() {
        return target.name();
    }

    /** The account or user that it leads to; empty: it leads to a row, of a source or of a declared entity. */
    public Optional<EntityRef> member() {
        return target instanceof LinkTarget.OfEntity(var entity)
                        && EntityRef.isBuiltIn(entity.name())
                ? Optional.of(entity)
                : Optional.empty();
    }

    String meaning() {
        return member().map(entity -> "%s to the %s by %s".formatted(name, entity.name(), fields))
                .orElseGet(() -> "%s to %s by %s".formatted(name, to(), fields));
    }
}
