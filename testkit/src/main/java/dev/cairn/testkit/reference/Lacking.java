package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.MissingRate;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Function;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** For want of which rates of exchange an expression has no value; none where it has all that it comes to read. */
final class Lacking {
    private final Evaluation evaluation;

    Lacking(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** What a common value lacks is found once, wherever it is read. */
    private record Found(Subject subject, Map<Expr.Common, Set<MissingRate>> ofCommon) {}

    Set<MissingRate> of(Expr expr, Subject of) {
        return of(expr, new Found(Remembering.of(of), new HashMap<>()));
    }

    private Set<MissingRate> of(Expr expr, Found of) {
        var missing = new TreeSet<MissingRate>();
        collect(expr, of, missing);
        return missing;
    }

    private Set<MissingRate> of(Expr.Common common, Found of) {
        var known = of.ofCommon().get(common);
        if (known == null) {
            known = of(common.value(), of);
            of.ofCommon().put(common, known);
        }
        return known;
    }

    /** Whether a row is kept, or would be if a rate were there. */
    boolean mayKeep(Expr condition, Subject of) {
        return switch (condition) {
            case Expr.And(var left, var right) -> mayKeep(left, of) && mayKeep(right, of);
            default -> evaluation.keeps(condition, of) || !of(condition, of).isEmpty();
        };
    }

    /** A condition on values, which are none where they have no rate, whatever would stand in for them. */
    Expr known(Expr condition, Subject of) {
        return switch (condition) {
            case Expr.And _, Expr.Or _, Expr.Not _ ->
                    Exprs.withOperands(condition, operand -> known(operand, of));
            default ->
                    Exprs.withOperands(
                            condition, value -> of(value, of).isEmpty() ? value : Expr.NONE);
        };
    }

    private void collect(Expr expr, Found of, Set<MissingRate> missing) {
        switch (expr) {
            case Expr.Convert convert -> {
                collect(convert.amount(), of, missing);
                missing.addAll(evaluation.missing(convert, of.subject()));
            }
            case Expr.LeafValue(var leaf, _) -> missing.addAll(of.subject().lacking(leaf));
            case Expr.Share(var matching, var rows) ->
                    collect(List.of(matching, rows), of, missing);
            case Expr.And(var left, var right) -> either(left, right, false, of, missing);
            case Expr.Or(var left, var right) -> either(left, right, true, of, missing);
            case Expr.Case choice -> chosen(choice, of, missing);
            case Expr.Call(var function, var arguments, _) -> {
                for (var argument : arguments) {
                    collect(argument, of, missing);
                    if (function == Function.COALESCE
                            && evaluation.value(argument, of.subject()) != null) {
                        return;
                    }
                }
            }
            case Expr.Common common -> missing.addAll(of(common, of));
            case Expr.Arithmetic(_, var left, var right, _) ->
                    collect(List.of(left, right), of, missing);
            case Expr.Compare(_, var left, var right) -> collect(List.of(left, right), of, missing);
            case Expr.Is(var left, var right) -> collect(List.of(left, right), of, missing);
            case Expr.Rank(var ranked) -> {
                collect(ranked, of, missing);
                var others = new TreeSet<MissingRate>();
                of.subject().groups().forEach(group -> others.addAll(of(ranked, group)));
                missing.addAll(evaluation.rules().lackingOfOthers(others));
            }
            case Expr.Negate(var operand) -> collect(operand, of, missing);
            case Expr.Not(var operand) -> collect(operand, of, missing);
            case Expr.In(var operand, _) -> collect(operand, of, missing);
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.TimeEdge _ -> {}
            case Expr.InPeriods(var date, _, _) -> collect(date, of, missing);
        }
    }

    private void collect(List<? extends Expr> exprs, Found of, Set<MissingRate> missing) {
        exprs.forEach(expr -> collect(expr, of, missing));
    }

    /** A side that decides alone makes the other one idle. */
    private void either(
            Expr left, Expr right, boolean decides, Found of, Set<MissingRate> missing) {
        var ofLeft = of(left, of);
        var ofRight = of(right, of);
        if (ofLeft.isEmpty() && ofRight.isEmpty()) {
            return;
        }
        boolean isDecided =
                (ofLeft.isEmpty() && is(decides, left, of))
                        || (ofRight.isEmpty() && is(decides, right, of));
        if (!isDecided) {
            missing.addAll(ofLeft);
            missing.addAll(ofRight);
        }
    }

    private boolean is(@Nullable Object wanted, Expr expr, Found of) {
        return Objects.equals(wanted, evaluation.value(expr, of.subject()));
    }

    private void chosen(Expr.Case choice, Found of, Set<MissingRate> missing) {
        for (var arm : choice.arms()) {
            collect(arm.condition(), of, missing);
            if (is(true, arm.condition(), of)) {
                collect(arm.result(), of, missing);
                return;
            }
        }
        collect(choice.otherwise(), of, missing);
    }
}
