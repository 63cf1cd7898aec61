package dev.cairn.adapters.persistence.sql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Many values as one bound array. */
final class ArrayValues {
    private ArrayValues() {}

    /** @param type of the column they are compared with */
    static Field<?> of(Class<?> type, List<? extends @Nullable Object> values) {
        if (type == Long.class && values.stream().allMatch(value -> ExprCompiler.fits((BigDecimal) Objects.requireNonNull(value)))) {
            return DSL.val(
                    values.stream()
                            .map(value -> ((BigDecimal) Objects.requireNonNull(value)).longValueExact())
                            .toArray(Long[]::new),
                    SQLDataType.BIGINT.array());
        }
        if (type == Long.class || type == BigDecimal.class) {
            return array(values, BigDecimal[]::new, SQLDataType.NUMERIC);
        }
        if (type == Double.class) {
            return DSL.val(
                    values.stream()
                            .map(value -> ((Number) Objects.requireNonNull(value)).doubleValue())
                            .toArray(Double[]::new),
                    SQLDataType.DOUBLE.array());
        }
        if (type == LocalDate.class) {
            return array(values, LocalDate[]::new, SQLDataType.LOCALDATE);
        }
        if (type == Instant.class) {
            return array(values, Instant[]::new, SQLDataType.INSTANT);
        }
        if (type == Boolean.class) {
            return array(values, Boolean[]::new, SQLDataType.BOOLEAN);
        }
        return array(values, String[]::new, SQLDataType.CLOB);
    }

    private static <T> Field<T[]> array(
            List<? extends @Nullable Object> values, java.util.function.IntFunction<T[]> maker, DataType<T> type) {
        return DSL.val(values.stream().toArray(maker), type.array());
    }
}
