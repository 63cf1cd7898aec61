package dev.cairn.domain.lowering;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Exprs;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.expression.TypeRules;
import dev.cairn.domain.formula.Formula;
import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.FormulaPrinter;
import dev.cairn.domain.formula.Function;
import dev.cairn.domain.formula.Span;
import dev.cairn.domain.formula.TimeSpan;
import dev.cairn.domain.model.EntityRef;
import dev.cairn.domain.problem.Problem;
import dev.cairn.domain.problem.ProblemCode;
import dev.cairn.domain.time.BusinessCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.function.BiFunction;

/** Lowers comparisons: what stands on both sides must go together. */
final class Comparisons {
    private final Lowering lowering;

    Comparisons(Lowering lowering) {
        this.lowering = lowering;
    }

    Expr comparison(Formula.Comparison comparison, Frame frame) {
        var sides = sides(comparison.left(), comparison.right(), frame);
        return typed(
                sides,
                comparison.comparator().symbol(),
                frame,
                comparison.span(),
                (left, right) -> compared(comparison, left, right, frame));
    }

    private Expr compared(Formula.Comparison comparison, Expr left, Expr right, Frame frame) {
        if (isNone(left) || isNone(right)) {
            return lowering.broken(
                    Problem.of(
                                    ProblemCode.TYPE_MISMATCH,
                                    frame.at(comparison.span()),
                                    "A comparison with none is never true; ask with 'is'.")
                            .offering("is none", "is not none"));
        }
        return isOrderOfBooleans(comparison.comparator(), left)
                ? lowering.broken(
                        Problem.of(
                                        ProblemCode.TYPE_MISMATCH,
                                        frame.at(comparison.span()),
                                        "True and false have no order; use '=' or '!='.")
                                .offering(
                                        written(Comparator.EQUAL, comparison),
                                        written(Comparator.NOT_EQUAL, comparison)))
                : new Expr.Compare(comparison.comparator(), left, right);
    }

    private static String written(Comparator comparator, Formula.Comparison comparison) {
        return FormulaPrinter.print(
                new Formula.Comparison(
                        comparator, comparison.left(), comparison.right(), comparison.span()));
    }

    private static boolean isOrderOfBooleans(Comparator comparator, Expr left) {
        return left.type().kind() == Type.Kind.BOOLEAN
                && comparator != Comparator.EQUAL
                && comparator != Comparator.NOT_EQUAL;
    }

    private static boolean isNone(Expr expr) {
        return expr.type().kind() == Type.Kind.NONE;
    }

    Expr is(Formula.Is is, Frame frame) {
        var sides = sides(is.left(), is.right(), frame);
        return negated(typed(sides, "is", frame, is.span(), Expr.Is::new), is.negated());
    }

    private record Sides(Expr left, Expr right) {}

    /** Both sides, each as it stands beside the other. */
    private Sides sides(Formula leftFormula, Formula rightFormula, Frame frame) {
        var left = lowering.lower(leftFormula, frame);
        var right = lowering.lower(rightFormula, frame);
        return new Sides(beside(left, right), beside(right, left));
    }

    /** A date beside an instant is the start of that day, a bucket's edge beside a date is a date. */
    Expr beside(Expr expr, Expr other) {
        if (expr instanceof Expr.Literal(LocalDate date, var _)
                && other.type().kind() == Type.Kind.TIMESTAMP) {
            return isEdge(other)
                    ? expr
                    : new Expr.Literal(
                            new BusinessCalendar(lowering.zone()).startWithinEra(date),
                            Type.TIMESTAMP);
        }
        boolean besideDate = other.type().kind() == Type.Kind.DATE;
        return besideDate && (isEdge(expr) || isStartOfDay(expr)) ? asDate(expr) : expr;
    }

    /** Of a bucket or a window, or as-of; the earlier of such, and of an instant that is said; or one moved by days or more. */
    static boolean isEdge(Expr expr) {
        return switch (expr) {
            case Expr.TimeEdge _ -> true;
            case Expr.Call(var function, var arguments, _) ->
                    switch (function) {
                        case LEAST ->
                                arguments.stream().anyMatch(Comparisons::isEdge)
                                        && arguments.stream()
                                                .allMatch(time -> isEdge(time) || isSaid(time));
                        case MOVED ->
                                isEdge(arguments.getFirst())
                                        && arguments.get(1) instanceof Expr.Literal
                                        && !isTimeOfDay(arguments.get(2));
                        default -> false;
                    };
            default -> false;
        };
    }

