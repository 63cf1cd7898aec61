package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.model.DataType;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Link;
import dev.cairn.domain.model.LinkTarget;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Article;
import dev.cairn.domain.problem.NearestNames;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks where the links of a source lead to. Links may lead in a circle: each hop of a path is one row at most. */
final class LinkCheck {
    /** @param references sources that the links lead to */
    record Checked(List<Problem> problems, Set<String> references) {}

    /** What a part of a key may be. */
    private static final Set<DataType> OF_KEYS =
            EnumSet.of(DataType.TEXT, DataType.INTEGER, DataType.DATE, DataType.BOOLEAN);

    private final Source source;
    private final Catalog catalog;
    private final Place place;
    private final Place sourcePlace;
    private final Problems problems = new Problems();

    private LinkCheck(Source source, Catalog catalog, Place place) {
        this.source = source;
        this.catalog = catalog;
        this.sourcePlace = place;
        this.place = place.then("links");
    }

    /** @param place of the source */
    static Checked of(Source source, Catalog catalog, Place place) {
        var check = new LinkCheck(source, catalog, place);
        var names = new HashSet<String>();
        var references = new HashSet<String>();
        for (var link : source.pointers()) {
            if (!names.add(link.name())) {
                check.problem(
                        ProblemCode.CONFLICT,
                        link,
                        "The link '%s' is declared twice.",
                        link.name());
            }
            DefinitionChecker.badName(link.name(), check.place.then(link.name()))
                    .or(() -> check.taken(link))
                    .ifPresent(check.problems::add);
            check.target(link);
            if (catalog.entry(link.to()).isPresent()) {
                references.add(link.to());
            }
        }
        source.links().stream().filter(Link::isOwn).forEach(check::own);
        check.account();
        return new Checked(check.problems.all(), references);
    }

