package dev.cairn.testkit.data;

import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Entity.Attribute;
import dev.cairn.domain.model.Entity.Mark;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.History;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Notation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declares the attributes of accounts or of users. */
public final class EntityBuilder {
    private final EntityRef kind;
    private final List<Link> links = new ArrayList<>();
    private List<String> key;
    private final List<Attribute> attributes = new ArrayList<>();
    private @Nullable History history;

    private EntityBuilder(EntityRef kind) {
        this.kind = kind;
        this.key = List.of(kind.name() + "_key");
    }

    public static EntityBuilder accounts() {
        return new EntityBuilder(EntityRef.ACCOUNT);
    }

    public static EntityBuilder users() {
        return new EntityBuilder(EntityRef.USER);
    }

    public EntityBuilder attribute(String name, DataType type, Mark mark) {
        attributes.add(new Attribute(Field.of(name, type), mark));
        return this;
    }

    public EntityBuilder computed(String name, DataType type, String formula) {
        return computed(name, type, formula, Mark.NONE);
    }

    public EntityBuilder computed(String name, DataType type, String formula, Mark mark) {
        var field = new Field(name, name, type, null, formula, List.of(), null, null);
        attributes.add(new Attribute(field, mark));
        return this;
    }

    /** The columns that together are the key. */
    public EntityBuilder key(String... columns) {
        key = List.of(columns);
        attributes.addAll(0, Entity.parts(key));
        return this;
    }

    /** The account whose key these attributes say. */
    public EntityBuilder link(String link, String... names) {
        links.add(new Link(link, new LinkTarget.OfEntity(EntityRef.ACCOUNT), List.of(names)));
        return this;
    }

    /** A member of a declared entity, whose key these attributes say. */
    public EntityBuilder linkTo(String entity, String link, String... names) {
        var target = new LinkTarget.OfEntity(new EntityRef(entity));
        links.add(new Link(link, target, List.of(names)));
        return this;
    }

    public EntityBuilder text(String name) {
        return attribute(name, DataType.TEXT, Mark.NONE);
    }

    public EntityBuilder integer(String name) {
        return attribute(name, DataType.INTEGER, Mark.NONE);
    }

    public EntityBuilder decimal(String name) {
        return attribute(name, DataType.DECIMAL, Mark.NONE);
    }

    public EntityBuilder flag(String name) {
        return attribute(name, DataType.BOOLEAN, Mark.NONE);
    }

    public EntityBuilder date(String name) {
        return attribute(name, DataType.DATE, Mark.NONE);
    }

    public EntityBuilder money(String name, String currency) {
        var field = new Field(name, name, DataType.MONEY, currency, null, List.of(), null, null);
        attributes.add(new Attribute(field, Mark.NONE));
        return this;
    }

    /** The attribute that is true for test accounts. */
    public EntityBuilder test(String name) {
        return attribute(name, DataType.BOOLEAN, Mark.TEST);
    }

    /** Its attributes have a history: members are there once for each time their values held. */
    public EntityBuilder history() {
        history = new History.Intervals("active_from", "active_to");
        return this;
    }

    public Entity build() {
        return new Entity(kind, kind.name(), "", key, attributes, Notation.STANDARD, history)
                .withLinks(links);
    }
}
