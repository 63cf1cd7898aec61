package dev.cairn.adapters.persistence.sql;

import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Where a column stands in the lines of one statement. It is looked up once: a line that is asked for a field compares its name with those of all columns, for each
 * value.
 */
record Column<T>(Field<T> field, int index) {
    /** @param line any of the statement */
    static <T> Column<T> of(Field<T> field, Record line) {
        int index = line.indexOf(field);
        if (index < 0) {
            throw new IllegalArgumentException("no column " + field + " in " + line.fieldsRow());
        }
        return new Column<>(field, index);
    }

    @Nullable T in(Record line) {
        return field.getType().cast(line.get(index));
    }
}
