package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * Whole numbers that a {@code bigint} certainly holds, whatever is added, subtracted or multiplied on the way: they are made of parts of dates and of
 * literals. PostgreSQL reckons with them many times as quickly as with decimals.
 */
final class WholeNumbers {
    /** No date has a part so large, and no two dates are so many days apart. */
    private static final long OF_DATES = 10_000_000_000L;

    private static final long MOST = 1_000_000_000_000_000_000L;

    private WholeNumbers() {}

    static boolean isBounded(Expr expr) {
        return bound(expr).isPresent();
    }

    /** None of its values is farther from zero; empty where that is not known. */
    private static OptionalLong bound(Expr expr) {
        if (expr.type().kind() != Kind.INTEGER) {
            return OptionalLong.empty();
        }
        return switch (expr) {
            case Expr.Literal(BigDecimal number, var _) when ExprCompiler.fits(number) ->
                    bounded(number.abs());
            case Expr.Call call when isOfDates(call) -> OptionalLong.of(OF_DATES);
            case Expr.Arithmetic arithmetic -> bound(arithmetic);
            default -> OptionalLong.empty();
        };
    }

    private static boolean isOfDates(Expr.Call call) {
        return switch (call.function()) {
            case HOUR_OF_DAY,
                    WEEKDAY,
                    DAY_OF_MONTH,
                    DAY_OF_YEAR,
                    MONTH_OF_YEAR,
                    QUARTER_OF_YEAR,
                    CALENDAR_YEAR,
                    DAYS ->
                    true;
            default -> false;
        };
    }

    private static OptionalLong bound(Expr.Arithmetic arithmetic) {
        var left = bound(arithmetic.left());
        var right = bound(arithmetic.right());
        if (left.isEmpty() || right.isEmpty()) {
            return OptionalLong.empty();
        }
        var one = BigDecimal.valueOf(left.getAsLong());
        var other = BigDecimal.valueOf(right.getAsLong());
        return switch (arithmetic.operator()) {
            case ADD, SUBTRACT -> bounded(one.add(other));
            case MULTIPLY -> bounded(one.multiply(other));
            case DIVIDE -> OptionalLong.empty();
        };
    }

    private static OptionalLong bounded(BigDecimal most) {
        return most.compareTo(BigDecimal.valueOf(MOST)) <= 0
                ? OptionalLong.of(most.longValueExact())
                : OptionalLong.empty();
    }
}
