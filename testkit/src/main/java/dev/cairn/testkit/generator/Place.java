package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.generator.Piece.Kind;
import dev.cairn.testkit.generator.Piece.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a piece stands, and what names mean there.
 *
 * @param atoms the names that have a value here
 * @param relations what can be aggregated here; empty: nothing
 * @param hasBucket whether there is a bucket to compare with
 * @param hasWindows whether what stands here may be read in a window of its own
 */
record Place(List<Piece> atoms, List<Head> relations, boolean hasBucket, boolean hasWindows) {
    /** How many attributes of an account in a role are read. */
    private static final int ROLE = 4;

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

        record Members(EntityRef entity) implements Head {
            @Override
            public String name() {
                return entity.name();
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
        for (Field field : fields(source)) {
            // Beside a link of that name, which the bare name is.
            if (!field.name().equals(EntityRef.ACCOUNT.name())) {
                addField("", field, atoms);
            }
            addField(head.name() + ".", field, atoms);
        }
        addLinked(source, catalog, atoms);
        addThroughLinks("", source, catalog, atoms);
        addConverted(source, catalog, atoms);
        return new Place(atoms, List.of(), true);
    }

    /** Those that files have: rows of no time hold always, and nobody asks since when. */
    private static List<Field> fields(Source source) {
        return source.fields().stream()
                .filter(field -> !source.isTimeless() || !source.isImplied(field))
                .toList();
    }

    /** The fields of a fact that are times. */
    static List<Piece> times(Source source) {
        var atoms = new ArrayList<Piece>();
        fields(source).stream()
                .filter(field ->
                        field.type() == DataType.DATE || field.type() == DataType.TIMESTAMP)
                .forEach(field -> addField("", field, atoms));
        return atoms;
    }

    /** A fact as a question names it. */
    static List<Piece> asked(Source source, Catalog catalog) {
        var atoms = new ArrayList<Piece>();
        fields(source).forEach(field -> addField(source.name() + ".", field, atoms));
        addLinked(source, catalog, atoms);
        addThroughLinks(source.name() + ".", source, catalog, atoms);
        return atoms;
    }

    /** Amounts in the currency of their row are only read converted. */
    private static void addField(String of, Field field, List<Piece> atoms) {
        if (field.currencyField() == null) {
            atoms.add(atom(of + field.name(), field));
        }
    }

    /** The fields of the rows that links lead to, and so on; accounts in roles and those that such rows are of. */
    private static void addThroughLinks(
            String way, Source source, Catalog catalog, List<Piece> atoms) {
        for (var link : source.pointers()) {
            String to = way + link.name();
            switch (link.target()) {
                case LinkTarget.OfEntity(var entity) -> addRole(to, entity, catalog, atoms);
                case LinkTarget.OfSource(var name) -> {
                    var target = catalog.source(name).orElseThrow();
                    fields(target).forEach(field -> addField(to + ".", field, atoms));
                    if (target.isEntity()) {
                        atoms.add(Piece.exact(to, Kind.TEXT));
                    }
                    if (target.isOfAccounts()) {
                        addRole(to + ".account", EntityRef.ACCOUNT, catalog, atoms);
                    }
                    addThroughLinks(to + ".", target, catalog, atoms);
                }
            }
        }
    }

    /** An account that is not the one that the row is of: its key, where no field has that name, and some attributes. */
    private static void addRole(String role, EntityRef entity, Catalog catalog, List<Piece> atoms) {
        atoms.add(Piece.exact(role, Kind.TEXT));
        var attributes = catalog.entity(entity).attributes().stream().limit(ROLE).toList();
        attributes.forEach(attribute ->
                atoms.add(atom(role + "." + attribute.field().name(), attribute.field())));
        if (catalog.entity(entity).history() != null) {
            atoms.add(atom(role + ".plan as of now", attributes.getFirst().field()));
        }
    }

    private static void addConverted(Source source, Catalog catalog, List<Piece> atoms) {
        boolean hasRates =
                catalog.all(Source.class).stream().anyMatch(other -> other.rates() != null);
        source.fields().stream()
                .filter(field -> hasRates && field.type() == DataType.MONEY)
                .map(Field::name)
                .forEach(name -> {
                    String text = "convert(%s, '%s')";
                    atoms.add(Piece.number(text.formatted(name, "USD"), Measure.DOLLARS, false));
                    // By a rate through another: a division.
                    atoms.add(Piece.number(text.formatted(name, "GBP"), Measure.POUNDS, true));
                });
    }

    private static void addLinked(Source source, Catalog catalog, List<Piece> atoms) {
        if (source.isOfAccounts()) {
            addEntity(EntityRef.ACCOUNT, catalog, atoms);
            addAsOf(EntityRef.ACCOUNT, "fact", catalog, atoms);
        }
        if (source.userField() != null) {
            addEntity(EntityRef.USER, catalog, atoms);
        }
    }

    /** The key of an account or user, and its attributes by their full names. */
    static void addEntity(EntityRef entity, Catalog catalog, List<Piece> atoms) {
        atoms.add(Piece.exact(entity.name(), Kind.TEXT));
        attributes(entity, catalog)
                .forEach(field -> atoms.add(atom(entity.name() + "." + field.name(), field)));
        for (String moment : List.of("start", "end", "now", "@2026-03-10")) {
            addAsOf(entity, moment, catalog, atoms);
        }
    }

    /** Those that are not only read through a link. */
    private static Stream<Field> attributes(EntityRef entity, Catalog catalog) {
        return catalog.entity(entity).attributes().stream()
                .map(attribute -> attribute.field())
                .filter(field -> !field.name().equals(RandomStates.ABOVE));
    }

    /** Two of the attributes that have a history, as of a time. */
    private static void addAsOf(
            EntityRef entity, String moment, Catalog catalog, List<Piece> atoms) {
        if (catalog.entity(entity).history() != null) {
            catalog.entity(entity).attributes().stream()
                    .limit(2)
                    .map(attribute -> attribute.field())
                    .forEach(field ->
                            atoms.add(
                                    atom(
                                            "%s.%s as of %s"
                                                    .formatted(entity.name(), field.name(), moment),
                                            field)));
        }
    }

    /** One account or user. */
    static Place ofMember(EntityRef entity, List<Head> relations, Catalog catalog) {
        var atoms = new ArrayList<Piece>();
        addEntity(entity, catalog, atoms);
        if (entity.isUser()) {
            addEntity(EntityRef.ACCOUNT, catalog, atoms);
        }
        attributes(entity, catalog).forEach(field -> atoms.add(atom(field.name(), field)));
        return new Place(atoms, relations, true);
    }

    /** An account in a rule of a cohort or a scope. */
    static Place ofRule(Catalog catalog) {
        return new Place(
                ofMember(EntityRef.ACCOUNT, List.of(), catalog).atoms().stream()
                        .filter(atom -> !atom.text().contains(" as of "))
                        .toList(),
                List.of(),
                false);
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

    /** Of what is read by the time for which it holds, and so as of no fact. */
    Place withoutFact() {
        return new Place(
                atoms.stream().filter(atom -> !atom.text().endsWith(" as of fact")).toList(),
                relations,
                hasBucket,
                hasWindows);
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