    /** An instant, or the first of a day. */
    private static boolean isSaid(Expr expr) {
        return expr instanceof Expr.Literal(Instant _, _) || isStartOfDay(expr);
    }

    /** As an edge of a window is that begins or ends with a date. */
    private static boolean isStartOfDay(Expr expr) {
        return expr instanceof Expr.Call(var function, _, _) && function == Function.DAY_START;
    }

    private static boolean isTimeOfDay(Expr unit) {
        return unit.equals(Expr.text(TimeSpan.Unit.HOUR.name()))
                || unit.equals(Expr.text(TimeSpan.Unit.MINUTE.name()));
    }

    private Expr asDate(Expr edge) {
        return switch (edge) {
            case Expr.TimeEdge(var of, var end, _, int reach) ->
                    new Expr.TimeEdge(of, end, Type.DATE, reach);
            case Expr.Literal(Instant at, _) ->
                    new Expr.Literal(at.atZone(lowering.zone()).toLocalDate(), Type.DATE);
            case Expr.Call(var function, var arguments, _) when function == Function.DAY_START ->
                    arguments.getFirst();
            case Expr.Call(var function, var arguments, _) ->
                    new Expr.Call(
                            function, arguments.stream().map(this::asDate).toList(), Type.DATE);
            default -> edge;
        };
    }

    private Expr typed(
            Sides sides, String symbol, Frame frame, Span span, BiFunction<Expr, Expr, Expr> make) {
        var left = sides.left().type();
        var right = sides.right().type();
        if (left.isBroken() || right.isBroken()) {
            return Expr.BROKEN;
        }
        if (!TypeRules.comparable(left, right)) {
            return lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    span,
                    "'%s' cannot compare %s with %s.",
                    symbol,
                    left.word(),
                    right.word());
        }
        return TypeRules.same(left.unit(), right.unit()).isEmpty()
                ? unlikeUnits(symbol, left, right, frame, span)
                : make.apply(sides.left(), sides.right());
    }

    Expr unlikeUnits(String symbol, Type left, Type right, Frame frame, Span span) {
        return lowering.broken(
                ProblemCode.UNIT_MISMATCH,
                frame,
                span,
                "'%s' does not go between %s and %s.",
                symbol,
                left.unit().word(),
                right.unit().word());
    }

    Expr inList(Formula.InList in, Frame frame) {
        var operand = lowering.lower(in.operand(), frame);
        var values = new ArrayList<Expr.Literal>();
        for (var formula : in.literals()) {
            var literal = beside(constant(lowering.lower(formula, frame)), operand);
            boolean fits =
                    literal instanceof Expr.Literal value
                            && value.value() != null
                            && TypeRules.comparable(operand.type(), literal.type());
            if (fits) {
                values.add((Expr.Literal) literal);
            } else if (!literal.type().isBroken()) {
                lowering.broken(
                        ProblemCode.TYPE_MISMATCH,
                        frame,
                        formula.span(),
                        "A list holds values of the same type as what is looked for: %s, not %s.",
                        operand.type().word(),
                        literal.type().word());
            }
        }
        if (operand.type().isBroken() || values.size() < in.literals().size()) {
            return Expr.BROKEN;
        }
        return negated(new Expr.In(operand, values), in.negated());
    }

    private static Expr constant(Expr expr) {
        return expr instanceof Expr.Negate(Expr.Literal(BigDecimal value, var type))
                ? new Expr.Literal(value.negate(), type)
                : expr;
    }

    Expr inCohort(Formula.InCohort in, Frame frame) {
        var operand = lowering.lower(in.operand(), frame);
        if (operand.type().isBroken()) {
            return operand;
        }
        if (!operand.equals(new Expr.Key(EntityRef.ACCOUNT))) {
            return lowering.broken(
                    ProblemCode.TYPE_MISMATCH,
                    frame,
                    in.span(),
                    "Only 'account' can be in a cohort: account in %s.",
                    in.cohort());
        }
        return negated(lowering.cohort(in.cohort(), in.asOf(), frame, in.span()), in.negated());
    }

    private static Expr negated(Expr expr, boolean negated) {
        return negated ? Exprs.not(expr) : expr;
    }
}
