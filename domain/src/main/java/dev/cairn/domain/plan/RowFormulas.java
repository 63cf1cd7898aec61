package dev.cairn.domain.plan;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The computed fields of a source: row formulas over the fields that stand before them.
 *
 * @param formulas by field, in declared order
 * @param bindings how bare names were read
 */
public record RowFormulas(
        Map<String, Expr> formulas, Map<String, Binding> bindings, List<Problem> problems) {
    public RowFormulas {
        formulas = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(formulas));
        bindings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(bindings));
        problems = List.copyOf(problems);
    }

    /**
     * @param bindings how bare names were read when the source was saved; empty for a new one
     * @param place of the source
     */
    public static RowFormulas of(Source source, Map<String, Binding> bindings, Place place) {
        var formulas = new java.util.LinkedHashMap<String, Expr>();
        var problems = new Problems();
        var used = new HashMap<String, Binding>();
        var visible = new HashSet<String>();
        for (var field : source.fields()) {
            if (field.compute() != null) {
                var lowering = new Lowering(Catalog.empty(), source.zone(), problems);
                var level = new Level.Row(source, Set.of(source.name()), Set.copyOf(visible));
                var at = place.then("fields", field.name(), "compute");
                var expr = lowering.formula(field.compute(), Frame.of(level, at, bindings, false));
                check(field, expr, at, problems);
                formulas.put(field.name(), lowering.common(expr));
                used.putAll(lowering.bindings());
            }
            visible.add(field.name());
        }
        return new RowFormulas(formulas, used, problems.all());
    }

    private static void check(Field field, Expr expr, Place place, Problems problems) {
        var declared = TypeRules.of(field);
        var found = expr.type();
        boolean fits =
                found.isWild()
                        || (declared.kind() == Type.Kind.DECIMAL
                                ? found.isNumber()
                                : declared.kind() == found.kind());
        if (!fits) {
            problems.add(
                    Problem.of(
                            ProblemCode.TYPE_MISMATCH,
                            place,
                            "Field '%s' is declared as %s, its formula gives %s.",
                            field.name(),
                            field.type().name().toLowerCase(java.util.Locale.ROOT),
                            found.word()));
        }
        boolean otherMoney =
                declared.unit() instanceof Unit.Money
                        && found.unit() instanceof Unit.Money
                        && !declared.unit().equals(found.unit());
        if (otherMoney) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNIT_MISMATCH,
                            place,
                            "Field '%s' is declared as %s, its formula gives %s.",
                            field.name(),
                            declared.unit().word(),
                            found.unit().word()));
        }
        if (Exprs.any(expr, RowFormulas::isNotOfRow)) {
            problems.add(
                    Problem.of(
                            ProblemCode.LEVEL_MISMATCH,
                            place,
                            "A computed field reads the row alone: no account, user, attribute or bucket."));
        }
    }

    private static boolean isNotOfRow(Expr expr) {
        return expr instanceof Expr.Key
                || expr instanceof Expr.Attribute
                || expr instanceof Expr.BucketEdge;
    }
}
