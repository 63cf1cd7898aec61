package dev.cairn.adapters.persistence.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it is sent: to make its text again takes longer than most answers.
 *
 * @param sql with a question mark for each value
 * @param values in the order of their question marks
 * @param columns of the answer
 */
record SentStatement(String sql, List<Param<?>> values, List<Field<?>> columns) {
    SentStatement {
        values = List.copyOf(values);
        columns = List.copyOf(columns);
    }

    static SentStatement of(DSLContext dsl, Select<Record> statement) {
        var sql = dsl.render(statement);
        var values =
                dsl.extractParams(statement).values().stream()
                        .filter(value -> value.getParamType() == ParamType.INDEXED)
                        .toList();
        return new SentStatement(sql, values, List.of(statement.fields()));
    }

    /** For one execution. */
    @SuppressWarnings("unchecked")
    ResultQuery<Record> query() {
        return (ResultQuery<Record>)
                (ResultQuery<?>) DSL.resultQuery(sql, values.toArray()).coerce(columns);
    }

    /** What is bound, such that equal lists are equal values. */
    List<Optional<Object>> bound() {
        return values.stream().map(value -> comparable(value.getValue())).toList();
    }

    private static Optional<Object> comparable(@Nullable Object value) {
        return Optional.ofNullable(value instanceof Object[] array ? Arrays.asList(array) : value);
    }
}
