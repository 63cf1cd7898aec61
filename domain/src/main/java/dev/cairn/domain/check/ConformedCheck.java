package dev.cairn.domain.check;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.UserKeys;
import dev.cairn.domain.formula.Formula.Path;
import dev.cairn.domain.lowering.ConformedNames;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.Readers;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks that the fields of a conformed dimension are there, of one type, and at most one of each source. */
final class ConformedCheck {
    /** @param references sources and slices that it names */
    record Checked(List<Problem> problems, Set<String> references) {}

    private final ConformedDimension dimension;
    private final Catalog catalog;
    private final Place place;
    private final Problems problems = new Problems();
    private final Set<String> references = new HashSet<>();

    private ConformedCheck(ConformedDimension dimension, Catalog catalog, Place place) {
        this.dimension = dimension;
        this.catalog = catalog;
        this.place = place.then("fields");
    }

    /** @param place of the dimension */
    static Checked of(ConformedDimension dimension, Catalog catalog, Place place) {
        var check = new ConformedCheck(dimension, catalog, place);
        check.check();
        return new Checked(check.problems.all(), check.references);
    }

    /** What it is of the rows of a relation; empty where it is nothing of them. */
    static Optional<Type> typeOf(
            ConformedDimension dimension, RelationKey relation, Catalog catalog) {
        var place = Place.NOWHERE;
        return ConformedNames.of(dimension, relation, catalog)
                .map(path -> String.join(".", path.names()))
                .map(field ->
                        of(
                                field,
                                relation,
                                new Lowering(catalog, ZoneOffset.UTC, new Problems()),
                                place))
                .map(Expr::type)
                .filter(type -> !type.isBroken());
    }

    private static Expr of(String field, RelationKey relation, Lowering lowering, Place here) {
        lowering.asked(new Readers(Map.of(relation, Set.of(field)), true));
        return lowering.formula(field, Frame.of(new Level.Asked(relation), here));
    }

    private void check() {
        if (dimension.fields().isEmpty()) {
            problem(
                    ProblemCode.MISSING,
                    place,
                    "A dimension says which fields it is: fields: [signup.channel, deal.source_channel].");
        }
        var owners = new HashMap<String, String>();
        @Nullable String first = null;
        @Nullable Type type = null;
        for (int at = 0; at < dimension.fields().size(); at++) {
            String field = dimension.fields().get(at);
            var here = place.then(Integer.toString(at));
            var value = value(field, here, owners);
            if (value.type().isBroken()) {
                continue;
            }
            if (type == null || first == null) {
                first = field;
                type = value.type();
            } else if (!type.equals(value.type())) {
                problem(
                        ProblemCode.TYPE_MISMATCH,
                        here,
                        "'%s' is %s, and '%s' is %s; fields of one dimension are of one type.",
                        field,
                        word(value.type(), type),
                        first,
                        word(type, value.type()));
            }
        }
    }

    /** Numbers are told apart by what they are stored as. */
    private static String word(Type type, Type other) {
        return type.word().equals(other.word())
                ? type.kind().name().toLowerCase(Locale.ROOT)
                : type.word();
    }

    /** @param owners the field of each source or kind of member that has one */
    private Expr value(String field, Place here, Map<String, String> owners) {
        var path = ConformedNames.path(field);
        if (path.isEmpty()) {
            return problem(
                    ProblemCode.SYNTAX,
                    here,
                    "'%s' is no field in full: a source and its field (signup.channel), a path over links, or an attribute (account.channel).",
                    field);
        }
        var relation = relation(path.get(), here);
        if (relation.isEmpty()) {
            return Expr.BROKEN;
        }
        // Of accounts and of users together it would not be known of whom a fact of both is asked.
        String owner = relation.get().factsOf().map(Source::name).orElse(EntityRef.ACCOUNT.name());
        var other = owners.putIfAbsent(owner, field);
        if (other != null) {
            return problem(
                    ProblemCode.CONFLICT,
                    here,
                    "'%s' and '%s' would both be the dimension of the same rows; name one of them.",
                    other,
                    field);
        }
        checkName(path.get(), relation.get(), field, here);
        var lowering = new Lowering(catalog, ZoneOffset.UTC, problems);
        var value = of(field, relation.get(), lowering, here);
        return UserKeys.accountOf(value).equals(Expr.NONE)
                ? value
                : problem(
                        ProblemCode.INCOMPATIBLE,
                        here,
                        "'%s' is the key of a user, which is told apart by its account; group by 'user' itself.",
                        field);
    }

    /** A field that is called like the dimension and is not of it would make each question about its source ask which is meant. */
    private void checkName(Path path, RelationKey relation, String field, Place here) {
        String name = dimension.name();
        boolean isItself = path.names().size() == 2 && path.names().getLast().equals(name);
        boolean isTaken =
                relation.factsOf()
                        .map(source -> source.field(name).isPresent())
                        .orElseGet(() -> catalog.entity(kind(path)).attribute(name).isPresent());
        if (isTaken && !isItself) {
            problem(
                    ProblemCode.CONFLICT,
                    here,
                    "'%s' has a field '%s' besides '%s'; give the dimension another name.",
                    path.names().getFirst(),
                    name,
                    field);
        }
    }

    private static EntityRef kind(Path path) {
        return new EntityRef(path.names().getFirst());
    }

    /** Of whose rows a field is; empty where there is none of the name, which is told. */
    private Optional<RelationKey> relation(Path path, Place here) {
        String first = path.names().getFirst();
        if (EntityRef.isBuiltIn(first)) {
            return Optional.of(new RelationKey.OfMembers(kind(path)));
        }
        var source = catalog.sourceUnder(first);
        if (source.isEmpty()) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_SOURCE,
                            here,
                            "No source, slice or entity '%s'.",
                            first),
                    first,
                    () ->
                            Stream.of(catalog.names(Source.class), catalog.names(Entity.class))
                                    .flatMap(List::stream)
                                    .toList());
            return Optional.empty();
        }
        references.add(first);
        return Optional.of(RelationKey.of(source.get()));
    }

    private Expr problem(ProblemCode code, Place where, String message, Object... arguments) {
        problems.add(Problem.of(code, where, message, arguments));
        return Expr.BROKEN;
    }
}
