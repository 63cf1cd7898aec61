package dev.cairn.adapters.persistence.sql;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.plan.Attempts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What each row of a step brings along of itself and of the steps after it: one value, or an array of as many as are read from there on. */
record BroughtAlong(Attempts attempts) {
    /** What is brought along of a row that is a step. */
    enum Lane {
        /** Its time, and the first after it of each row that an attempt must not have from there on. */
        TIMES("next"),
        /** Its number within its unit. */
        NUMBERS("number");

        private final String word;

        Lane(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What an attempt must not have after the step of a number, from 0. */
    List<Integer> withoutAfter(int number) {
        return IntStream.range(0, attempts.without().size())
                .filter(at -> attempts.without().get(at).from() == number + 1)
                .boxed()
                .toList();
    }

    /** How much is read from the step of a number on. */
    int size(Lane lane, int number) {
        return place(lane, number, attempts.steps().size());
    }

    /** Where what is read of a step begins among that which is read from another on. */
    int place(Lane lane, int from, int number) {
        return switch (lane) {
            case TIMES ->
                    IntStream.range(from, number).map(at -> 1 + withoutAfter(at).size()).sum();
            case NUMBERS -> number - from;
        };
    }

    /** What is read of the steps from one on, up to another. */
    List<Field<?>> parts(Lane lane, Table<?> table, String column, int first, int end) {
        return IntStream.range(0, place(lane, first, end))
                .<Field<?>>mapToObj(at -> part(lane, table, column, first, at))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    DataType<?> typeOf(Lane lane) {
        return switch (lane) {
            case TIMES -> SqlTypes.of(attempts.typeOfTimes().kind());
            case NUMBERS -> SQLDataType.BIGINT;
        };
    }

    /** Without the binding of their type, which has none for arrays. */
    static Field<Object[]> together(List<Field<?>> values) {
        return DSL.array(values.stream().map(value -> value.coerce(SQLDataType.OTHER)).toList());
    }

    /** One of what a column has, which is read from the step of a number on. */
    <V> Field<V> part(Lane lane, Table<?> table, String column, int number, int at) {
        var name = table.getUnqualifiedName().append(column);
        return size(lane, number) == 1
                ? SqlTypes.typed(field(name, typeOf(lane)))
                : SqlTypes.typed(
                        DSL.arrayGet(
                                        field(name, SQLDataType.OTHER.getArrayDataType()),
                                        inline(at + 1))
                                .coerce(typeOf(lane)));
    }
}
