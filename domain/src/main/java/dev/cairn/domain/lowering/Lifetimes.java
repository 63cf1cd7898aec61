package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.Unit;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.plan.Aggregation;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Lowers what {@code survival(...)} reads of each row: how long it lasted until its end, or has lasted by as-of. */
final class Lifetimes {
    /** Days, with their part that is over. */
    static final Type TYPE = Type.DOUBLE.in(new Unit.Elapsed(Function.DAYS.word()));

    private final Lowering lowering;

    Lifetimes(Lowering lowering) {
        this.lowering = lowering;
    }

    /** Empty where there is a problem, which is told. */
    Optional<Aggregation> of(Formula.Survival survival, Relations.Read read, Frame frame) {
        var start = lowering.lower(survival.start(), read.rows());
        var end = lowering.lower(survival.end(), read.rows());
        boolean isPart = isPart(survival, frame);
        if (start.type().isBroken() || end.type().isBroken() || !isPart) {
            return Optional.empty();
        }
        if (!areTimes(start.type(), end.type())) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    frame.at(survival.start().span()),
                                    "'survival' takes two dates or two instants; here are %s and %s.",
                                    start.type().word(),
                                    end.type().word())
                            .offering("survival(account : signed_on -> left_on, 0.5)"));
            return Optional.empty();
        }
        var weight = read.weight();
        return lasting(start, end, survival, read.rows())
                .map(lasting ->
                        weight == null ? lasting : new Aggregation.Weighted(lasting, weight));
    }

    private static boolean areTimes(Type start, Type end) {
        return start.kind() == end.kind()
                && (start.kind() == Type.Kind.DATE || start.kind() == Type.Kind.TIMESTAMP);
    }

    private boolean isPart(Formula.Survival survival, Frame frame) {
        boolean isPart = survival.at().signum() > 0 && survival.at().compareTo(BigDecimal.ONE) <= 0;
        if (!isPart) {
            lowering.broken(
                    Problem.of(
                                    ProblemCode.BAD_VALUE,
                                    frame.at(survival.span()),
                                    "The share that has ended is above 0 and at most 1, not %s.",
                                    survival.at().toPlainString())
                            .offering("0.5"));
        }
        return isPart;
    }

    /** A row that begins at as-of or later, or ends before it begins, has no time. */
    private Optional<Aggregation> lasting(
            Expr start, Expr end, Formula.Survival survival, Frame rows) {
        var asOf = lowering.asOf(rows, survival.span(), start.type());
        if (asOf.type().isBroken()) {
            return Optional.empty();
        }
        var ended =
                new Expr.Is(
                        new Expr.Compare(Comparator.LESS, end, asOf),
                        new Expr.Literal(true, Type.BOOLEAN));
        var inOrder = new Expr.Compare(Comparator.LESS_OR_EQUAL, start, end);
        var begun = new Expr.Compare(Comparator.LESS, start, asOf);
        var arms =
                List.of(
                        new Expr.Arm(Expr.and(ended, inOrder), days(start, end)),
                        new Expr.Arm(Expr.and(new Expr.Not(ended), begun), days(start, asOf)));
        var lasted = new Expr.Case(arms, Expr.NONE, days(start, end).type());
        return Optional.of(new Aggregation.Survival(lasted, ended, survival.at()));
    }

    private static Expr.Call days(Expr from, Expr to) {
        var kind = from.type().kind() == Type.Kind.DATE ? Type.INTEGER : Type.DOUBLE;
        return new Expr.Call(Function.DAYS, List.of(from, to), kind.in(TYPE.unit()));
    }
}
