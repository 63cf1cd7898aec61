package dev.cairn.domain.formula;

import dev.cairn.domain.formula.RelationClause.Head;
import dev.cairn.domain.formula.RelationClause.Steps;
import dev.cairn.domain.formula.RelationClause.Timing;
import java.util.stream.Collectors;

/** Writes relations in their canonical form. */
final class RelationPrinter {
    private RelationPrinter() {}

    static String print(RelationClause relation) {
        return head(relation.head()) + clauses(relation);
    }

    /** {@code invoice.amount where paid}: a value that begins with the name of its relation. */
    static String print(Formula.Path value, RelationClause relation) {
        return FormulaPrinter.path(value) + clauses(relation);
    }

    private static String clauses(RelationClause relation) {
        var timing = relation.timing();
        var where = relation.where();
        var weight = relation.weight();
        return (timing == null ? "" : " " + timing(timing))
                + (where == null ? "" : " where " + FormulaPrinter.expression(where))
                + (weight == null ? "" : " weight " + FormulaPrinter.sum(weight));
    }

    private static String head(Head head) {
        return switch (head) {
            case Head.Named(var path, var via, var by, _) ->
                    FormulaPrinter.path(path)
                            + (via == null ? "" : " via " + FormulaPrinter.path(via))
                            + FormulaPrinter.paths("by", by);
            case Head.EachGrain(var grain, _) -> FormulaPrinter.word(grain);
            case Head.Every(var length, _) -> "every " + FormulaPrinter.span(length);
            case Head.StepsHead(var steps, _) -> "steps(" + print(steps) + ")";
            case Head.Touch(var later, var earlier, var within, var per, var same, _) ->
                    "touch("
                            + print(later)
                            + " after "
                            + print(earlier)
                            + (within == null ? "" : within(within))
                            + per(per)
                            + FormulaPrinter.paths("same", same)
                            + ")";
            case Head.Changes(var value, var gap, var per, _) ->
                    "changes("
                            + FormulaPrinter.path(value)
                            + (gap == null ? "" : " gap " + FormulaPrinter.span(gap))
                            + per(per)
                            + ")";
        };
    }

    private static String timing(Timing timing) {
        return switch (timing) {
            case Timing.On(var field, _) -> "on " + FormulaPrinter.name(field);
            case Timing.At(var moment, _) -> "at " + FormulaPrinter.moment(moment);
            case Timing.During _ -> "during";
        };
    }

    static String print(Steps steps) {
        return steps.steps().stream()
                        .map(RelationPrinter::print)
                        .collect(Collectors.joining(" -> "))
                + within(steps.within())
                + (steps.inclusive() ? " inclusive" : "")
                + per(steps.per())
                + attempt(steps.attempt())
                + order(steps.order())
                + FormulaPrinter.paths("same", steps.same())
                + steps.without().stream()
                        .map(RelationPrinter::without)
                        .collect(Collectors.joining())
                + (steps.withPending() ? " with pending" : "");
    }

    private static String without(Steps.Without without) {
        var between = without.between();
        return " without "
                + print(without.relation())
                + (between == null
                        ? ""
                        : " between %d and %d".formatted(between.from(), between.to()));
    }

    private static String attempt(Steps.Attempt attempt) {
        return switch (attempt) {
            case FIRST -> "";
            case ANY -> " any";
        };
    }

    private static String order(Steps.Order order) {
        return switch (order) {
            case LOOSE -> "";
            case STRICT -> " strict";
            case UNORDERED -> " unordered";
        };
    }

    private static String within(TimeSpan span) {
        return " within " + FormulaPrinter.span(span);
    }

    private static String per(String name) {
        return " per " + FormulaPrinter.name(name);
    }
}
