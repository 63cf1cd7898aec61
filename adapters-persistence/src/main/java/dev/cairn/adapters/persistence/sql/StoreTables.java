package dev.cairn.adapters.persistence.sql;

import dev.cairn.adapters.persistence.generated.Tables;
import dev.cairn.adapters.persistence.schema.AttributeTable;
import dev.cairn.adapters.persistence.schema.FactTable;
import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.expression.Expr;
import dev.cairn.domain.expression.Type;
import dev.cairn.domain.model.EntityRef;
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
    static final long NO_ACCOUNT = FactTable.NO_ACCOUNT;

    /** Has one row. */
    static final Table<?> CATALOG = unqualified(Tables.CATALOG_VERSION);

    static final Field<Long> CATALOG_VERSION =
            id(CATALOG, Tables.CATALOG_VERSION.VERSION.getName());

    private StoreTables() {}

    static Table<?> fact(String source) {
        return new FactTable(source).table();
    }

    static Table<?> members(EntityRef entity) {
        return unqualified(entity.isUser() ? Tables.ACCOUNT_USER : Tables.ACCOUNT);
    }

    static Table<?> attributes(EntityRef entity) {
        return new AttributeTable(entity).table();
    }

    static Name keyColumn(EntityRef entity) {
        return DSL.name(entity.name() + "_key");
    }

    /** An attribute, the table being joined under its own name. */
    static Field<?> attribute(Expr.Attribute attribute) {
        return column(
                attributes(attribute.entity()),
                AttributeTable.columnOf(attribute.name()),
                attribute.type());
    }

    /** A member's key, the table being joined under its own name. */
    static Field<String> key(EntityRef entity) {
        return text(members(entity), keyColumn(entity));
    }

    static Table<?> sourceState() {
        return unqualified(Tables.SOURCE_STATE);
    }

    static Table<?> coverageHistory() {
        return unqualified(Tables.COVERAGE_HISTORY);
    }

    private static Table<?> unqualified(Table<?> table) {
        return DSL.table(table.getUnqualifiedName());
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
