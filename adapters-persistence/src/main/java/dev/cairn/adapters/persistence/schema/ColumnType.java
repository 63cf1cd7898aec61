package dev.cairn.adapters.persistence.schema;

import dev.cairn.adapters.persistence.type.LocalDates;
import org.jooq.DataType;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Column types of PostgreSQL for the types of the model. */
public final class ColumnType {
    private ColumnType() {}

    /** As a column is declared: text is compared by code point. */
    public static DataType<?> declared(dev.cairn.domain.model.DataType type) {
        DataType<?> plain = of(type);
        return type == dev.cairn.domain.model.DataType.TEXT
                ? plain.collation(DSL.collation("C"))
                : plain;
    }

    /** As a value of the column is handled. */
    public static DataType<?> of(dev.cairn.domain.model.DataType type) {
        return switch (type) {
            case TEXT -> SQLDataType.CLOB;
            case INTEGER -> SQLDataType.BIGINT;
            case DECIMAL, MONEY -> SQLDataType.NUMERIC;
            case BOOLEAN -> SQLDataType.BOOLEAN;
            case DATE -> LocalDates.TYPE;
            case TIMESTAMP -> SQLDataType.INSTANT;
        };
    }

    /** The type as PostgreSQL's catalogue ({@code information_schema}) names it. */
    public static String catalogName(dev.cairn.domain.model.DataType type) {
        return switch (type) {
            case TEXT -> "text";
            case INTEGER -> "bigint";
            case DECIMAL, MONEY -> "numeric";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp with time zone";
        };
    }
}
