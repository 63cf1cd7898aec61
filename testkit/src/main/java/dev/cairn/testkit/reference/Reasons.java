package dev.cairn.testkit.reference;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import java.util.List;

/** Why an expression of a cell has no value: the reason of the first operand that has none, else its own. */
final class Reasons {
    private final Evaluation evaluation;

    Reasons(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Of an expression that is empty for the cell. */
    Absence of(Expr expr, Cell cell) {
        return of(expr, cell, Remembering.of(cell));
    }

    private Absence of(Expr expr, Cell cell, Subject of) {
        return switch (expr) {
            case Expr.LeafValue(var leaf, _) -> {
                var absence = cell.leaves().get(leaf).absence();
                yield absence == null ? Absence.NO_DATA : absence;
            }
            case Expr.Arithmetic(var operator, var left, var right, _) ->
                    first(
                            List.of(left, right),
                            operator == Operator.DIVIDE ? Absence.ZERO_BASE : Absence.NO_DATA,
                            cell,
                            of);
            // What matches reads all that the rows read.
            case Expr.Share(var matching, var rows) ->
                    first(List.of(matching, rows), Absence.NO_DATA, cell, of);
            case Expr.Compare(_, var left, var right) ->
                    first(List.of(left, right), Absence.NO_DATA, cell, of);
            case Expr.And(var left, var right) ->
                    first(List.of(left, right), Absence.NO_DATA, cell, of);
            case Expr.Or(var left, var right) ->
                    first(List.of(left, right), Absence.NO_DATA, cell, of);
            case Expr.Common common -> of(common.value(), cell, of);
            case Expr.Rank(var value) -> first(List.of(value), Absence.NO_DATA, cell, of);
            case Expr.InPeriods(var date, _, _) -> first(List.of(date), Absence.NO_DATA, cell, of);
            case Expr.Negate(var operand) -> of(operand, cell, of);
            case Expr.Not(var operand) -> of(operand, cell, of);
            case Expr.In(var operand, _) -> of(operand, cell, of);
            case Expr.Call(var function, var arguments, _) ->
                    first(
                            arguments,
                            function == Function.IF_ENOUGH
                                    ? Absence.INSUFFICIENT_SAMPLE
                                    : Absence.NO_DATA,
                            cell,
                            of);
            case Expr.Case choice -> ofChosen(choice, cell, of);
            case Expr.Convert(var amount, _, _, _, _) -> of(amount, cell, of);
            case Expr.Literal _,
                    Expr.Field _,
                    Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.TimeEdge _,
                    Expr.Is _ ->
                    Absence.NO_DATA;
        };
    }

    private Absence first(List<Expr> operands, Absence own, Cell cell, Subject of) {
        return operands.stream()
                .filter(operand -> evaluation.value(operand, of) == null)
                .map(operand -> of(operand, cell, of))
                .findFirst()
                .orElse(own);
    }

    private Absence ofChosen(Expr.Case choice, Cell cell, Subject of) {
        var chosen =
                choice.arms().stream()
                        .filter(arm -> Boolean.TRUE.equals(evaluation.value(arm.condition(), of)))
                        .map(Expr.Arm::result)
                        .findFirst()
                        .orElse(choice.otherwise());
        return of(chosen, cell, of);
    }
}
