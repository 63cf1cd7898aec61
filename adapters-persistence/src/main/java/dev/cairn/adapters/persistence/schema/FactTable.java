package dev.cairn.adapters.persistence.schema;

import dev.cairn.domain.model.Source;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The table of a source's facts, {@code fact_<source>}; its columns are qualified by its name. */
public record FactTable(Name name) {
    /** The reserved account: that of facts that name none. */
    public static final long NO_ACCOUNT = 0;

    private static final String TABLES = "fact_";
    private static final String FIELDS = "f_";

    public FactTable(String source) {
        this(DSL.name(TABLES + source));
    }

    /** Whether it is the name of such a table. */
    public static Condition isName(Field<String> table) {
        return table.startsWith(TABLES);
    }

    /** The column of a declared field. */
    public static Name columnOf(String field) {
        return DSL.name(FIELDS + field);
    }

    /** Whether it is the name of the column of a field that is declared, or was once. */
    public static boolean isColumnOfField(String column) {
        return column.startsWith(FIELDS);
    }

    /** One that is to take the table's place. */
    public FactTable successor() {
        return new FactTable(DSL.name("next_" + name.last()));
    }

    public Table<Record> table() {
        return DSL.table(name());
    }

    /** {@link #NO_ACCOUNT} where the fact names no account. */
    public Field<Long> accountId() {
        return column("account_id", SQLDataType.BIGINT.notNull());
    }

    /** Null where the fact names no user. */
    public Field<Long> userId() {
        return column("user_id", SQLDataType.BIGINT);
    }

    /** What identifies the fact within its source. */
    public Field<UUID> sourceKey() {
        return column("source_key", SQLDataType.UUID.notNull());
    }

    public Field<Instant> occurred() {
        return column("occurred", SQLDataType.INSTANT.notNull());
    }

    public Field<Instant> recorded() {
        return column("recorded", SQLDataType.INSTANT.notNull());
    }

    /** When another row took its place; infinity: it is in force. */
    public Field<Instant> superseded() {
        return column("superseded", SQLDataType.INSTANT.notNull());
    }

    public Condition inForce() {
        return superseded().eq(Postgres.FOREVER.coerce(Instant.class));
    }

    /** Whether it was in force at an instant; where there is none, whether it is. */
    public Condition counted(@Nullable Instant knownAt) {
        return knownAt == null ? inForce() : inForceAt(DSL.val(knownAt));
    }

    /** Whether it was in force at an instant. */
    public Condition inForceAt(Field<Instant> instant) {
        return recorded().le(instant).and(superseded().gt(instant));
    }

    public Field<?> column(dev.cairn.domain.model.Field field) {
        return DSL.field(name().append(columnOf(field.name())), ColumnType.of(field.type()));
    }

    /** One column per field, in the order of the fields. */
    public List<Field<?>> columns(Source declared) {
        return declared.fields().stream().<Field<?>>map(this::column).toList();
    }

    /** Columns of the fields that name accounts in other roles. */
    public List<Field<String>> accountRoles(Source declared) {
        return declared.accountRoles().stream()
                .map(role -> column(columnOf(role.name()).last(), SQLDataType.CLOB))
                .toList();
    }

    /** All columns that there are, those of fields that are not declared any more too. */
    public List<Field<?>> stored(DSLContext dsl) {
        return dsl.select()
                .from(table())
                .limit(0)
                .fetch()
                .fieldStream()
                .<Field<?>>map(column ->
                        DSL.field(name().append(column.getUnqualifiedName()), column.getDataType()))
                .toList();
    }

    private <T> Field<T> column(String column, DataType<T> type) {
        return DSL.field(name().append(column), type);
    }
}
