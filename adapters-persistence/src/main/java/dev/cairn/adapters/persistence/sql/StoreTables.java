package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityKind;
import java.time.Instant;
import java.time.LocalDate;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Names of the tables and columns that plans read. */
final class StoreTables {
    /** The account that facts of no known account have. */
    static final long NO_ACCOUNT = 0;

    /** What {@code superseded} is of a fact in force. */
    static final String IN_FORCE = "infinity";

    /** Has one row. */
    static final Table<?> CATALOG = DSL.table(DSL.name("catalog_version"));

    static final Field<Long> CATALOG_VERSION = id(CATALOG, "version");

    private StoreTables() {}

    static Table<?> fact(String source) {
        return DSL.table(DSL.name("fact_" + source));
    }

    static Name fieldColumn(String field) {
        return DSL.name("f_" + field);
    }

    static Table<?> members(EntityKind entity) {
        return switch (entity) {
            case ACCOUNT -> DSL.table(DSL.name("account"));
            case USER -> DSL.table(DSL.name("account_user"));
        };
    }

    static Table<?> attributes(EntityKind entity) {
        return DSL.table(DSL.name("attribute_" + entity.word()));
    }

    static Name attributeColumn(String attribute) {
        return DSL.name("a_" + attribute);
    }

    static Name keyColumn(EntityKind entity) {
        return DSL.name(entity.word() + "_key");
    }

    /** An attribute, the table being joined under its own name. */
    static Field<?> attribute(Expr.Attribute attribute) {
        return column(
                attributes(attribute.entity()),
                attributeColumn(attribute.name()),
                attribute.type());
    }

    /** A member's key, the table being joined under its own name. */
    static Field<String> key(EntityKind entity) {
        return text(members(entity), keyColumn(entity));
    }

    static Table<?> sourceState() {
        return DSL.table(DSL.name("source_state"));
    }

    static Field<?> column(Table<?> table, Name column, Type type) {
        return DSL.field(table.getUnqualifiedName().append(column), SqlTypes.ofColumn(type.kind()));
    }

    static Field<String> text(Table<?> table, Name column) {
        return DSL.field(table.getUnqualifiedName().append(column), SQLDataType.CLOB);
    }

    static Field<String> text(Table<?> table, String column) {
        return text(table, DSL.name(column));
    }

    static Field<Long> id(Table<?> table, String column) {
        return DSL.field(table.getUnqualifiedName().append(column), SQLDataType.BIGINT);
    }

    static Field<Instant> instant(Table<?> table, String column) {
        return DSL.field(table.getUnqualifiedName().append(column), SQLDataType.INSTANT);
    }

    static Field<LocalDate> date(Table<?> table, String column) {
        return DSL.field(table.getUnqualifiedName().append(column), LocalDates.TYPE);
    }
}
