package dev.cairn.domain.plan;

import dev.cairn.domain.analysis.AnalysisQuery;
import dev.cairn.domain.analysis.AnalysisQuery.CohortReference;
import dev.cairn.domain.analysis.Caller;
import dev.cairn.domain.formula.DimensionText;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.ParsedDimension;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityKind;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a question asks of every leaf: filter, cohort, group keys, and the caller's scope. Each relation reads them in its own way, or the question is
 * refused; nothing is ever left out on one leaf.
 */
final class Conditions implements Leaves.Binder {
    static final Span NOWHERE = new Span(0, 0, 0, 0);
    private static final Expr FALSE = new Expr.Literal(false, Type.BOOLEAN);

    private final AnalysisQuery query;
    private final Caller caller;
    private final Lowering lowering;

    Conditions(AnalysisQuery query, Caller caller, Lowering lowering) {
        this.query = query;
        this.caller = caller;
        this.lowering = lowering;
    }

    @Override
    public Leaves.Bound bind(RelationKey relation) {
        var asked = new ArrayList<Expr>();
        if (query.filter() != null) {
            asked.add(filters(relation).lower(query.filter(), Place.of("filter")));
        }
        if (query.where() != null) {
            asked.add(
                    lowering.rule(
                            query.where(), Frame.of(new Level.Asked(relation), Place.of("where"))));
        }
        cohort(relation).ifPresent(asked::add);
        var keys = keys(relation);
        var where =
                Stream.of(
                                Stream.of(scope(caller, relation, lowering)),
                                testAccounts(relation, asked, keys),
                                asked.stream())
                        .flatMap(conditions -> conditions)
                        .reduce(Expr.TRUE, Expr::and);
        return new Leaves.Bound(where, keys);
    }

    private Filters filters(RelationKey relation) {
        return new Filters(
                query.zone(), (name, place) -> dimension(name, place, relation), lowering::broken);
    }

    private List<Expr> keys(RelationKey relation) {
        var keys = new ArrayList<Expr>();
        for (int at = 0; at < query.groupBy().size(); at++) {
            keys.add(
                    dimension(
                            query.groupBy().get(at),
                            Place.of("groupBy", Integer.toString(at)),
                            relation));
        }
        return keys;
    }

    private Expr dimension(String text, Place place, RelationKey relation) {
        var frame = Frame.of(new Level.Asked(relation), place);
        return switch (FormulaParser.parseDimension(text, place)) {
            case ParsedDimension.Failed(var found) -> {
                found.forEach(lowering::broken);
                yield Expr.BROKEN;
            }
            case ParsedDimension.Ok(DimensionText.ByPath(var path, var by, var asOf, var span)) ->
                    by != null || asOf != null
                            ? notYet(
                                    by != null ? "A time field at a grain as dimension" : "'as of'",
                                    frame,
                                    span)
                            : named(path, relation, frame);
            case ParsedDimension.Ok(DimensionText.ByFormula(var formula, _, _)) ->
                    lowering.lower(formula, frame);
            case ParsedDimension.Ok(DimensionText.ByGrain(var grain, var span)) ->
                    lowering.broken(
                            ProblemCode.INCOMPATIBLE,
                            frame,
                            span,
                            "Time is asked for with 'grain: %s', not as a dimension.",
                            grain);
            case ParsedDimension.Ok(DimensionText.ByDatePart(_, var span)) ->
                    notYet("A part of the date as dimension", frame, span);
            case ParsedDimension.Ok(DimensionText.ByAge(_, var span)) ->
                    notYet("Age as dimension", frame, span);
        };
    }

    private Expr notYet(String what, Frame frame, Span span) {
        return lowering.broken(
                ProblemCode.NOT_YET_AVAILABLE,
                frame,
                span,
                "%s is not yet available in this version.",
                what);
    }

    /** A field, an attribute, an entity, or a cohort: whether the account is in it. */
    private Expr named(Formula.Path path, RelationKey relation, Frame frame) {
        if (lowering.catalog.cohort(path.text()).isEmpty()) {
            return lowering.lower(path, frame);
        }
        if (!AskedNames.reaches(relation, EntityKind.ACCOUNT)) {
            return lowering.broken(
                    doesNotApply(
                            "The cohort '" + path.text() + "'", relation, frame.at(path.span())));
        }
        var isMember = lowering.cohort(path.text(), frame, path.span());
        return new Expr.Call(Function.COALESCE, List.of(isMember, FALSE), Type.BOOLEAN);
    }

    private Problem doesNotApply(String what, RelationKey relation, Place place) {
        return Problem.of(
                ProblemCode.INCOMPATIBLE,
                place,
                "%s does not apply to %s: '%s' is of no account.",
                what,
                lowering.readersOf(relation),
                relation.word());
    }

    private Optional<Expr> cohort(RelationKey relation) {
        return Optional.ofNullable(query.cohort())
                .map(reference -> {
                    var place = Place.of("cohort");
                    if (!AskedNames.reaches(relation, EntityKind.ACCOUNT)) {
                        return lowering.broken(doesNotApply("The cohort", relation, place));
                    }
                    return switch (reference) {
                        case CohortReference.ByKey(var key) ->
                                lowering.cohort(
                                        key,
                                        Frame.of(new Level.Rule(), place.then("key")),
                                        NOWHERE);
                        case CohortReference.Rule(var formula) ->
                                Expr.and(
                                        Names.hasAccount(),
                                        lowering.rule(
                                                formula,
                                                Frame.of(new Level.Rule(), place.then("rule"))));
                    };
                });
    }

    /** What the caller may see: facts of no account are seen by those only who may see everything. */
    static Expr scope(Caller caller, RelationKey relation, Lowering lowering) {
        String scope = caller.scope();
        if (scope == null) {
            return Expr.TRUE;
        }
        return AskedNames.reaches(relation, EntityKind.ACCOUNT)
                ? Expr.and(
                        Names.hasAccount(),
                        lowering.rule(scope, Frame.of(new Level.Rule(), Place.of("scope"))))
                : FALSE;
    }

    /** Accounts marked as test are left out, unless the question names the attribute that marks them. */
    private Stream<Expr> testAccounts(RelationKey relation, List<Expr> asked, List<Expr> keys) {
        return lowering.catalog.entity(EntityKind.ACCOUNT).marked(Entity.Mark.TEST).stream()
                .filter(_ -> AskedNames.reaches(relation, EntityKind.ACCOUNT))
                .<Expr>map(
                        field -> new Expr.Attribute(EntityKind.ACCOUNT, field.name(), Type.BOOLEAN))
                .filter(mark ->
                        Stream.concat(asked.stream(), keys.stream())
                                .noneMatch(expr -> Exprs.any(expr, mark::equals)))
                .map(mark -> new Expr.Not(new Expr.Is(mark, new Expr.Literal(true, Type.BOOLEAN))));
    }

    /** Whether a key is read through the account: facts of no account are a group of their own then. */
    static boolean isOfAccount(Expr key) {
        return Exprs.any(
                key,
                part ->
                        (part instanceof Expr.Key(var entity) && entity == EntityKind.ACCOUNT)
                                || (part instanceof Expr.Attribute(var of, _, _)
                                        && of == EntityKind.ACCOUNT));
    }
}
