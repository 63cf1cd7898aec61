package dev.cairn.adapters.persistence.schema;

import dev.cairn.adapters.persistence.type.LocalDates;
import dev.cairn.domain.model.Entity;
import dev.cairn.domain.model.EntityRef;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The table of what the attributes of an entity's members were, {@code history_<entity>}: intervals of days, of a member none that overlap. Days without
 * an end are infinite.
 *
 * @param alias that its columns are qualified by
 */
public record HistoryTable(EntityRef entity, Name alias) {
    private static final String TABLES = "history_";

    public HistoryTable(EntityRef entity) {
        this(entity, nameOf(entity));
    }

    private static Name nameOf(EntityRef entity) {
        return DSL.name(TABLES + entity.name());
    }

    public Name name() {
        return nameOf(entity);
    }

    /** Whether it is the name of such a table. */
    public static Condition isName(Field<String> table) {
        return table.startsWith(TABLES);
    }

    /** The column of a stored attribute. */
    public static Name columnOf(String attribute) {
        return AttributeTable.columnOf(attribute);
    }

    /** Under its alias. */
    public Table<Record> table() {
        return alias.equals(name()) ? DSL.table(name()) : DSL.table(name()).as(alias);
    }

    public Field<Long> accountId() {
        return column("account_id", SQLDataType.BIGINT.notNull());
    }

    /** Of users only. */
    public Field<Long> userId() {
        return column("user_id", SQLDataType.BIGINT.notNull());
    }

    /** What identifies a member, first its account. */
    public List<Field<Long>> ids() {
        return entity.isUser() ? List.of(accountId(), userId()) : List.of(accountId());
    }

    /** First day on which it holds. */
    public Field<LocalDate> from() {
        return column("holds_from", LocalDates.TYPE.notNull());
    }

    /** First day on which it holds no more. */
    public Field<LocalDate> until() {
        return column("holds_until", LocalDates.TYPE.notNull());
    }

    /** Whether nothing is known of the member before. */
    public Field<Boolean> isFirst() {
        return column("is_first", SQLDataType.BOOLEAN.notNull());
    }

    /** Columns of the attributes that a file said anything of on the first day; the others go on from the day before. Null: all. */
    public Field<String[]> said() {
        return column("said", SQLDataType.CLOB.array());
    }

    /** The names of columns, as {@link #said} keeps them. */
    public static Field<String[]> names(List<Name> columns) {
        return DSL.inline(
                columns.stream().map(Name::last).toArray(String[]::new), SQLDataType.CLOB.array());
    }

    public Field<?> column(dev.cairn.domain.model.Field attribute) {
        return DSL.field(alias.append(columnOf(attribute.name())), ColumnType.of(attribute.type()));
    }

    /** One column per attribute that is stored, in the order of the attributes. */
    public List<Field<?>> columns(Entity declared) {
        return declared.stored().attributes().stream()
                .<Field<?>>map(attribute -> column(attribute.field()))
                .toList();
    }

    /** Columns of all attributes that are or were declared: what is not declared now is kept for when it is again. */
    public List<Name> stored(DSLContext dsl) {
        return AttributeTable.stored(dsl, DSL.table(name()));
    }

    private <T> Field<T> column(String column, DataType<T> type) {
        return DSL.field(alias.append(column), type);
    }
}
