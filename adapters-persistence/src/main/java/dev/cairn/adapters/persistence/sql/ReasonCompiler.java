package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.cairn.domain.analysis.Absence;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Why an expression of a cell has no value: the reason of its first operand that has none; over a base of zero, ZERO_BASE; else NO_DATA. Of a
 * {@code case} the arm that was taken says why, of a {@code coalesce} its first argument. Null exactly where there is a value.
 */
final class ReasonCompiler {
    private static final Field<String> NONE = castNull(SQLDataType.CLOB);

    private final ExprCompiler exprs;
    private final IntFunction<Field<String>> ofLeaf;
    private final CommonValues common;

    /** @param ofLeaf why a leaf has no value, null where it has one */
    ReasonCompiler(ExprCompiler exprs, CommonValues common, IntFunction<Field<String>> ofLeaf) {
        this.common = common;
        this.exprs = exprs;
        this.ofLeaf = ofLeaf;
    }

    Field<String> reason(Expr expr) {
        return switch (expr) {
            case Expr.LeafValue(int leaf, var _) -> ofLeaf.apply(leaf);
            case Expr.Literal(var value, var _) ->
                    value == null ? CoverageTables.text(Absence.NO_DATA) : NONE;
            case Expr.TimeEdge _, Expr.Is _ -> NONE;
            case Expr.Field _, Expr.Linked _, Expr.Attribute _, Expr.Key _, Expr.Start _ ->
                    whereEmpty(expr, CoverageTables.text(Absence.NO_DATA));
            case Expr.Arithmetic(var operator, var left, var right, var _) ->
                    operator == Operator.DIVIDE
                            ? quotient(left, right)
                            : first(List.of(left, right));
            // What matches reads all that the rows read.
            case Expr.Share(var matching, var rows) ->
                    first(List.of(matching, rows), whenZero(rows, Absence.NO_DATA));
            case Expr.Rank(var value) ->
                    first(List.of(value), whereEmpty(expr, CoverageTables.text(Absence.NO_DATA)));
            case Expr.Convert(var amount, _, _, _, _) -> first(List.of(amount));
            case Expr.Negate _, Expr.Not _, Expr.In _, Expr.Compare _ ->
                    first(Exprs.operands(expr));
            case Expr.InPeriods(var date, _, _) ->
                    first(List.of(date), whereEmpty(expr, CoverageTables.text(Absence.NO_DATA)));
            case Expr.And _, Expr.Or _ -> whereEmpty(expr, first(Exprs.operands(expr)));
            case Expr.Case choice -> ofArmTaken(choice);
            case Expr.Call call -> ofCall(call);
            case Expr.Common value -> common.reason(value).orElseGet(() -> reason(value.value()));
        };
    }

    private Field<String> ofCall(Expr.Call call) {
        if (call.function() == Function.COALESCE) {
            return whereEmpty(call, reason(call.arguments().getFirst()));
        }
        var own =
                call.function() == Function.IF_ENOUGH
                        ? Absence.INSUFFICIENT_SAMPLE
                        : Absence.NO_DATA;
        return call.function().mayFail()
                ? first(call.arguments(), whereEmpty(call, CoverageTables.text(own)))
                : first(call.arguments());
    }

    private Field<String> quotient(Expr dividend, Expr divisor) {
        return first(List.of(dividend, divisor), whenZero(divisor, Absence.ZERO_BASE));
    }

    private Field<String> whenZero(Expr divisor, Absence absence) {
        if (divisor.type().isWild()) {
            return NONE;
        }
        Field<Object> base = SqlTypes.typed(exprs.field(divisor));
        return when(base.eq(inline((Object) 0)), CoverageTables.text(absence));
    }

    private Field<String> whereEmpty(Expr expr, Field<String> reason) {
        return reason == NONE ? NONE : when(exprs.field(expr).isNull(), reason);
    }

    private Field<String> first(List<Expr> operands) {
        return first(operands, NONE);
    }

    /** @param own comes after those of the operands */
    private Field<String> first(List<Expr> operands, Field<String> own) {
        var reasons =
                Stream.concat(operands.stream().map(this::reason), Stream.of(own))
                        .filter(reason -> reason != NONE)
                        .distinct()
                        .toList();
        return switch (reasons.size()) {
            case 0 -> NONE;
            case 1 -> reasons.getFirst();
            default ->
                    coalesce(
                            reasons.getFirst(),
                            reasons.subList(1, reasons.size()).toArray(Field<?>[]::new));
        };
    }

    private Field<String> ofArmTaken(Expr.Case choice) {
        CaseConditionStep<String> arms = null;
        for (Expr.Arm arm : choice.arms()) {
            Condition condition = exprs.condition(arm.condition());
            arms =
                    arms == null
                            ? when(condition, reason(arm.result()))
                            : arms.when(condition, reason(arm.result()));
        }
        var otherwise = reason(choice.otherwise());
        return arms == null ? otherwise : arms.otherwise(otherwise);
    }
}
