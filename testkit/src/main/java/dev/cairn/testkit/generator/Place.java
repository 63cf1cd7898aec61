package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.generator.Piece.Kind;
import dev.cairn.testkit.generator.Piece.Measure;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a piece stands, and what names mean there.
 *
 * @param atoms the names that have a value here
 * @param relations what can be aggregated here; empty: nothing
 * @param hasBucket whether there is a bucket to compare with
 * @param hasWindows whether what stands here may be read in a window of its own
 */
record Place(List<Piece> atoms, List<Head> relations, boolean hasBucket, boolean hasWindows) {
    Place {
        atoms = List.copyOf(atoms);
        relations = List.copyOf(relations);
    }

    Place(List<Piece> atoms, List<Head> relations, boolean hasBucket) {
        this(atoms, relations, hasBucket, false);
    }

    /** The same, where windows of its own are answered. */
    Place withWindows(boolean are) {
        return new Place(atoms, relations, hasBucket, are);
    }

    /** Something that gives rows: a source, a slice, accounts or users. */
    sealed interface Head {
        String name();

        record Facts(String name, Source source) implements Head {}

        record Members(EntityKind entity) implements Head {
            @Override
            public String name() {
                return entity.word();
            }
        }
    }

    List<Piece> atoms(Kind kind) {
        return atoms.stream().filter(atom -> atom.kind() == kind).toList();
    }

    /** A fact: its fields, and what its account and user are known for. */
    static Place ofRow(Head.Facts head, Catalog catalog) {
        var source = head.source();
        var atoms = new ArrayList<Piece>();
        for (Field field : source.fields()) {
            // Beside a link of that name, which the bare name is.
            if (!field.name().equals(EntityKind.ACCOUNT.word())) {
                atoms.add(atom(field.name(), field));
            }
            atoms.add(atom(head.name() + "." + field.name(), field));
        }
        addLinked(source, catalog, atoms);
        return new Place(atoms, List.of(), true);
    }

    /** A fact as a question names it. */
    static List<Piece> asked(Source source, Catalog catalog) {
        var atoms = new ArrayList<Piece>();
        source.fields()
                .forEach(field -> atoms.add(atom(source.name() + "." + field.name(), field)));
        addLinked(source, catalog, atoms);
        return atoms;
    }

    private static void addLinked(Source source, Catalog catalog, List<Piece> atoms) {
        if (source.accountField() != null) {
            addEntity(EntityKind.ACCOUNT, catalog, atoms);
        }
        if (source.userField() != null) {
            addEntity(EntityKind.USER, catalog, atoms);
        }
    }

    /** The key of an account or user, and its attributes by their full names. */
    static void addEntity(EntityKind entity, Catalog catalog, List<Piece> atoms) {
        atoms.add(Piece.exact(entity.word(), Kind.TEXT));
        catalog.entity(entity)
                .attributes()
                .forEach(attribute ->
                        atoms.add(
                                atom(
                                        entity.word() + "." + attribute.field().name(),
                                        attribute.field())));
    }

    /** One account or user. */
    static Place ofMember(EntityKind entity, List<Head> relations, Catalog catalog) {
        var atoms = new ArrayList<Piece>();
        addEntity(entity, catalog, atoms);
        if (entity == EntityKind.USER) {
            addEntity(EntityKind.ACCOUNT, catalog, atoms);
        }
        catalog.entity(entity)
                .attributes()
                .forEach(attribute -> atoms.add(atom(attribute.field().name(), attribute.field())));
        return new Place(atoms, relations, true);
    }

    /** An account in a rule of a cohort or a scope. */
    static Place ofRule(Catalog catalog) {
        return new Place(
                ofMember(EntityKind.ACCOUNT, List.of(), catalog).atoms(), List.of(), false);
    }

    static Place ofCell(List<Head> relations) {
        return new Place(List.of(), relations, true);
    }

    /** With more names. */
    Place with(List<Piece> more) {
        var all = new ArrayList<>(atoms);
        all.addAll(more);
        return new Place(all, relations, hasBucket, hasWindows);
    }

    private static Piece atom(String text, Field field) {
        var kind =
                switch (field.type()) {
                    case TEXT -> Kind.TEXT;
                    case INTEGER, DECIMAL, MONEY -> Kind.NUMBER;
                    case BOOLEAN -> Kind.CONDITION;
                    case DATE -> Kind.DATE;
                    case TIMESTAMP -> Kind.INSTANT;
                };
        return new Piece(
                text, kind, field.type() == DataType.MONEY ? Measure.MONEY : Measure.PLAIN, false);
    }
}
