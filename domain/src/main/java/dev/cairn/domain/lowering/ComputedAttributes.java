package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The computed attributes of an entity: formulas over its key and the attributes that stand before them. Nothing of them is stored; a question reads the
 * formula in their place, so that they follow each change of what they read. Dates and times of day in them are those of UTC.
 *
 * @param formulas by attribute, in declared order; empty for facts of no account or user
 */
public record ComputedAttributes(Map<String, Expr> formulas, List<Problem> problems) {
    public ComputedAttributes {
        formulas = Collections.unmodifiableMap(new LinkedHashMap<>(formulas));
        problems = List.copyOf(problems);
    }

    /** @param place of the entity */
    public static ComputedAttributes of(Entity entity, Place place) {
        var formulas = new LinkedHashMap<String, Expr>();
        var problems = new Problems();
        for (int at = 0; at < entity.attributes().size(); at++) {
            var field = entity.attributes().get(at).field();
            var compute = field.compute();
            if (compute != null) {
                var before = entity.withLinks(List.of()).with(entity.attributes().subList(0, at));
                if (readsLink(entity, field, compute, place, problems)
                        || aggregates(entity, field, compute, place, problems)) {
                    formulas.put(field.name(), Expr.BROKEN);
                    continue;
                }
                formulas.put(
                        field.name(),
                        formula(
                                field,
                                compute,
                                before,
                                formulas,
                                place.then("attributes", field.name(), "compute"),
                                problems));
            }
        }
        return new ComputedAttributes(formulas, problems.all());
    }

    /** What a link leads to may be computed from this again. */
    private static boolean readsLink(
            Entity entity, Field field, String compute, Place place, Problems problems) {
        var path = LinkedFields.linkIn(compute, entity.asRow(), Set.of());
        path.map(read ->
                        Problem.of(
                                ProblemCode.INCOMPATIBLE,
                                place.then("attributes", field.name(), "compute"),
                                "A computed attribute reads the key and earlier attributes of its %s alone, and not what links lead to ('%s'), which might be computed from it in turn. Write it where it is asked for, as a key or in a metric of account.",
                                entity.name(),
                                read.text()))
                .ifPresent(problems::add);
        return path.isPresent();
    }

    /** Facts are not looked for: no source is known where an attribute is computed. */
    private static boolean aggregates(
            Entity entity, Field field, String compute, Place place, Problems problems) {
        var found =
                FormulaParser.parse(compute, Place.NOWHERE) instanceof Parsed.Ok(var formula)
                        ? aggregateIn(formula)
                        : Optional.<Formula>empty();
        found.map(aggregate ->
                        alone(
                                entity,
                                place.then("attributes", field.name(), "compute")
                                        .at(aggregate.span().line(), aggregate.span().column())))
                .ifPresent(problems::add);
        return found.isPresent();
    }

    private static Optional<Formula> aggregateIn(Formula formula) {
        return formula instanceof Formula.Aggregate
                ? Optional.of(formula)
                : FormulaPieces.of(formula).stream()
                        .flatMap(piece -> aggregateIn(piece).stream())
                        .findFirst();
    }

    private static Problem alone(Entity entity, Place place) {
        return Problem.of(
                ProblemCode.LEVEL_MISMATCH,
                place,
                "A computed attribute reads the key and earlier attributes of its %s alone: no aggregate, no bucket and no as-of. A metric of %s may read them.",
                entity.name(),
                entity.name());
    }

    private static Expr formula(
            Field field,
            String compute,
            Entity before,
            Map<String, Expr> earlier,
            Place place,
            Problems problems) {
        var alone = Catalog.empty().with(List.of(new Entry(before, 1, Map.of())), Set.of());
        var lowering = new Lowering(alone, ZoneOffset.UTC, problems);
        lowering.attributes().computed(before.entity(), earlier);
        var level = new Level.Member(before.entity(), new Leaves(Leaves.Binder.OF_MEMBER));
        var expr = lowering.formula(compute, Frame.ofDefinition(level, place));
        RowFormulas.checkType("Attribute", field, TypeRules.of(field), expr, place, problems);
        if (Exprs.any(expr, ComputedAttributes::isNotOfMember)) {
            problems.add(alone(before, place));
        }
        return expr.type().isBroken() ? expr : lowering.common(ofKnown(field, before, expr));
    }

    /** Also a formula that gives a value over empty ones has none where there is no account or user. */
    private static Expr ofKnown(Field field, Entity entity, Expr expr) {
        var declared = TypeRules.of(field);
        var type = expr.type().isWild() ? declared : expr.type().in(declared.unit());
        return new Expr.Case(
                List.of(new Expr.Arm(Exprs.isKnown(entity.entity()), expr)), Expr.NONE, type);
    }

    private static boolean isNotOfMember(Expr expr) {
        return expr instanceof Expr.LeafValue
                || expr instanceof Expr.Share
                || expr instanceof Expr.TimeEdge;
    }
}
