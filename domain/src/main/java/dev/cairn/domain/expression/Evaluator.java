package dev.cairn.domain.expression;

import dev.cairn.domain.formula.Formula.Comparator;
import dev.cairn.domain.formula.Formula.Operator;
import dev.cairn.domain.formula.Function;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates row formulas where no engine does: computed fields while facts are read. Values are String, BigDecimal, Double, Boolean, LocalDate and
 * Instant; null is empty.
 */
public final class Evaluator {
    /** Of some 130,000 digits; products of products would grow for ever. */
    private static final int MOST_BITS = 435_000;

    /** Values of the row's fields. */
    public interface Row {
        @Nullable Object field(String name);
    }

    private Evaluator() {}

    /** @throws ArithmeticException where a number is beyond a double, too large or too close to 0 */
    public static @Nullable Object evaluate(Expr expr, Row row) {
        return switch (expr) {
            case Expr.Literal(var value, _) -> value;
            case Expr.Field(_, var name, _) -> exact(row.field(name));
            case Expr.And(var left, var right) -> and(truth(left, row), truth(right, row));
            case Expr.Or(var left, var right) -> {
                var neither = and(not(truth(left, row)), not(truth(right, row)));
                yield not(neither);
            }
            case Expr.Not(var operand) -> not(truth(operand, row));
            case Expr.Is(var left, var right) -> same(evaluate(left, row), evaluate(right, row));
            case Expr.Compare(var comparator, var left, var right) ->
                    compare(comparator, evaluate(left, row), evaluate(right, row));
            case Expr.In(var operand, var values) -> {
                var value = evaluate(operand, row);
                yield value == null
                        ? null
                        : values.stream().anyMatch(one -> same(value, one.value()));
            }
            case Expr.Arithmetic(var operator, var left, var right, var type) ->
                    arithmetic(operator, evaluate(left, row), evaluate(right, row), type);
            case Expr.Negate(var operand) ->
                    switch (evaluate(operand, row)) {
                        case null -> null;
                        case Double number -> -number;
                        case Object number -> ((BigDecimal) number).negate();
                    };
            case Expr.Case(var arms, var otherwise, var type) -> {
                for (var arm : arms) {
                    if (Boolean.TRUE.equals(truth(arm.condition(), row))) {
                        yield as(type, evaluate(arm.result(), row));
                    }
                }
                yield as(type, evaluate(otherwise, row));
            }
            case Expr.Call(var function, var arguments, var type) ->
                    as(type, call(function, arguments, row));
            case Expr.Common common -> Remembering.of(row).value(common);
            case Expr.InPeriods(var date, var periods, var part) ->
                    InPeriod.of(evaluate(date, row), periods, part);
            case Expr.Linked _,
                    Expr.Attribute _,
                    Expr.Key _,
                    Expr.Start _,
                    Expr.LeafValue _,
                    Expr.TimeEdge _,
                    Expr.Convert _,
                    Expr.Share _,
                    Expr.Rank _ ->
                    throw new IllegalArgumentException("not of a row alone: " + expr);
        };
    }

    /** A row with the common values that were evaluated for it. */
    private record Remembering(Row row, Map<Expr.Common, Optional<Object>> values) implements Row {
        static Remembering of(Row row) {
            return row instanceof Remembering already
                    ? already
                    : new Remembering(row, new HashMap<>());
        }

        @Override
        public @Nullable Object field(String name) {
            return row.field(name);
        }

        @Nullable Object value(Expr.Common common) {
            var before = values.get(common);
            if (before != null) {
                return before.orElse(null);
            }
            var value = evaluate(common.value(), this);
            values.put(common, Optional.ofNullable(value));
            return value;
        }
    }

    private static @Nullable Object exact(@Nullable Object value) {
        return value instanceof Long whole ? BigDecimal.valueOf(whole) : value;
    }

    /** What meets doubles is one. */
    private static @Nullable Object as(Type type, @Nullable Object value) {
        return type.kind() == Type.Kind.DOUBLE && value instanceof BigDecimal number
                ? (Object) real(number)
                : value;
    }

    private static @Nullable Boolean truth(Expr expr, Row row) {
        return (Boolean) evaluate(expr, row);
    }

    private static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return (left == null || right == null) ? null : Boolean.TRUE;
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return (left == null || right == null) ? left == right : order(left, right) == 0;
    }

    private static @Nullable Boolean compare(
            Comparator comparator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        int order = order(left, right);
        return switch (comparator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** Numbers by value, texts by code point, the rest in time; false before true. */
    static int order(Object left, Object right) {
        return switch (left) {
            case BigDecimal number when right instanceof BigDecimal other ->
                    number.compareTo(other);
            case Number number -> Double.compare(signless(number), signless((Number) right));
            case String text ->
                    Arrays.compare(
                            text.codePoints().toArray(), ((String) right).codePoints().toArray());
            case Boolean bool -> bool.compareTo((Boolean) right);
            case LocalDate date -> date.compareTo((LocalDate) right);
            case Instant instant -> instant.compareTo((Instant) right);
            default -> throw new IllegalArgumentException("no order of " + left.getClass());
        };
    }

    /** There is one zero. */
    private static double signless(Number number) {
        return real(number) + 0.0;
    }

    /** As a double, which an exact number may be beyond. */
    static double real(Number number) {
        double real = number.doubleValue();
        boolean vanished = real == 0 && number instanceof BigDecimal exact && exact.signum() != 0;
        return finite(real, vanished);
    }

    private static @Nullable Object arithmetic(
            Operator operator, @Nullable Object left, @Nullable Object right, Type type) {
        if (left == null || right == null) {
            return null;
        }
        if (type.kind() == Type.Kind.DOUBLE) {
            return ofDoubles(operator, real((Number) left), real((Number) right));
        }
        var a = (BigDecimal) left;
        var b = (BigDecimal) right;
        return switch (operator) {
            case ADD -> a.add(b);
            case SUBTRACT -> a.subtract(b);
            case MULTIPLY -> notTooLong(a.multiply(b));
            case DIVIDE -> throw new IllegalStateException("division is double");
        };
    }

    private static BigDecimal notTooLong(BigDecimal number) {
        if (number.unscaledValue().bitLength() > MOST_BITS) {
            throw new ArithmeticException("a number has more digits than its type holds");
        }
        return number;
    }

    private static @Nullable Double ofDoubles(Operator operator, double a, double b) {
        if (operator == Operator.DIVIDE && b == 0) {
            return null;
        }
        return switch (operator) {
            case ADD -> finite(a + b, false);
            case SUBTRACT -> finite(a - b, false);
            case MULTIPLY -> finite(a * b, a * b == 0 && a != 0 && b != 0);
            case DIVIDE -> finite(a / b, a / b == 0 && a != 0);
        };
    }

    /** @param vanished 0 stands for what is too close to 0 */
    private static double finite(double value, boolean vanished) {
        if (vanished || !Double.isFinite(value)) {
            throw new ArithmeticException("a number is beyond what its type holds");
        }
        return value;
    }

    private static @Nullable Object call(Function function, List<Expr> operands, Row row) {
        var values = new ArrayList<@Nullable Object>();
        for (var operand : operands) {
            var value = evaluate(operand, row);
            if (function == Function.COALESCE && value != null) {
                return value;
            }
            if (function != Function.COALESCE && value == null) {
                return null;
            }
            values.add(value);
        }
        return function == Function.COALESCE ? null : Functions.apply(function, values.toArray());
    }
}
