package dev.cairn.domain.separation;

import dev.cairn.domain.catalog.Catalog;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPieces;
import dev.cairn.domain.formula.RelationClause;
import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.problem.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a formula reads that a time before the outcome does not bound: attributes of the account, lists of accounts, and windows of its own. Metrics and cohorts that it names are looked into. */
final class ReadsOfNow {
    private final Catalog catalog;
    private final Set<String> attributes;
    private final Set<String> read = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();
    private boolean hasWindow;
    private int cohorts;

    private ReadsOfNow(Catalog catalog) {
        this.catalog = catalog;
        this.attributes = new HashSet<>();
        catalog.entity(EntityRef.ACCOUNT)
                .attributes()
                .forEach(attribute -> attributes.add(attribute.field().name()));
    }

    /**
     * @param attributes and names of cohorts that are lists
     * @param hasWindow whether it has a window of its own, a shift, or an edge of the bucket, or asks for a cohort over facts, which is that of the end of the bucket
     */
    record Found(List<String> attributes, boolean hasWindow) {
        Found {
            attributes = List.copyOf(attributes);
        }
    }

    /** Of what cannot be read nothing is found: it is refused elsewhere. */
    static Found of(String formula, Catalog catalog) {
        var reads = new ReadsOfNow(catalog);
        reads.text(formula);
        return new Found(new ArrayList<>(reads.read), reads.hasWindow);
    }

    private void text(String formula) {
        if (FormulaParser.parse(formula, Place.NOWHERE) instanceof Parsed.Ok(var tree)) {
            visit(tree, true);
        }
    }

    /** @param ofAccount whether a bare name may be one of the account: within rows of a source it is theirs */
    private void visit(Formula formula, boolean ofAccount) {
        if (formula instanceof Formula.Path path) {
            path(path, ofAccount);
        } else if (formula instanceof Formula.InCohort in) {
            cohort(in.cohort());
            inner(formula, ofAccount);
        } else if (formula instanceof Formula.Over(var operand, _, _)) {
            hasWindow = true;
            visit(operand, ofAccount);
        } else {
            hasWindow |=
                    formula instanceof Formula.Shift
                            || formula instanceof Formula.BucketEdge
                            || (cohorts > 0 && readsRows(formula));
            inner(
                    formula,
                    ofAccount
                            && !(formula instanceof Formula.Aggregate(_, var relation, _, _)
                                    && !isOfAccount(relation)));
        }
    }

    private void inner(Formula formula, boolean ofAccount) {
        FormulaPieces.of(formula).forEach(piece -> visit(piece, ofAccount));
    }

    private static boolean readsRows(Formula formula) {
        return formula instanceof Formula.Aggregate
                || formula instanceof Formula.Survival
                || formula instanceof Formula.Conversion;
    }

    private void cohort(String name) {
        var cohort = catalog.find(name, Cohort.class);
        if (cohort.isEmpty() || !seen.add("cohort " + name)) {
            return;
        }
        switch (cohort.get().members()) {
            case Cohort.Members.Accounts _ -> read.add(name);
            case Cohort.Members.Rule(var rule) -> {
                cohorts++;
                text(rule);
                cohorts--;
            }
        }
    }

    private static boolean isOfAccount(RelationClause relation) {
        return !(relation.head() instanceof Head.Named named)
                || named.path().names().equals(List.of(EntityRef.ACCOUNT.name()));
    }

    private void path(Formula.Path path, boolean ofAccount) {
        var names = path.names();
        if (names.size() > 1 && names.getFirst().equals(EntityRef.ACCOUNT.name())) {
            read.add(names.get(1));
            return;
        }
        if (names.size() != 1) {
            return;
        }
        var name = names.getFirst();
        var metric = catalog.find(name, Metric.class);
        if (metric.isPresent()) {
            if (seen.add(name)) {
                text(metric.get().formula());
            }
        } else if (ofAccount && attributes.contains(name)) {
            read.add(name);
        }
    }
}
