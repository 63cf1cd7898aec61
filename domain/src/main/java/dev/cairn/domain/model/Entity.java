package dev.cairn.domain.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of accounts or of users.
 *
 * @param key columns of the file that hold the key: one, or several parts that together are one ({@link CompositeKey})
 * @param notation how keys and values stand in the file; of values where an attribute's own notation leaves it open
 * @param history how files say since when the attributes of a row hold; null: they have no history
 */
public record Entity(
        EntityRef entity,
        String label,
        String description,
        List<String> key,
        List<Attribute> attributes,
        Notation notation,
        @Nullable History history)
        implements Definition {
    public Entity {
        key = List.copyOf(key);
        attributes = List.copyOf(attributes);
        // What earlier releases stored has no notation.
        notation = Objects.requireNonNullElse(notation, Notation.STANDARD);
    }

    /** An entity whose file is written as by default. */
    public Entity(
            EntityRef entity,
            String label,
            String description,
            String keyColumn,
            List<Attribute> attributes) {
        this(entity, label, description, keyColumn, attributes, Notation.STANDARD, null);
    }

    /** An entity whose key is one column. */
    public Entity(
            EntityRef entity,
            String label,
            String description,
            String keyColumn,
            List<Attribute> attributes,
            Notation notation,
            @Nullable History history) {
        this(entity, label, description, List.of(keyColumn), attributes, notation, history);
    }

    /** An entity whose attributes have no history. */
    public Entity(
            EntityRef entity,
            String label,
            String description,
            String keyColumn,
            List<Attribute> attributes,
            Notation notation) {
        this(entity, label, description, keyColumn, attributes, notation, null);
    }

    /** The entity with a history; null: without. */
    public Entity with(@Nullable History other) {
        return new Entity(entity, label, description, key, attributes, notation, other);
    }

    public Entity with(List<Attribute> others) {
        return new Entity(entity, label, description, key, others, notation, history);
    }

    /** The entity with the attributes that files bring and the store keeps: all but the computed ones. */
    public Entity stored() {
        return with(attributes.stream().filter(attribute -> attribute.field().isRead()).toList());
    }

    /** What is known beside the key by the key alone: each of several parts, as an attribute. */
    public static List<Attribute> parts(List<String> key) {
        return key.size() < 2
                ? List.of()
                : CompositeKey.parts(key).stream()
                        .map(part -> new Attribute(part, Mark.NONE))
                        .toList();
    }

    /** Whether an attribute is a part of the key. */
    public boolean isPart(Attribute attribute) {
        return key.size() > 1 && key.contains(attribute.field().name());
    }

    /** The attributes as fields, each with the whole of its notation. */
    public List<Field> fieldsAsRead() {
        return attributes.stream()
                .map(Attribute::field)
                .map(field -> field.with(field.notation().over(notation)))
                .toList();
    }

    /** An attribute, and what the service itself reads from it. */
    public record Attribute(Field field, Mark mark) {}

    /** What an attribute tells the service. */
    public enum Mark {
        /** Nothing. */
        NONE,
        /** True for accounts that are left out unless asked for. */
        TEST,
        /** From when the account exists. */
        START,
        /** Until when the account exists: merged or deleted, not churned. */
        REMOVED,
        /** Name for people. */
        NAME
    }

    @Override
    public String name() {
        return entity.name();
    }

    public Optional<Field> attribute(String wanted) {
        return attributes.stream()
                .map(Attribute::field)
                .filter(field -> field.name().equals(wanted))
                .findFirst();
    }

    public Optional<Field> marked(Mark mark) {
        return allMarked(mark).stream().findFirst();
    }

    /** Several attributes may mark test accounts; one of them is enough. */
    public List<Field> allMarked(Mark mark) {
        return attributes.stream()
                .filter(attribute -> attribute.mark() == mark)
                .map(Attribute::field)
                .toList();
    }

    @Override
    public String meaning() {
        return "key %s attributes %s%s%s"
                .formatted(
                        String.join(", ", key),
                        attributes.stream()
                                .map(attribute ->
                                        attribute.field().meaning() + " " + attribute.mark())
                                .collect(Collectors.joining("; ")),
                        notation.meaning(),
                        history == null ? "" : " history " + history);
    }
}
