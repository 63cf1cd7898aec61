package dev.cairn.domain.lowering;

import dev.cairn.domain.catalog.Binding;
import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.catalog.Entry;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Field;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.plan.MappedRows;
import dev.cairn.domain.problem.Place;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.problem.Problems;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a source computes of a row as it is read: its computed fields, row formulas over the fields that stand before them, and which rows it takes in.
 *
 * @param formulas by field, in declared order; none of those that read what links lead to ({@link LinkedFields}), of which nothing is stored
 * @param where true of the rows that are taken in; null: all are
 * @param bindings how bare names were read
 */
public record RowFormulas(
        Map<String, Expr> formulas,
        @Nullable Expr where,
        Map<String, Binding> bindings,
        List<Problem> problems) {
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
        var linked = LinkedFields.in(source).keySet();
        for (var field : source.fields()) {
            if (linked.contains(field.name())) {
                formulas.put(field.name(), Expr.NONE);
            } else if (field.compute() != null) {
                var lowering = new Lowering(Catalog.empty(), source.zone(), problems);
                var at = place.then("fields", field.name(), "compute");
                var frame = Frame.of(row(source, visible), at, bindings, false);
                var expr = lowering.formula(field.compute(), frame);
                check(field, TypeRules.of(field), expr, at, problems);
                formulas.put(field.name(), lowering.common(expr));
                used.putAll(lowering.bindings());
            }
            visible.add(field.name());
        }
        Expr where = null;
        if (source.where() != null) {
            var lowering = new Lowering(Catalog.empty(), source.zone(), problems);
            var at = place.then("where");
            var frame = Frame.of(row(source, visible), at, bindings, false);
            var link = LinkedFields.linkIn(source.where(), source, linked);
            where =
                    link.isPresent()
                            ? lowering.broken(
                                    ProblemCode.LEVEL_MISMATCH,
                                    frame,
                                    link.get().span(),
                                    "'where' of a source says which rows are taken in, each as it comes, and '%s' is what a link leads to, which may come later or change: declare a slice with the condition (slice: of_interest, of: %s, where: ...), which is read as each question is asked.",
                                    link.get().text(),
                                    source.name())
                            : lowering.common(lowering.rule(source.where(), frame));
            readsRowAlone("The condition on rows", where, at, problems);
            used.putAll(lowering.bindings());
        }
        return new RowFormulas(formulas, where, used, problems.all());
    }

    /** The sources whose rows stay in tables of their own, with what is computed of each row. */
    public static List<MappedRows> mapped(Catalog catalog) {
        var facts =
                catalog.all(Source.class).stream()
                        .filter(source -> source.mapping() != null)
                        .map(source ->
                                mapped(
                                        source,
                                        catalog.entry(source.name()).orElseThrow(),
                                        catalog::source));
        var accounts = catalog.entity(EntityRef.ACCOUNT);
        return Stream.concat(
                        accounts.mapping() == null ? Stream.of() : Stream.of(mapped(accounts)),
                        facts)
                .toList();
    }

    /** Members that are rows of a table. */
    public static MappedRows mapped(Entity members) {
        var rows = members.asTable();
        var formulas = of(rows, Map.of(), Place.of(rows.name()));
        return new MappedRows(rows, formulas.formulas(), null, null, members);
    }

    /**
     * @param entry of the source
     * @param sources by their names
     */
    public static MappedRows mapped(
            Source source, Entry entry, Function<String, Optional<Source>> sources) {
        var formulas = of(source, entry.bindings(), Place.of(source.name()));
        var via = source.accountLink().flatMap(link -> sources.apply(link.to()));
        return new MappedRows(
                source, formulas.formulas(), formulas.where(), via.orElse(null), null);
    }

    static Level row(Source source, Set<String> visible) {
        return new Level.Row(
                source, Set.of(source.name()), Set.copyOf(visible), true, null, null, null);
    }

    /** Fields that say whether a row is taken in: those that the condition reads, and those that these are computed from. */
    public Set<String> fieldsOfWhere() {
        var fields = new HashSet<String>();
        var open = new ArrayDeque<String>();
        if (where != null) {
            open.addAll(Exprs.fieldsIn(where));
        }
        for (var name = open.poll(); name != null; name = open.poll()) {
            var formula = fields.add(name) ? formulas.get(name) : null;
            if (formula != null) {
                open.addAll(Exprs.fieldsIn(formula));
            }
        }
        return fields;
    }

    /** A computed field is of its declared type, and read of its row. */
    static void check(Field field, Type declared, Expr expr, Place place, Problems problems) {
        checkType("Field", field, declared, expr, place, problems);
        readsRowAlone("A computed field", expr, place, problems);
    }

    /** @param what the word for it: field or attribute */
    static void checkType(
            String what, Field field, Type declared, Expr expr, Place place, Problems problems) {
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
                            "%s '%s' is declared as %s, its formula gives %s.",
                            what,
                            field.name(),
                            field.type().name().toLowerCase(java.util.Locale.ROOT),
                            found.word()));
        }
        boolean otherMoney =
                declared.unit().isMoney()
                        && found.unit().isMoney()
                        && !declared.unit().equals(found.unit());
        if (otherMoney) {
            problems.add(
                    Problem.of(
                            ProblemCode.UNIT_MISMATCH,
                            place,
                            "%s '%s' is declared as %s, its formula gives %s.",
                            what,
                            field.name(),
                            declared.unit().word(),
                            found.unit().word()));
        }
    }

    private static void readsRowAlone(String what, Expr expr, Place place, Problems problems) {
        if (Exprs.any(expr, RowFormulas::isNotOfRow)) {
            problems.add(
                    Problem.of(
                            ProblemCode.LEVEL_MISMATCH,
                            place,
                            "%s reads the row alone: no account, user, attribute, bucket or as-of.",
                            what));
        }
    }

    private static boolean isNotOfRow(Expr expr) {
        return expr instanceof Expr.Key
                || expr instanceof Expr.Attribute
                || (expr instanceof Expr.Linked(_, var end) && !(end instanceof Expr.Field))
                || expr instanceof Expr.TimeEdge;
    }
}
