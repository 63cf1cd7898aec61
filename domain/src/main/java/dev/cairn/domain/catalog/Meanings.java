package dev.cairn.domain.catalog;

import dev.cairn.domain.formula.FormulaParser;
import dev.cairn.domain.formula.FormulaParser.Parsed;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.model.Alert;
import dev.cairn.domain.model.Baseline;
import dev.cairn.domain.model.Calendar;
import dev.cairn.domain.model.Cohort;
import dev.cairn.domain.model.ConformedDimension;
import dev.cairn.domain.model.Definition;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.Metric;
import dev.cairn.domain.model.Question;
import dev.cairn.domain.model.Scope;
import dev.cairn.domain.model.Slice;
import dev.cairn.domain.model.Source;
import dev.cairn.domain.model.Success;
import dev.cairn.domain.model.Target;
import dev.cairn.domain.problem.Place;

/** Compares what definitions mean: a blank or a comment in a formula of a slice, metric, cohort or scope is no other meaning. */
public final class Meanings {
    private Meanings() {}

    public static boolean areSame(Definition one, Definition other) {
        return one.kind().equals(other.kind())
                && canonical(one).meaning().equals(canonical(other).meaning());
    }

    private static Definition canonical(Definition definition) {
        return switch (definition) {
            case Source source -> source;
            case Entity entity -> entity;
            case Calendar calendar -> calendar;
            case ConformedDimension dimension -> dimension;
            case Target target -> target;
            case Baseline baseline -> baseline;
            case Question question -> question;
            case Alert alert -> alert;
            case Slice slice ->
                    new Slice(
                            slice.name(),
                            slice.label(),
                            slice.description(),
                            slice.of(),
                            canonical(slice.where()));
            case Metric metric -> metric.withFormula(canonical(metric.formula()));
            case Cohort cohort ->
                    cohort.members() instanceof Cohort.Members.Rule(var rule)
                            ? new Cohort(
                                    cohort.name(),
                                    cohort.label(),
                                    cohort.description(),
                                    new Cohort.Members.Rule(canonical(rule)))
                            : cohort;
            case Success success ->
                    new Success(
                            success.name(),
                            success.label(),
                            success.description(),
                            success.owner(),
                            canonical(success.rule()),
                            success.window(),
                            success.size() == null ? null : canonical(success.size()));
            case Scope scope ->
                    new Scope(
                            scope.name(),
                            scope.label(),
                            scope.description(),
                            scope.owner(),
                            canonical(scope.where()));
        };
    }

    /** A formula that cannot be read stays as it is. */
    private static String canonical(String formula) {
        return switch (FormulaParser.parse(formula, Place.NOWHERE)) {
            case Parsed.Ok(var tree) -> FormulaPrinter.print(tree);
            case Parsed.Failed _ -> formula;
        };
    }
}
