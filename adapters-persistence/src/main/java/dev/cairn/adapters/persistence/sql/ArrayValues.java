package dev.cairn.adapters.persistence.sql;

import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Many values as one bound array. */
final class ArrayValues {
    private ArrayValues() {}

    /**
     * @param kind of the values
     * @param field that they are compared with; a column of whole numbers is compared with whole numbers, so that an index serves
     */
    static Field<?> of(List<Expr.Literal> literals, Kind kind, Field<?> field) {
        return switch (kind) {
            case BOOLEAN ->
                    array(literals, Boolean.class::cast, Boolean[]::new, SQLDataType.BOOLEAN);
            case TEXT -> array(literals, String.class::cast, String[]::new, SQLDataType.CLOB);
            case DATE ->
                    array(literals, LocalDate.class::cast, LocalDate[]::new, SQLDataType.LOCALDATE);
            case TIMESTAMP ->
                    array(literals, Instant.class::cast, Instant[]::new, SQLDataType.INSTANT);
            case DOUBLE ->
                    array(
                            literals,
                            value -> ((Number) value).doubleValue(),
                            Double[]::new,
                            SQLDataType.DOUBLE);
            case INTEGER, DECIMAL ->
                    isOfWholeNumbers(literals, field)
                            ? array(
                                    literals,
                                    value -> ((BigDecimal) value).longValueExact(),
                                    Long[]::new,
                                    SQLDataType.BIGINT)
                            : array(
                                    literals,
                                    BigDecimal.class::cast,
                                    BigDecimal[]::new,
                                    SQLDataType.NUMERIC);
            case NONE, BROKEN -> throw SqlTypes.broken();
        };
    }

    /** The field as jOOQ compares it with an array: of dates and instants, its own types have arrays and ours have not. */
    static Field<?> beside(Field<?> field, Kind kind) {
        return switch (kind) {
            case DATE -> field.coerce(SQLDataType.LOCALDATE);
            case TIMESTAMP -> field.coerce(SQLDataType.INSTANT);
            case BOOLEAN, TEXT, INTEGER, DECIMAL, DOUBLE, NONE, BROKEN -> field;
        };
    }

    private static boolean isOfWholeNumbers(List<Expr.Literal> literals, Field<?> field) {
        return field.getType() == Long.class
                && literals.stream()
                        .allMatch(literal ->
                                literal.value() instanceof BigDecimal number
                                        && ExprCompiler.fits(number));
    }

    private static <T> Field<T[]> array(
            List<Expr.Literal> literals,
            Function<Object, T> read,
            IntFunction<T[]> maker,
            DataType<T> type) {
        return DSL.val(
                literals.stream()
                        .map(literal -> read.apply(Objects.requireNonNull(literal.value())))
                        .toArray(maker),
                type.array());
    }
}
