package dev.cairn.domain.planner;

import dev.cairn.domain.analysis.AnalysisQuery.Filter;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.lowering.Frame;
import dev.cairn.domain.lowering.Leaves;
import dev.cairn.domain.lowering.Level;
import dev.cairn.domain.lowering.Lowering;
import dev.cairn.domain.lowering.Readers;
import dev.cairn.domain.lowering.RelationKey;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How to list what is no answer to a question: the values of a dimension, facts, accounts. */
public final class Listings {
    /**
     * What to read to list the values of a dimension.
     *
     * @param scope what the caller may see, over the account of each row
     */
    public record ValueRequest(Expr dimension, Expr scope, List<Problem> problems) {
        public ValueRequest {
            problems = List.copyOf(problems);
        }
    }

    private Listings() {}

    /** How to read the values of a dimension, or why it cannot be; a conformed one has those of each of its fields. */
    public static List<ValueRequest> valueRequests(
            String dimension, Catalog catalog, Caller caller) {
        return catalog
                .conformed(dimension)
                .map(ConformedDimension::fields)
                .orElse(List.of(dimension))
                .stream()
                .map(field -> values(field, catalog, caller))
                .toList();
    }

    /** The same of a dimension that is one field or attribute. */
    public static ValueRequest values(String dimension, Catalog catalog, Caller caller) {
        var relation = ownerOf(dimension, catalog);
        var problems = new Problems();
        var lowering = new Lowering(catalog, ZoneOffset.UTC, problems);
        lowering.asked(new Readers(everything(dimension, catalog), true));
        lowering.links().within(caller.access());
        var place = Place.of("dimension");
        var value = lowering.formula(dimension, Frame.of(new Level.Asked(relation), place));
        if (value instanceof Expr.Linked(_, Expr.Field field)) {
            return values(field.source() + "." + field.name(), catalog, caller);
        }
        if (value instanceof Expr.Linked(_, Expr.Attribute attribute)) {
            return values(attribute.entity().name() + "." + attribute.name(), catalog, caller);
        }
        if (value instanceof Expr.Linked(_, Expr.Key(var entity))) {
            return values(entity.name(), catalog, caller);
        }
        var scope = Conditions.scope(caller, relation, lowering);
        boolean isDimension =
                isOneColumn(value)
                        || lowering.attributes().isComputed(value)
                        || isComputedFromLinks(value, dimension);
        if (problems.isEmpty() && !isDimension) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNKNOWN_DIMENSION,
                            place,
                            "'%s' is no dimension.",
                            dimension));
        }
        return new ValueRequest(value, scope, problems.all());
    }

    /** A bare name may be a field of any source. */
    private static Map<RelationKey, Set<String>> everything(String dimension, Catalog catalog) {
        return Stream.concat(
                        catalog.all(Source.class).stream().map(source -> RelationKey.of(source)),
                        Stream.of(new RelationKey.OfMembers(EntityRef.USER)))
                .collect(Collectors.toMap(relation -> relation, _ -> Set.of(dimension)));
    }

    private static boolean isOneColumn(Expr value) {
        return value instanceof Expr.Field
                || value instanceof Expr.Attribute
                || value instanceof Expr.Key;
    }

    /** A field whose formula reads what links lead to; what a program wrote itself is no dimension. */
    private static boolean isComputedFromLinks(Expr value, String dimension) {
        return Exprs.any(value, Expr.Linked.class::isInstance)
                && FormulaParser.parse(dimension, Place.NOWHERE)
                        instanceof FormulaParser.Parsed.Ok(Formula.Path _);
    }

    /** The relation that a dimension is read from: its source, or the members. */
    private static RelationKey ownerOf(String dimension, Catalog catalog) {
        String owner =
                dimension.contains(".")
                        ? dimension.substring(0, dimension.indexOf('.'))
                        : dimension;
        return catalog.sourceUnder(owner)
                .or(() ->
                        catalog.all(Source.class).stream()
                                .filter(source ->
                                        !dimension.contains(".")
                                                && source.field(dimension).isPresent())
                                .findFirst())
                .<RelationKey>map(source -> RelationKey.of(source))
                .orElseGet(() ->
                        new RelationKey.OfMembers(
                                owner.equals(EntityRef.USER.name())
                                        ? EntityRef.USER
                                        : EntityRef.ACCOUNT));
    }

    /**
     * A condition over the facts of a source, as a slice has one; for what is no question.
     *
     * @param problems what is wrong with it is added here
     */
    public static Expr factFilter(String where, Source source, Catalog catalog, Problems problems) {
        var lowering = new Lowering(catalog, source.zone(), problems);
        var cell = new Level.Cell(new Leaves(Leaves.Binder.OF_MEMBER));
        var rows = Level.Row.of(source, Set.of(source.name()));
        return lowering.rule(where, Frame.of(cell, Place.of("where")).at(rows));
    }

    /** A condition over accounts that a program built, with the caller's scope; problems say what is wrong with it. */
    public static Expr accountFilter(
            @Nullable Filter filter, Catalog catalog, Caller caller, Problems problems) {
        var lowering = new Lowering(catalog, ZoneOffset.UTC, problems);
        var members = new RelationKey.OfMembers(EntityRef.ACCOUNT);
        lowering.asked(new Readers(Map.of(members, Set.of("accounts")), true));
        lowering.links().within(caller.access());
        var asked = new Level.Asked(members);
        var kept = Conditions.scope(caller, members, lowering);
        if (filter == null) {
            return kept;
        }
        var names =
                new Filters.Names(
                        (name, place) -> lowering.formula(name, Frame.of(asked, place)),
                        _ -> false);
        var filters = new Filters(ZoneOffset.UTC, names, members.emptiness(), lowering::broken);
        return Expr.and(kept, filters.lower(filter, Place.of("filter")));
    }
}
