package dev.cairn.domain.model;

import java.util.List;

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
    static Link own(EntityRef entity, String field) {
        return new Link(entity.name(), entity, field);
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

    String meaning() {
        return switch (target) {
            case LinkTarget.OfSource(var source) ->
                    "%s to %s by %s".formatted(name, source, fields);
            case LinkTarget.OfEntity(var entity) ->
                    "%s to the %s by %s".formatted(name, entity.name(), fields);
        };
    }
}
