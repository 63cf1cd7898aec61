package dev.cairn.domain.model;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of accounts or of users.
 *
 * @param key columns of the file that hold the key: one, or several parts that together are one ({@link CompositeKey})
 * @param notation how keys and values stand in the file; of values where an attribute's own notation leaves it open
 * @param links to accounts and members of declared entities, whose keys attributes say
 * @param history how files say since when the attributes of a row hold; null: they have no history
 * @param mapping the table whose rows the members are; null: they are imported, or named by facts
 */
public record Entity(
        EntityRef entity,
        String label,
        String description,
        List<String> key,
        List<Attribute> attributes,
        Notation notation,
        @Nullable History history,
        List<Link> links,
        @Nullable Mapping mapping)
        implements Definition {
    /** The name of a key of several parts as one text, which no attribute has. */
    private static final String WHOLE_KEY = "whole key";

    /** Before the name of a column of the key, beside an attribute of that name whose values are others; no attribute has such a name. */
    private static final String OF_KEY = "key ";

    public Entity {
        key = List.copyOf(key);
        attributes = List.copyOf(attributes);
        // What earlier releases stored has no notation and no links.
        notation = Objects.requireNonNullElse(notation, Notation.STANDARD);
        links = links == null ? List.of() : List.copyOf(links);
    }

    /** An entity whose members are imported. */
    public Entity(
            EntityRef entity,
            String label,
            String description,
            List<String> key,
            List<Attribute> attributes,
            Notation notation,
            @Nullable History history,
            List<Link> links) {
        this(entity, label, description, key, attributes, notation, history, links, null);
    }

    /** An entity that points at nothing. */
    public Entity(
            EntityRef entity,
            String label,
            String description,
            List<String> key,
            List<Attribute> attributes,
            Notation notation,
            @Nullable History history) {
        this(entity, label, description, key, attributes, notation, history, List.of());
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
        return new Entity(
                entity, label, description, key, attributes, notation, other, links, mapping);
    }

    public Entity with(List<Attribute> others) {
        return new Entity(
                entity, label, description, key, others, notation, history, links, mapping);
    }

    /** The entity that points at these, with an attribute for each key of an account that several of its attributes make. */
    public Entity withLinks(List<Link> others) {
        var made =
                others.stream()
                        .flatMap(link -> link.made().stream())
                        .map(field -> new Attribute(field, Mark.NONE));
        return new Entity(
                entity,
                label,
                description,
                key,
                Stream.concat(attributes.stream(), made).toList(),
                notation,
                history,
                others,
                mapping);
    }

    /** The entity whose links are written otherwise. */
    public Entity leadingBy(List<Link> others) {
        return new Entity(
                entity, label, description, key, attributes, notation, history, others, mapping);
    }

    /** Whether it is the key of an account that several attributes make. */
    public boolean isMade(Attribute attribute) {
        return links.stream()
                .flatMap(link -> link.made().stream())
                .anyMatch(attribute.field()::equals);
    }

    /** One of the links by its name. */
    public Optional<Link> link(String wanted) {
        return links.stream().filter(link -> link.name().equals(wanted)).findFirst();
    }

    /** A member as a row of a source, with its attributes and links: how these are checked, and followed. */
    public Source asRow() {
        return new Source(
                        name(),
                        label,
                        description,
                        null,
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        attributes.stream().map(Attribute::field).toList())
                .withNotation(notation)
                .withLinks(links);
    }

    /** The entity whose members are rows of a table; null: they are imported. */
    public Entity withMapping(@Nullable Mapping other) {
        return new Entity(
                entity, label, description, key, attributes, notation, history, links, other);
    }

    /** Members as rows of the table that they are mapped on, by their key: its columns, and the attributes that are read from one. */
    public Source asTable() {
        var columns = key.stream().filter(column -> !isAttribute(column)).map(this::columnOfKey);
        var read = stored().attributes().stream().map(Attribute::field);
        var whole =
                key.size() < 2
                        ? Stream.<Field>of()
                        : Stream.of(
                                new Field(
                                        WHOLE_KEY,
                                        WHOLE_KEY,
                                        DataType.TEXT,
                                        null,
                                        CompositeKey.formula(key),
                                        List.of(),
                                        null,
                                        null));
        return new Source(
                        name(),
                        label,
                        description,
                        null,
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        key.stream().map(this::nameInKey).toList(),
                        Stream.of(columns, read, whole).flatMap(fields -> fields).toList())
                .withNotation(notation)
                .ofMembers()
                .withMapping(mapping);
    }

    /** The field of {@link #asTable} that is the key. */
    public String keyField() {
        return key.size() < 2 ? nameInKey(key.getFirst()) : WHOLE_KEY;
    }

    /** Whether an attribute has just the values of a column of the key. */
    private boolean isAttribute(String column) {
        return attribute(column)
                .filter(Field::isRead)
                .filter(field -> field.column().equals(column))
                .filter(field ->
                        field.missing().isEmpty() && field.min() == null && field.max() == null)
                .isPresent();
    }

    private String nameInKey(String column) {
        return isAttribute(column) || attribute(column).filter(Field::isRead).isEmpty()
                ? column
                : OF_KEY + column;
    }

    private Field columnOfKey(String column) {
        return Field.of(nameInKey(column), DataType.TEXT).with(Notation.ofColumn(column));
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
                                                attribute.field().meaning()
                                                        + " "
                                                        + attribute.mark())
                                        .collect(Collectors.joining("; ")),
                                notation.meaning(),
                                history == null ? "" : " history " + history)
                + (links.isEmpty()
                        ? ""
                        : links.stream()
                                .map(Link::meaning)
                                .collect(Collectors.joining("; ", " links ", "")))
                + (mapping == null ? "" : mapping.meaning());
    }
}
