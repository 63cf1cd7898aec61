package dev.cairn.adapters.persistence.schema;

import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The table of an entity's attributes, {@code attribute_<entity>}; its columns are qualified by its name. */
public record AttributeTable(EntityRef entity) {
    private static final String TABLES = "attribute_";
    private static final String ATTRIBUTES = "a_";

    public Name name() {
        return DSL.name(TABLES + entity.name());
    }

    /** Whether it is the name of such a table. */
    public static Condition isName(Field<String> table) {
        return table.startsWith(TABLES);
    }

    /** The column of a stored attribute. */
    public static Name columnOf(String attribute) {
        return DSL.name(ATTRIBUTES + attribute);
    }

    public Table<Record> table() {
        return DSL.table(name());
    }

    public Field<Long> accountId() {
        return DSL.field(name().append("account_id"), SQLDataType.BIGINT);
    }

    /** What identifies a member, first its account. */
    public List<Field<Long>> ids() {
        return entity.isUser() ? List.of(accountId(), userId()) : List.of(accountId());
    }

    /** Of users only. */
    public Field<Long> userId() {
        return DSL.field(name().append("user_id"), SQLDataType.BIGINT);
    }

    public Field<?> column(dev.cairn.domain.model.Field attribute) {
        return DSL.field(
                name().append(columnOf(attribute.name())), ColumnType.of(attribute.type()));
    }

    /** Columns of all attributes that are or were declared. */
    public List<Name> stored(DSLContext dsl) {
        return stored(dsl, table());
    }

    static List<Name> stored(DSLContext dsl, Table<?> table) {
        return dsl.select()
                .from(table)
                .limit(0)
                .fetch()
                .fieldStream()
                .<Name>map(Field::getUnqualifiedName)
                .filter(column -> Objects.requireNonNull(column.last()).startsWith(ATTRIBUTES))
                .toList();
    }

    /** One column per attribute that is stored, in the order of the attributes. */
    public List<Field<?>> columns(Entity declared) {
        return declared.stored().attributes().stream()
                .<Field<?>>map(attribute -> column(attribute.field()))
                .toList();
    }
}
