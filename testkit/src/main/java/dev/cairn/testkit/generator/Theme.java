package dev.cairn.testkit.generator;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.testkit.generator.Place.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a question is about: the sources it may read together, and what all of them can be grouped and filtered by.
 *
 * @param word the names of its metrics begin with it
 * @param members whether accounts or users are relations of it
 */
record Theme(String word, List<String> sources, List<EntityRef> members) {
    /** What several sources say in fields of their own. */
    static final String CONFORMED = "topic";

    private static final Theme ACCOUNTS =
            new Theme(
                    "accounts",
                    List.of("event", "invoice", "ticket"),
                    List.of(EntityRef.ACCOUNT, EntityRef.USER));
    private static final Theme USERS =
            new Theme("users", List.of("event", "survey"), List.of(EntityRef.USER));
    private static final Theme EVERYTHING =
            new Theme(
                    "everything",
                    List.of("event", "invoice", "survey", "ticket", "reading"),
                    List.of(EntityRef.ACCOUNT, EntityRef.USER));
    private static final List<Theme> PLAIN =
            List.of(
                    ofSource("event"),
                    ofSource("invoice"),
                    ofSource("survey"),
                    ofSource("ticket"),
                    ofSource("reading"),
                    ACCOUNTS,
                    USERS,
                    EVERYTHING);

    private static final List<Theme> STATES =
            List.of(
                    ofSource("contract"),
                    ofSource("ticket"),
                    ofSource("lease"),
                    ofSource("move"),
                    ofSource("sale"),
                    ofSource("event"),
                    ofSource("stay"),
                    ofSource("home"),
                    new Theme("homes", List.of("home", "stay"), List.of()),
                    new Theme("guests", List.of("stay", "event"), List.of(EntityRef.ACCOUNT)),
                    new Theme("stocks", List.of("contract", "lease"), List.of(EntityRef.ACCOUNT)),
                    new Theme(
                            "bridges",
                            List.of("contract", "event", "move"),
                            List.of(EntityRef.ACCOUNT)),
                    new Theme("amounts", List.of("lease", "sale"), List.of(EntityRef.ACCOUNT)),
                    ACCOUNTS);

    Theme {
        sources = List.copyOf(sources);
        members = List.copyOf(members);
    }

    static List<Theme> of(Catalog catalog) {
        return catalog.source(RandomStates.HOLDING).isPresent() ? STATES : PLAIN;
    }

    private static Theme ofSource(String source) {
        return new Theme(source, List.of(source), List.of());
    }

    List<Head> relations(Catalog catalog) {
        var relations = new ArrayList<Head>();
        for (String name : sources) {
            var source = catalog.source(name).orElseThrow();
            relations.add(new Head.Facts(name, source));
            catalog.all(Slice.class).stream()
                    .filter(slice -> rootOf(slice, catalog).equals(source))
                    .forEach(slice -> relations.add(new Head.Facts(slice.name(), source)));
        }
        members.forEach(entity -> relations.add(new Head.Members(entity)));
        return relations;
    }

    private static Source rootOf(Slice slice, Catalog catalog) {
        return catalog.source(slice.of())
                .or(() -> catalog.slice(slice.of()).map(outer -> rootOf(outer, catalog)))
                .orElseThrow();
    }

    /** What every relation of it can be asked by. */
    Place asked(Catalog catalog) {
        var atoms = new ArrayList<Piece>();
        if (sources.size() == 1) {
            atoms.addAll(Place.asked(catalog.source(sources.getFirst()).orElseThrow(), catalog));
        } else {
            if (everyRelationReaches(EntityRef.ACCOUNT, catalog)) {
                Place.addEntity(EntityRef.ACCOUNT, catalog, atoms);
            }
            if (everyRelationReaches(EntityRef.USER, catalog)) {
                Place.addEntity(EntityRef.USER, catalog, atoms);
            }
        }
        return new Place(atoms, List.of(), false);
    }

    /** Whether all that it reads has the conformed dimension. */
    boolean isConformed(Catalog catalog) {
        return catalog.conformed(CONFORMED)
                .filter(dimension ->
                        sources.stream()
                                .allMatch(name ->
                                        catalog.source(name).orElseThrow().isOfAccounts()
                                                || dimension.fields().stream()
                                                        .anyMatch(field ->
                                                                field.startsWith(name + "."))))
                .isPresent();
    }

    boolean everyRelationReaches(EntityRef kind, Catalog catalog) {
        Stream<Boolean> facts =
                sources.stream()
                        .map(source ->
                                RandomAggregates.isLinked(
                                        catalog.source(source).orElseThrow(), kind));
        Stream<Boolean> ofMembers =
                members.stream().map(entity -> entity.equals(kind) || entity.isUser());
        return Stream.concat(facts, ofMembers).allMatch(reaches -> reaches);
    }

    /** Whether something of it belongs to accounts. */
    boolean readsAccounts(Catalog catalog) {
        return sources.stream()
                .anyMatch(source -> catalog.source(source).orElseThrow().isOfAccounts());
    }

    /** Whether hours can be asked for: no time of it is a date. */
    boolean hasOnlyInstants(Catalog catalog) {
        return sources.stream()
                .flatMap(source -> catalog.source(source).orElseThrow().fields().stream())
                .noneMatch(field -> field.type() == DataType.DATE);
    }
}
