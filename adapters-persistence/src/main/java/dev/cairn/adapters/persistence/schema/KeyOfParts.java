package dev.cairn.adapters.persistence.schema;

import static org.jooq.impl.DSL.inline;

import dev.cairn.domain.model.CompositeKey;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The key of an account that several columns make, as {@link CompositeKey} has it. */
public final class KeyOfParts {
    private KeyOfParts() {}

    /**
     * Null where one of the parts is.
     *
     * @param parts as texts
     */
    public static Field<String> of(List<Field<String>> parts) {
        return parts.stream()
                .map(KeyOfParts::written)
                .reduce((key, part) -> key.concat(inline(CompositeKey.SEPARATOR)).concat(part))
                .orElseThrow();
    }

    /**
     * One of the parts; null where there are fewer.
     *
     * @param number from 1
     */
    public static Field<String> part(Field<String> key, Field<Integer> number) {
        // The empty text has one part, of which PostgreSQL would make none.
        var parts =
                DSL.function(
                        DSL.systemName("string_to_array"),
                        SQLDataType.CLOB.array(),
                        inline(CompositeKey.SEPARATOR).concat(key),
                        inline(CompositeKey.SEPARATOR));
        return DSL.replace(
                DSL.replace(
                        DSL.arrayGet(parts, number.plus(inline(1))),
                        inline(CompositeKey.WRITTEN_SEPARATOR),
                        inline(CompositeKey.SEPARATOR)),
                inline(CompositeKey.WRITTEN_ESCAPE),
                inline(CompositeKey.ESCAPE));
    }

    private static Field<String> written(Field<String> part) {
        return DSL.replace(
                DSL.replace(part, inline(CompositeKey.ESCAPE), inline(CompositeKey.WRITTEN_ESCAPE)),
                inline(CompositeKey.SEPARATOR),
                inline(CompositeKey.WRITTEN_SEPARATOR));
    }
}
