package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.problem.ProblemCode;
import java.util.List;

/** Rows that count for their weight: {@code avg(survey weight seats : score)}. One without a weight above zero is left out. */
final class Weights {
    private final Lowering lowering;

    Weights(Lowering lowering) {
        this.lowering = lowering;
    }

    /** The rows of a relation that have a weight, and that weight. */
    Relations.Read of(Formula formula, Relations.Read read) {
        var given = lowering.lower(formula, read.rows());
        var weight =
                lowering.conversions()
                        .inForce(
                                given,
                                OneCurrency.of(given.type(), read.where(), read.relation()),
                                read.rows(),
                                formula.span());
        if (weight.type().isBroken() || isProblem(weight, formula, read)) {
            return read.unless(true);
        }
        var hasWeight = new Expr.Call(Function.HAS_WEIGHT, List.of(weight), Type.BOOLEAN);
        return read.given(hasWeight).weighted(weight);
    }

    private boolean isProblem(Expr weight, Formula formula, Relations.Read read) {
        if (!weight.type().isNumber() || weight.type().isWild()) {
            lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    read.rows(),
                    formula.span(),
                    "A weight is a number, this is %s.",
                    weight.type().word());
            return true;
        }
        var type = OneCurrency.of(weight.type(), read.where(), read.relation());
        if (type.unit() instanceof Unit.RowMoney) {
            lowering.broken(
                    ProblemCode.UNIT_MISMATCH,
                    read.rows(),
                    formula.span(),
                    "Amounts in several currencies are no weights of each other; convert them, or keep rows of one currency.");
            return true;
        }
        return false;
    }

    /** A value of a row, as often as the row counts. */
    static Expr times(Expr value, Expr weight) {
        var kind = TypeRules.kindOf(Operator.MULTIPLY, value.type(), weight.type());
        return new Expr.Arithmetic(Operator.MULTIPLY, value, weight, value.type().as(kind));
    }

    /** What weights add up to has no unit. */
    static Type typeOfSum(Expr weight) {
        return weight.type().in(Unit.PLAIN);
    }

    /** The sum of values, each as often as its row counts, through the sum of weights of the rows that have a value. */
    static Expr mean(Relations.Read read, Expr value, Type type, Expr weight, Leaves leaves) {
        var weightOfValue =
                read.emptiness().mayBeEmpty(value)
                        ? new Expr.Case(
                                List.of(new Expr.Arm(Exprs.isNotNone(value), weight)),
                                new Expr.Literal(null, weight.type()),
                                weight.type())
                        : weight;
        var product = times(value, weight);
        var sum =
                leaves.add(
                        read.scan(),
                        read.where(),
                        new Aggregation.Sum(product),
                        false,
                        type.as(product.type().kind()));
        var weights =
                leaves.add(
                        read.scan(),
                        read.where(),
                        new Aggregation.Sum(weightOfValue),
                        false,
                        typeOfSum(weight));
        return new Expr.Arithmetic(Operator.DIVIDE, sum, weights, type.as(Type.Kind.DOUBLE));
    }
}