    /** The fields that say which account, or user, a fact is of. */
    private void own(Link link) {
        var at = sourcePlace.then(link.name());
        if (!link.name().equals(EntityRef.USER.name())) {
            key(link, at);
            if (link.fields().size() > 1) {
                link.fields().forEach(name -> part(link, name, at));
            }
        } else if (link.fields().size() > 1) {
            problems.add(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    at,
                                    "The key of a user is one text. Make it of several in a field: user_no: {type: text, compute: \"key(%s)\"}.",
                                    String.join(", ", link.fields()))
                            .offering("user: {field: user_no}"));
        }
    }

    private void part(Link link, String name, Place at) {
        if (source.field(name).isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_FIELD,
                            at,
                            "'%s' declares no field '%s'.",
                            source.name(),
                            name),
                    name,
                    () -> source.fields().stream().map(Field::name).toList());
        }
        source.field(name)
                .filter(field -> !OF_KEYS.contains(field.type()))
                .map(field ->
                        Problem.of(
                                ProblemCode.TYPE_MISMATCH,
                                at,
                                "'%s' is %s, and cannot be a part of the key of an %s: a text, an integer, a date or a boolean can.",
                                name,
                                word(field.type()),
                                link.name()))
                .ifPresent(problems::add);
    }

    /** A fact may have the account of the row that a link leads to. */
    private void account() {
        var via = source.accountVia();
        if (via == null) {
            return;
        }
        var at = source.link(via);
        if (at.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_FIELD,
                            ofAccount(),
                            "'%s' declares no link '%s'.",
                            source.name(),
                            via),
                    via,
                    () -> source.pointers().stream().map(Link::name).toList());
        } else if (source.accountField() != null) {
            problems.add(
                    Problem.of(
                            ProblemCode.CONFLICT,
                            ofAccount(),
                            "The account of a fact is said by a field or by a link, not by both."));
        } else if (at.get().member().isPresent()) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            ofAccount(),
                            "'%s' leads to an account itself: name the field with its key, account: {field: %s}.",
                            via,
                            at.get().fields().getFirst()));
        } else {
            end(at.get());
        }
        if (source.userField() != null) {
            problems.add(
                    Problem.of(
                                    ProblemCode.INCOMPATIBLE,
                                    sourcePlace.then("user"),
                                    "Users are told apart within their account, and which account a fact of '%s' is of may change with the row that its link leads to: then it would be another user. Leave 'user' out, and count the field: distinct(%s.%s).",
                                    source.name(),
                                    source.name(),
                                    source.userField())
                            .offering(
                                    "distinct(%s.%s)"
                                            .formatted(source.name(), source.userField())));
        }
    }

    private Place ofAccount() {
        return sourcePlace.then("account");
    }

    /** The sources that accounts are had from end with one that says them itself. */
    private void end(Link first) {
        var passed = new HashSet<>(Set.of(source.name()));
        var next = catalog.source(first.to());
        var mapped = next.filter(to -> to.mapping() != null);
        while (next.isPresent() && next.get().accountLink().isPresent()) {
            if (!passed.add(next.get().name())) {
                break;
            }
            next = next.get().accountLink().flatMap(link -> catalog.source(link.to()));
        }
        if (next.isPresent() && passed.contains(next.get().name())) {
            problems.add(
                    Problem.of(
                            ProblemCode.CYCLE,
                            ofAccount(),
                            "The account of '%s' is had by links that lead in a circle.",
                            source.name()));
        } else if (source.mapping() == null && mapped.isPresent()) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            ofAccount(),
                            "The account of an imported fact is kept with it, and the rows of '%s' stay in a table of their own, which may change at any time: name a field with the account's key, account: {field: ...}.",
                            mapped.get().name()));
        } else if (next.isPresent() && !next.get().isOfAccounts()) {
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            ofAccount(),
                            "'%s' is of no accounts, so no fact has one by it.",
                            next.get().name()));
        }
    }

    private void problem(ProblemCode code, Link link, String message, Object... arguments) {
        problems.add(Problem.of(code, place.then(link.name()), message, arguments));
    }

    /** What a link is called must mean one thing wherever it can stand. */
    private Optional<Problem> taken(Link link) {
        String name = link.name();
        var under = catalog.sourceUnder(name);
        boolean isOtherSource = under.filter(found -> !found.name().equals(link.to())).isPresent();
        boolean isOwnSource = under.filter(found -> found.name().equals(source.name())).isPresent();
        String what =
                EntityRef.isBuiltIn(name)
                        ? "the word for the %s of a row".formatted(name)
                        : source.field(name).isPresent()
                                ? "a field of '%s'".formatted(source.name())
                                : isOwnSource
                                        ? "a name of '%s' itself".formatted(source.name())
                                        : isOtherSource
                                                ? "the name of %s, and leads to '%s'"
                                                        .formatted(
                                                                Article.a(kindOf(name)), link.to())
                                                : null;
        return what == null
                ? Optional.empty()
                : Optional.of(
                        Problem.of(
                                ProblemCode.CONFLICT,
                                place.then(name),
                                "A link cannot be called '%s': it is %s. Give the link another name.",
                                name,
                                what));
    }

    private String kindOf(String name) {
        return catalog.entry(name).map(Entry::definition).orElseThrow().kind();
    }

    private void target(Link link) {
        switch (link.target()) {
            case LinkTarget.OfEntity(var entity) when link.member().isPresent() ->
                    entity(link, entity);
            case LinkTarget.OfEntity(var declared) -> {
                if (catalog.source(declared.name()).filter(of -> !of.isEntity()).isPresent()) {
                    problems.add(
                            Problem.of(
                                            ProblemCode.INCOMPATIBLE,
                                            place.then(link.name()),
                                            "'%s' is a source and no entity.",
                                            declared.name())
                                    .offering(
                                            "{source: %s, fields: [%s]}"
                                                    .formatted(
                                                            declared.name(),
                                                            String.join(", ", link.fields()))));
                } else {
                    source(link);
                }
            }
            case LinkTarget.OfSource _ -> source(link);
        }
    }

    /** A member in a role. */
    private void entity(Link link, EntityRef entity) {
        if (catalog.find(entity.name(), Entity.class).isEmpty()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.UNKNOWN_SOURCE,
                                    place.then(link.name()),
                                    "No entity '%s'.",
                                    entity.name())
                            .suggesting(catalog.nearest(entity.name(), Entity.class)));
        } else if (entity.isUser()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    link,
                    "A link leads to a row by its key, and a user has one within the account alone. Leave the link out, and read the field: distinct(%s.%s). Persons with attributes who are of no one account are an entity of their own.",
                    source.name(),
                    link.fields().getFirst());
        } else {
            key(link, place.then(link.name()));
            link.fields().forEach(name -> keyOfMember(link, name, entity));
        }
    }

    /** As many fields as the key of an account has parts, each of which can be one. */
    private void key(Link link, Place at) {
        var key = catalog.entity(EntityRef.ACCOUNT).key();
        if (key.size() != link.fields().size()) {
            boolean isOne = key.size() == 1;
            problems.add(
                    Problem.of(
                            ProblemCode.INCOMPATIBLE,
                            at,
                            isOne
                                    ? "The key of an account is one column, '%s', and %s says it by %d fields. An account by several is declared so: entity: account, key: [%s]."
                                    : "The key of an account is %s, and %s says it by %d %s: name as many fields, in this order (fields: [%s]).",
                            isOne ? key.getFirst() : key.toString(),
                            "'%s'".formatted(link.name()),
                            link.fields().size(),
                            isOne
                                    ? String.join(", ", link.fields())
                                    : link.fields().size() == 1 ? "field" : "fields",
                            String.join(", ", key)));
        }
        link.made()
                .filter(made -> hasTwice(made.name()))
                .map(made ->
                        Problem.of(
                                ProblemCode.CONFLICT,
                                at,
                                "'%s' is the field with the key that %s make; give the other field of that name another.",
                                made.name(),
                                link.fields()))
                .ifPresent(problems::add);
    }

    private boolean hasTwice(String name) {
        return source.fields().stream().filter(field -> field.name().equals(name)).count() > 1;
    }

    private void keyOfMember(Link link, String name, EntityRef entity) {
        var field = source.field(name);
        if (field.isEmpty()) {
            noField(link, name);
        } else if (link.fields().size() > 1
                ? !OF_KEYS.contains(field.get().type())
                : field.get().type() != DataType.TEXT) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    link,
                    link.fields().size() > 1
                            ? "'%s' is %s, and cannot be a part of the key of an %s: a text, an integer, a date or a boolean can."
                            : "'%s' is %s and says the key of an %s, which is text.",
                    name,
                    word(field.get().type()),
                    entity.name());
        }
    }

    private void noField(Link link, String name) {
        problems.add(
                Problem.of(
                        ProblemCode.UNKNOWN_FIELD,
                        place.then(link.name()),
                        "'%s' declares no field '%s'.",
                        source.name(),
                        name),
                name,
                () -> source.fields().stream().map(Field::name).toList());
    }

    private void source(Link link) {
        var parent = catalog.source(link.to());
        if (parent.isEmpty()) {
            problems.add(noSource(link));
            return;
        }
        var key = parent.get().linkKey();
        if (key.isEmpty()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    link,
                    "'%s' has no key, so no row of it can be linked to: say there which fields tell its rows apart, key: [...].",
                    link.to());
            return;
        }
        if (key.size() != link.fields().size()) {
            problem(
                    ProblemCode.INCOMPATIBLE,
                    link,
                    "The key of '%s' is %s; the link '%s' has %d fields for it and needs %d.",
                    link.to(),
                    key,
                    link.name(),
                    link.fields().size(),
                    key.size());
            return;
        }
        for (int at = 0; at < key.size(); at++) {
            field(link, link.fields().get(at), parent.get().field(key.get(at)));
        }
    }

    private Problem noSource(Link link) {
        var other = catalog.entry(link.to()).map(Entry::definition);
        return Problem.of(
                        ProblemCode.UNKNOWN_SOURCE,
                        place.then(link.name()),
                        "No source or entity '%s'.%s",
                        link.to(),
                        other.map(found -> " It is a " + found.kind() + ".").orElse(""))
                .suggesting(
                        NearestNames.nearest(
                                link.to(),
                                Stream.concat(
                                                catalog.names(Source.class).stream(),
                                                Stream.of(EntityRef.ACCOUNT.name()))
                                        .toList()));
    }

    /** @param key field of the parent; empty: the parent has the problem */
    private void field(Link link, String name, Optional<Field> key) {
        var field = source.field(name);
        if (field.isEmpty()) {
            noField(link, name);
        } else if (key.isPresent() && !areComparable(field.get().type(), key.get().type())) {
            problem(
                    ProblemCode.TYPE_MISMATCH,
                    link,
                    "'%s' is %s and says the key field '%s' of '%s', which is %s.",
                    name,
                    word(field.get().type()),
                    key.get().name(),
                    link.to(),
                    word(key.get().type()));
        }
    }

    private static boolean areComparable(DataType one, DataType other) {
        return one == other || (isDecimal(one) && isDecimal(other));
    }

    private static boolean isDecimal(DataType type) {
        return type == DataType.DECIMAL || type == DataType.MONEY;
    }

    private static String word(DataType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
