package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.type.Instants;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.expression.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How the plan's types stand in SQL. A whole number is a {@code bigint} where it is a column or a count, and {@code numeric} as soon as it is
 * calculated with, so that nothing overflows.
 */
final class SqlTypes {
    private SqlTypes() {}

    /** The type that holds every value of a kind. */
    static DataType<?> of(Type.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> SQLDataType.BOOLEAN;
            case TEXT -> SQLDataType.CLOB;
            case INTEGER, DECIMAL -> SQLDataType.NUMERIC;
            case DOUBLE -> SQLDataType.DOUBLE;
            case DATE -> LocalDates.TYPE;
            case TIMESTAMP -> SQLDataType.INSTANT;
            case NONE -> SQLDataType.CLOB;
            case BROKEN -> throw broken();
        };
    }

    /** The type of a stored column. */
    static DataType<?> ofColumn(Type.Kind kind) {
        return kind == Type.Kind.INTEGER ? SQLDataType.BIGINT : of(kind);
    }

    /** A field as what it is known to be. */
    @SuppressWarnings("unchecked")
    static <T> Field<T> typed(Field<?> field) {
        return (Field<T>) field;
    }

    /** A column of a table. */
    static Field<Object> of(Table<?> table, Field<?> column) {
        return typed(
                DSL.field(
                        table.getUnqualifiedName().append(column.getUnqualifiedName()),
                        column.getDataType()));
    }

    static Field<BigDecimal> exact(Field<?> field) {
        return field.getType() == BigDecimal.class ? typed(field) : field.cast(SQLDataType.NUMERIC);
    }

    static Field<Double> approximate(Field<?> field) {
        return field.getType() == Double.class ? typed(field) : field.cast(SQLDataType.DOUBLE);
    }

    /** A field in the representation of a kind. */
    static Field<?> as(Type.Kind kind, Field<?> field) {
        return switch (kind) {
            case INTEGER, DECIMAL -> exact(field);
            case DOUBLE -> approximate(field);
            case BOOLEAN, TEXT, DATE, TIMESTAMP, NONE -> field;
            case BROKEN -> throw broken();
        };
    }

    static Field<Instant[]> instants(List<Instant> values) {
        return DSL.val(
                values.stream().map(SqlTypes::stored).toArray(Instant[]::new),
                SQLDataType.INSTANT.array());
    }

    static Field<LocalDate[]> dates(List<LocalDate> values) {
        return DSL.val(values.toArray(LocalDate[]::new), SQLDataType.LOCALDATE.array());
    }

    static Field<LocalDate> date(LocalDate value) {
        return DSL.val(value, LocalDates.TYPE);
    }

    static Field<Instant> instant(Instant value) {
        return DSL.val(stored(value), Instants.TYPE);
    }

    /**
     * The first instant the database can hold that is not before this one: stored instants have microseconds, and one of them is before the
     * result exactly if it is before the value.
     */
    static Instant stored(Instant value) {
        var microsecond = value.truncatedTo(ChronoUnit.MICROS);
        return microsecond.equals(value) ? value : microsecond.plus(1, ChronoUnit.MICROS);
    }

    static IllegalArgumentException broken() {
        return new IllegalArgumentException("a plan with a problem cannot be executed");
    }
}
